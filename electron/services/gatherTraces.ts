import type { StepTrace } from '../../shared/core/resume/resumePlan.ts'
import { StepId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { mapBounded } from '../../shared/mapBounded.ts'

/** What is known of every step whose attempt has an intent in the journal and no result. Reads, never writes. */
export async function gatherTraces(
  context: ServiceContext,
  run: Run,
): Promise<Readonly<Record<string, StepTrace>>> {
  const open = Object.keys(run.steps).flatMap((key) => {
    const step = StepId.safeParse(key)
    return step.success && isOpen(ownValue<StepState>(run.steps, key)) ? [step.data] : []
  })
  const traces = await mapBounded(open, tracedAtOnce, (step) => context.executor.trace(run, step))
  return Object.fromEntries(open.map((step, index) => [step, traces[index] ?? { kind: 'gone' }]))
}

function isOpen(state: StepState | undefined): boolean {
  if (state?.status === 'running') return true
  return state?.status === 'waiting' && state.attempts.at(-1)?.outcome === null
}

const tracedAtOnce = 8
