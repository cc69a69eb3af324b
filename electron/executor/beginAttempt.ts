import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { assertNever } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { Scope } from '../../shared/core/expression/scope.ts'
import { idempotencyKeyOf } from '../../shared/core/resume/idempotencyKeyOf.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { RunFacts } from '../../shared/core/run/runDraft.ts'
import type { RunError, StepProcess } from '../../shared/schema/run.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import { settledAttempt, watchAttempt, type ActiveAttempt } from './activeAttempt.ts'
import { createAttemptFolder, type AttemptFiles, type AttemptValues } from './attemptFolder.ts'
import { maxOutputOf } from './attemptOutput.ts'
import { runError } from './attemptResult.ts'
import type { ExecutorContext } from './executorContext.ts'
import { createFunctionAttempt } from './kinds/functionAttempt.ts'
import { maxLogBytesFor } from './kinds/logLimit.ts'
import type { PreparedProcess } from './kinds/prepared.ts'
import { prepareStep } from './kinds/prepareStep.ts'
import { callFile, stdinFile } from './kinds/stepCall.ts'
import { startWrapper } from './startWrapper.ts'
import { stepEnvironment } from './stepEnvironment.ts'
import { identifyProcess } from './stepProcess.ts'

export type AttemptToBegin = {
  readonly run: RunFacts
  /** By step, what it needs has returned. */
  readonly outputs: AttemptValues['outputs']
  /** With all that the step's expressions name, and its key. */
  readonly scope: Scope
  readonly step: StepId
  readonly definition: StepDefinition
  readonly number: number
  /** Makes a checkpoint for a function of this process. */
  readonly checkpoint?: (name: string) => Promise<void>
}

/** An attempt before its intent is recorded: it waits for its go, or was refused. */
export type BegunAttempt = {
  readonly step: StepId
  readonly definition: StepDefinition
  readonly number: number
  /** Null: none carries it. */
  readonly process: StepProcess | null
  /** Lets it act. */
  go(): void
  /** Takes the go away, and nothing has happened. No effect after `go`. */
  abandon(): void
  /** Watches it from here on; called once, after `go` or `abandon`. */
  watch(): ActiveAttempt
}

/** Prepares an attempt, which does nothing yet. Throws `io` when the disk refuses. */
export async function beginAttempt(
  context: ExecutorContext,
  toBegin: AttemptToBegin,
): Promise<BegunAttempt> {
  const { run, step } = toBegin
  const key = toBegin.scope.key ?? idempotencyKeyOf(run.id, step, undefined)
  const attempt = { ...toBegin, key, scope: { ...toBegin.scope, key } }
  const prepared = prepareStep(context, attempt)
  switch (prepared.kind) {
    case 'process':
      return beginProcess(context, attempt, prepared)
    case 'function':
      return createFunctionAttempt(context, attempt, prepared)
    case 'refused':
      return refused(attempt, prepared.error)
    default:
      return assertNever(prepared)
  }
}

async function beginProcess(
  context: ExecutorContext,
  attempt: AttemptToBegin & { readonly key: string },
  prepared: PreparedProcess,
): Promise<BegunAttempt> {
  const { run, step, definition, number } = attempt
  const files = await writeFiles(context, attempt, prepared).catch((cause: unknown) => {
    throw folderError(run, step, cause)
  })
  const { command, workingFolder, passed, environment: own } = prepared
  const given = stepEnvironment(context, { ...attempt, own, passed, files })
  const wrapper = await startWrapper({
    folder: files.folder,
    log: files.log,
    workingFolder,
    command: prepared.callFile === null ? command : [...command, join(files.folder, callFile)],
    maxLogBytes: maxLogBytesFor(maxOutputOf(definition)),
    ...given,
  })
  if ('problem' in wrapper) {
    const message = `Step ${step} did not begin: no process could be started (${wrapper.problem}).${adviceFor(wrapper.problem)}`
    return refused(attempt, runError('NotStarted', message))
  }
  try {
    const process = await identifyProcess(context.machine, wrapper.pid)
    return {
      step,
      definition,
      number,
      process,
      go: () => wrapper.go(),
      abandon: () => wrapper.abandon(),
      watch: () =>
        watchAttempt(context, {
          ...attempt,
          workingFolder,
          given: new Set(Object.keys(given.environment)),
          process,
          wrapper,
          startedAt: context.now(),
        }),
    }
  } catch (error) {
    wrapper.abandon()
    throw error
  }
}

function adviceFor(problem: string): string {
  if (!problem.includes('E2BIG')) return ''
  return ' Its arguments and variables are too long for the system: hand large values over by `stdin`, or let the step read them in the files UNSTUCK_INPUTS and UNSTUCK_NEEDS.'
}

async function writeFiles(
  { store, randomId }: ExecutorContext,
  { run, outputs, step, number }: AttemptToBegin,
  { stdin, callFile: call }: PreparedProcess,
): Promise<AttemptFiles> {
  const paths = {
    folder: join(store.root, store.layout.step(run.id, step, number)),
    log: join(store.root, store.layout.log(run.id, step, number)),
    asideId: randomId(6),
  }
  const files = await createAttemptFolder(paths, { inputs: run.inputs, outputs })
  const mode = 0o600
  if (stdin !== null) await writeFile(join(files.folder, stdinFile), stdin, { mode })
  if (call !== null) await writeFile(join(files.folder, callFile), JSON.stringify(call), { mode })
  return files
}

function refused({ step, definition, number }: AttemptToBegin, error: RunError): BegunAttempt {
  const result = { kind: 'failed', error, exitCode: null } as const
  return {
    step,
    definition,
    number,
    process: null,
    go: () => undefined,
    abandon: () => undefined,
    watch: () => settledAttempt(result, { step, number, isAdopted: false }),
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
