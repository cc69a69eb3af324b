import { stepOf } from '../../shared/core/graph/order.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { AttemptPool } from './attemptPool.ts'
import type { ChildPool } from './childPool.ts'
import { statusOf, stepIdsOf } from './endRecords.ts'
import type { Ledger } from './ledger.ts'

/** Steps that another host began are watched as if they were our own, and so are the runs that they wait for. */
export async function takeOver(options: {
  readonly definition: WorkflowDefinition
  readonly ledger: Ledger
  readonly pool: AttemptPool
  readonly children: ChildPool
}): Promise<void> {
  const { definition, ledger, pool, children } = options
  const run = ledger.snapshot()
  const running = stepIdsOf(run).filter((step) => statusOf(run, step) === 'running')
  // Before anything is waited for: a cancel that comes meanwhile has to find them.
  for (const step of running) pool.adopt(step)
  for (const step of stepIdsOf(run)) {
    const state = ownValue<StepState>(run.steps, step)
    const isWaiting = state?.status === 'waiting' && state.waitingOn?.kind === 'run'
    if (isWaiting && stepOf(definition, step) !== undefined) children.adopt(step)
  }
  const unknown = running.filter((step) => stepOf(definition, step) === undefined)
  const reason = 'The definition has no such step any more.'
  if (unknown.length > 0)
    await ledger.append(
      unknown.map((step) => ({ type: 'stepCancelled', step, attempt: null, reason })),
      { durable: true },
    )
}
