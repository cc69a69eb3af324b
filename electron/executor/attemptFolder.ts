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
  await Promise.all([
    mkdir(dirname(log), { recursive: true, mode: 0o700 }),
    makeAnew(folder, `${folder}.${paths.asideId}`),
  ])

  const files = {
    folder,
    log,
    output: join(folder, outputFile),
    inputs: join(folder, 'inputs.json'),
    needs: join(folder, 'needs.json'),
  }
  await Promise.all([
    writeFile(files.inputs, JSON.stringify(inputs), { mode: 0o600 }),
    writeFile(files.needs, JSON.stringify(outputs), { mode: 0o600 }),
  ])
  return files
}

/** A folder of the same attempt exists when the record of that attempt was lost. Its report is about another process. */
async function makeAnew(folder: string, aside: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error // what node:fs throws
    await rename(folder, aside)
    await mkdir(folder, { mode: 0o700 })
  }
}
