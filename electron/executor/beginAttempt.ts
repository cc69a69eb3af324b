import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RunFacts } from '../../shared/core/run/runDraft.ts'
import type { StepProcess } from '../../shared/schema/run.ts'
import { isRunnable, type StepDefinition } from '../../shared/schema/workflow.ts'
import { createAttemptFolder, type AttemptValues } from './attemptFolder.ts'
import type { ExecutorContext } from './executorContext.ts'
import { startWrapper, type StartedWrapper } from './startWrapper.ts'
import { stepCommand, workingFolder } from './stepCommand.ts'
import { stepEnvironment } from './stepEnvironment.ts'
import { identifyProcess } from './stepProcess.ts'

/** An attempt before its intent is recorded: its wrapper waits for the go, or could not be started. */
export type BegunAttempt = {
  readonly step: StepId
  readonly definition: StepDefinition
  readonly number: number
  readonly started:
    | { readonly kind: 'waiting'; readonly wrapper: StartedWrapper; readonly process: StepProcess }
    | { readonly kind: 'refused'; readonly problem: string }
}

/** Prepares the attempt's folder and starts its wrapper, which does nothing yet. Throws `io` when the disk refuses. */
export async function beginAttempt(
  context: ExecutorContext,
  options: {
    readonly run: RunFacts
    /** By step, what it needs has returned. */
    readonly outputs: AttemptValues['outputs']
    readonly step: StepId
    readonly definition: StepDefinition
    readonly number: number
  },
): Promise<BegunAttempt> {
  const { run, outputs, step, definition, number } = options
  const { store, machine, randomId } = context
  const paths = {
    folder: join(store.root, store.layout.step(run.id, step, number)),
    log: join(store.root, store.layout.log(run.id, step, number)),
    asideId: randomId(6),
  }
  const values = { inputs: run.inputs, outputs }
  const files = await createAttemptFolder(paths, values).catch((cause: unknown) => {
    throw folderError(run, step, cause)
  })
  const host = context.environment
  const variables = stepEnvironment({ host, definition, run: run.id, step, attempt: number, files })

  const attempt = { step, definition, number }
  if (!isRunnable(definition)) {
    const problem = `Step ${step} is of a kind that this version cannot run.`
    return { ...attempt, started: { kind: 'refused', problem } }
  }
  const wrapper = await startWrapper({
    folder: files.folder,
    log: files.log,
    workingFolder: workingFolder(run, definition),
    command: stepCommand(definition),
    ...variables,
  })
  if ('problem' in wrapper)
    return { ...attempt, started: { kind: 'refused', problem: wrapper.problem } }
  try {
    const process = await identifyProcess(machine, wrapper.pid)
    return { ...attempt, started: { kind: 'waiting', wrapper, process } }
  } catch (error) {
    wrapper.abandon()
    throw error
  }
}

function folderError(run: RunFacts, step: StepId, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new AppError(
    'io',
    `Step ${step} of run ${run.id} did not begin: its folder in the workspace could not be written (${why}). Free space or ask for access, then resume the run.`,
    { run: run.id, step },
    { cause },
  )
}
