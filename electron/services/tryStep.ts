import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { stepOf } from '../../shared/core/graph/order.ts'
import { tryRun } from '../../shared/core/graph/tryRun.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { LiveRun } from '../executor/executor.ts'
import type { Scratch, ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'
import { refuseSealed } from './unlockArchive.ts'
import { requireTrust } from './startRunGuards.ts'
import { launchRun, newRunId } from './startRunRecords.ts'

/** Runs one step alone on a copy of the run's state, in a workspace of its own. The run itself is not touched. */
export async function tryStep(
  context: ServiceContext,
  input: HandlerInput<'step.try'>,
  { signal }: Pick<HandlerOptions<'step.try'>, 'signal'>,
): Promise<CallOutput<'step.try'>> {
  await requireTrust(context)
  throwIfCancelled(signal, 'Trying the step')
  const id = runIdOf(context, input.ref)
  const opened = await readStoredRun(context, id)
  refuseSealed(opened, 'no step of it is tried')
  const base = stateOf(opened, input.checkpoint)
  const alone = aloneOf(context, base, input.step)

  const scratch = await context.openScratch()
  try {
    const { store, executor } = scratch
    const own = { ...context, store, executor, controlSocket: null }
    const item = `${id} ${input.step}`
    await logged(context, { call: 'step.try', item, run: id }, async () => {
      await launchRun(own, alone)
      await carried(executor.find(alone.id), signal, context.user)
    })
    return await resultOf(own, scratch, { run: alone, step: input.step })
  } finally {
    await scratch.close()
  }
}

/** Resolves when it rests; it is cancelled when the caller has cancelled, also before it was there. */
async function carried(live: LiveRun | null, signal: CancelSignal, user: string): Promise<void> {
  // What comes of it is seen at the run.
  const cancel = (): void => void Promise.allSettled([live?.cancel(user, null)])
  if (signal.aborted) cancel()
  signal.addEventListener('abort', cancel, { once: true })
  await live?.done
  signal.removeEventListener('abort', cancel)
}

function stateOf(opened: OpenedRun, checkpoint: string | null): Run {
  const run = requireRun(opened)
  if (checkpoint === null) return run
  const found = run.checkpoints.find(({ id }) => id === checkpoint)
  const { journal } = opened.stored
  const at = found === undefined || journal === null ? null : readRunAt(journal, found.seq)
  if (at !== null) return at
  const message = `The state at checkpoint "${checkpoint}" of run ${run.id} cannot be rebuilt. Choose another one of its list.`
  throw new AppError('not-found', message, { run: run.id, checkpoint })
}

/** A run of that one step, under an id of its own: with the run's own, another service would take it for a repetition. */
function aloneOf(context: ServiceContext, base: Run, step: StepId): Run {
  const { definition, name } = base.workflow
  if (definition === null || stepOf(definition, step) === undefined)
    throw new AppError('not-found', `Run ${base.id} has no step ${step} in its definition.`, {
      run: base.id,
      step,
    })
  const at = context.now()
  const made = tryRun(base, { definition, step, id: newRunId(context, `try-${name}`, at), at })
  if (made.kind === 'run') return made.run
  throw new AppError('invalid-input', `Run ${base.id}: ${made.problem}`, { run: base.id, step })
}

async function resultOf(
  context: ServiceContext,
  scratch: Scratch,
  { run, step }: { readonly run: Run; readonly step: StepId },
): Promise<CallOutput<'step.try'>> {
  const problem = scratch.executor.problem(run.id)
  if (problem !== null) throw problem
  const after = requireRun(await readStoredRun(context, run.id))
  const state = ownValue<StepState>(after.steps, step)
  const attempt = state?.attempts.at(-1) ?? null
  const number = attempt?.number ?? 1
  return {
    outcome: outcomeOf(state),
    exitCode: attempt?.exitCode ?? null,
    error: attempt?.error ?? after.error,
    output: previewOf(state?.output ?? null),
    log: await scratch.readLogTail({ run: run.id, step, number }, logBytes),
  }
}

function outcomeOf(state: StepState | undefined): CallOutput<'step.try'>['outcome'] {
  const status = state?.status
  if (status === 'succeeded' || status === 'failed' || status === 'skipped') return status
  return 'cancelled'
}

function previewOf(output: Json): string {
  const text = JSON.stringify(output, null, 2)
  return text.length <= outputCharacters ? text : `${text.slice(0, outputCharacters)}…`
}

const logBytes = 64 * 1024
const outputCharacters = 64 * 1024
