import type { StepId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import type { OpenedRun } from './openStoredRun.ts'

/**
 * Steps whose next attempt has a log already. A command begins, and its log with it, only after its intent is in the
 * journal: so that record is lost, by damage, a repair, or an older state that was put back.
 */
export function findUnrecorded(
  { store }: Pick<ServiceContext, 'store'>,
  { stored, run }: Pick<OpenedRun, 'stored' | 'run'>,
): readonly StepId[] {
  if (run === null) return []
  const files = new Set(stored.files.map(({ path }) => path))
  const steps = Object.keys(run.steps) as StepId[] // keys of a record whose keys were parsed as StepId
  return steps.filter((step) => {
    const last = run.steps[step]?.attempts.at(-1)?.number ?? 0
    return files.has(store.layout.log(run.id, step, last + 1))
  })
}
