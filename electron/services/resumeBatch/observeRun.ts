// What a run itself says of how it went on: read back from its files, never taken from whoever carried it.
import type { BatchOutcome } from '../../../shared/core/batch/batchRecord.ts'
import { errorFingerprint } from '../../../shared/core/diagnose/errorFingerprint.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import { RunId as RunIdSchema } from '../../../shared/schema/ids.ts'
import type { Run, StepState } from '../../../shared/schema/run.ts'
import type { ServiceContext } from '../context.ts'
import { readStoredRun, type OpenedRun } from '../openStoredRun.ts'

export type Observation = {
  readonly outcome: BatchOutcome
  readonly sentence: string
  /** The same for runs that failed alike; null where nothing failed. */
  readonly key: string | null
}

/** [R108] Null: it goes on, and has to be looked at again. `interrupted`: nobody carries it, and it does not rest. */
export async function observeRun(
  context: ServiceContext,
  id: RunId,
): Promise<Observation | 'interrupted' | null> {
  const opened = await readStoredRun(context, id)
  const { run } = opened
  if (run === null)
    return {
      outcome: 'inDoubt',
      sentence: 'It cannot be read any more. Repair it.',
      key: 'damaged',
    }
  const atRest = restOf(run)
  // Its last record may be there before its lock is given back.
  if (atRest !== null) return context.executor.find(id) === null ? atRest : null
  if (opened.liveness === 'interrupted') return orProblem(context, opened, run)
  const waits = await waitOf(context, run)
  return waits === null ? null : { outcome: 'waits', sentence: waits, key: null }
}

function restOf(run: Run): Observation | null {
  switch (run.status) {
    case 'completed':
      return { outcome: 'completed', sentence: 'It is completed.', key: null }
    case 'failed': {
      const message = run.error?.message ?? 'It failed without a message.'
      return { outcome: 'failed', sentence: message.slice(0, 500), key: failureKey(run, message) }
    }
    case 'cancelled':
      return { outcome: 'cancelled', sentence: 'It was cancelled.', key: null }
    case 'paused':
      return { outcome: 'paused', sentence: 'It is paused.', key: null }
    default:
      return null
  }
}

function failureKey(run: Run, message: string): string {
  const steps: readonly (readonly [string, StepState])[] = Object.entries(run.steps)
  const step = steps.find(([, { status }]) => status === 'failed')?.[0] ?? null
  return errorFingerprint({ step, name: run.error?.name ?? null, message })
}

/** What kept this process from carrying it on is in no journal. */
function orProblem(
  { executor }: ServiceContext,
  { stored }: OpenedRun,
  run: Run,
): Observation | 'interrupted' {
  const problem = executor.find(stored.id) === null ? executor.problem(run.id) : null
  if (problem === null) return 'interrupted'
  const sentence = `It could not be carried on: ${problem.message}`.slice(0, 500)
  return { outcome: 'inDoubt', sentence, key: problem.code }
}

/** What it waits for, where that may take longer than a batch should keep a place for it. */
async function waitOf(context: ServiceContext, run: Run, depth = 0): Promise<string | null> {
  const steps: readonly (readonly [string, StepState])[] = Object.entries(run.steps)
  if (depth > deepest || steps.some(([, { status }]) => status === 'running')) return null
  for (const [step, { status, waitingOn }] of steps) {
    if (status !== 'waiting' || waitingOn === null) continue
    const told = await waitOn(context, step, { waitingOn, depth })
    if (told !== null) return told
  }
  return null
}

async function waitOn(
  context: ServiceContext,
  step: string,
  {
    waitingOn,
    depth,
  }: { readonly waitingOn: NonNullable<StepState['waitingOn']>; readonly depth: number },
): Promise<string | null> {
  switch (waitingOn.kind) {
    case 'gate': {
      const who = waitingOn.who === null ? 'an approval' : `the approval of ${waitingOn.who}`
      return `It waits for ${who} at ${step}.`
    }
    case 'time':
    case 'retry': {
      const inMs = Date.parse(waitingOn.until) - Date.parse(context.now())
      return inMs > longWaitMs ? `${step} waits until ${waitingOn.until}.` : null
    }
    case 'run': {
      const child = RunIdSchema.safeParse(waitingOn.run)
      if (!child.success) return null
      const { run } = await readStoredRun(context, child.data)
      const told = run === null ? null : await waitOf(context, run, depth + 1)
      return told === null ? null : `${step} waits for the run ${child.data}: ${told}`
    }
    default:
      return null
  }
}

const longWaitMs = 60_000
const deepest = 8
