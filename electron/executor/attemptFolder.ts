import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Json } from '../../shared/schema/json.ts'
import { outputFile } from './attemptOutput.ts'

export type AttemptFiles = {
  readonly folder: string
  readonly log: string
  readonly output: string
  readonly inputs: string
  readonly needs: string
}

/** What the command of an attempt may read: the run's inputs, and by step the outputs of its needs. */
export type AttemptValues = {
  readonly inputs: { readonly [name: string]: Json }
  readonly outputs: { readonly [step: string]: Json }
}

/**
 * Makes the folder in which an attempt reports, with the files of what its command may read. Its log is not made here: that
 * there is one says that the command was let go.
 */
export async function createAttemptFolder(
  paths: { readonly folder: string; readonly log: string; readonly asideId: string },
  { inputs, outputs }: AttemptValues,
): Promise<AttemptFiles> {
  const { folder, log } = paths
  await moveAside(folder, `${folder}.${paths.asideId}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await mkdir(dirname(log), { recursive: true, mode: 0o700 })

  const files = {
    folder,
    log,
    output: join(folder, outputFile),
    inputs: join(folder, 'inputs.json'),
    needs: join(folder, 'needs.json'),
  }
  await writeFile(files.inputs, JSON.stringify(inputs), { mode: 0o600 })
  await writeFile(files.needs, JSON.stringify(outputs), { mode: 0o600 })
  return files
}

/** A folder of the same attempt exists when the record of that attempt was lost. Its report is about another process. */
async function moveAside(folder: string, aside: string): Promise<void> {
  try {
    await rename(folder, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error // what node:fs throws
  }
}
