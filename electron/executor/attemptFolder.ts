import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ownValue } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import { outputFile } from './attemptOutput.ts'

export type AttemptFiles = {
  readonly folder: string
  readonly log: string
  readonly output: string
  readonly inputs: string
  readonly needs: string
}

/** Makes the folder in which an attempt reports, with what its command may read: inputs, and outputs of its needs. */
export async function createAttemptFolder(
  paths: { readonly folder: string; readonly log: string; readonly asideId: string },
  options: { readonly run: Run; readonly definition: StepDefinition },
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
  await writeFile(files.inputs, JSON.stringify(options.run.inputs), { mode: 0o600 })
  const outputs = outputsOf(options.run, options.definition.needs ?? [])
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

function outputsOf(run: Run, needs: readonly StepId[]): object {
  return Object.fromEntries(needs.map((step) => [step, ownValue(run.steps, step)?.output ?? null]))
}
