import { compare } from '../../../schema/compare.ts'
import type { AwfState, AwfStep } from './awfState.ts'

/** What a status or a place says of going on with a run, as AWF's own resume takes it. */
export function stepAt({ steps }: AwfState, key: string): AwfStep | null {
  return steps.find((step) => step.key === key) ?? null
}

/** The failed step that sent the run to its end: the one that ended last. */
export function lastFailed({ steps }: AwfState): AwfStep | null {
  const failed = steps.filter(({ status }) => status === 'failed')
  return failed.toSorted((a, b) => byEnd(a, b)).at(-1) ?? null
}

/** What `--from previous` takes: the latest end other than the current step's; of equal ones the larger name. */
export function previousOf({ steps, currentStep }: AwfState): AwfStep | null {
  const others = steps.filter(({ key, completedAt }) => key !== currentStep && !completedAt.isZero)
  return others.toSorted((a, b) => byEnd(a, b)).at(-1) ?? null
}

/** States that AWF deletes before it goes on from a step: those that ended after it. */
export function newerThan({ steps }: AwfState, target: AwfStep): readonly AwfStep[] {
  return steps.filter(
    ({ key, completedAt }) => key !== target.key && completedAt.ns > target.completedAt.ns,
  )
}

function byEnd(a: AwfStep, b: AwfStep): number {
  return compare(a.completedAt.ns, b.completedAt.ns) || compare(a.key, b.key)
}
