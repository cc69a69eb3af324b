import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import type { Planned } from './planned.ts'

const plansKept = 16
/** In all of them together; the newest one is kept, however long it is. */
const rowsKept = 120_000

/** Keeps a plan over many documents, so that its apply can tell rows that changed from rows that did not. */
export function rememberPlan(
  context: ServiceContext,
  shown: Pick<Planned<ShownPlan>, 'plan' | 'digest'>,
): void {
  const { shownPlans } = context
  shownPlans.delete(shown.digest)
  shownPlans.set(shown.digest, shown.plan)
  let rows = [...shownPlans.values()].reduce((sum, plan) => sum + lengthOf(plan), 0)
  for (const [digest, plan] of shownPlans) {
    if (shownPlans.size <= plansKept && rows <= rowsKept) return
    if (digest === shown.digest) return
    shownPlans.delete(digest)
    rows -= lengthOf(plan)
  }
}

type ShownPlan = Parameters<ServiceContext['shownPlans']['set']>[1]

function lengthOf(plan: ShownPlan): number {
  return 'victims' in plan ? plan.victims.length : plan.rows.length
}

/** Whether the plan of this digest was shown lately. */
export function isRemembered(context: ServiceContext, digest: string | null): boolean {
  return digest !== null && context.shownPlans.has(digest)
}

/**
 * The rows that were approved, each with whether it would be done in the very same way now. Where the plan as a whole is
 * still the same, every row is. Throws `stale` when the approved plan is not known to this host any more.
 */
export function approvedRows<Plan, Row>(
  context: ServiceContext,
  options: {
    readonly shown: Planned<Plan>
    readonly input: { readonly rev: string; readonly digest: string }
    readonly rowsOf: (plan: Plan) => readonly Row[]
    readonly keyOf: (row: Row) => string
  },
): readonly { readonly key: string; readonly isUnchanged: boolean }[] {
  const { shown, input, rowsOf, keyOf } = options
  const now = new Map(rowsOf(shown.plan).map((row) => [keyOf(row), JSON.stringify(row)]))
  if (shown.digest === input.digest && shown.rev === input.rev)
    return [...now.keys()].map((key) => ({ key, isUnchanged: true }))

  const approved = context.shownPlans.get(input.digest)
  if (approved === undefined)
    throw new AppError('stale', 'The workspace changed since you looked. Review the plan again.')
  return rowsOf(approved as Plan).map((row) => ({
    // stored under this digest by the plan call of the same kind
    key: keyOf(row),
    isUnchanged: now.get(keyOf(row)) === JSON.stringify(row),
  }))
}
