import { evaluateExpression } from '../../shared/core/expression/evaluateExpression.ts'
import { stepOf } from '../../shared/core/graph/order.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { RunError, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { Ledger } from './ledger.ts'
import { runError } from './attemptResult.ts'
import { conditionScopeOf } from './scopeOf.ts'

export type Condition =
  | { readonly kind: 'go' }
  | { readonly kind: 'skip'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: RunError }

/** Asks the condition of a step that begins; of items, and of attempts after one that was made, it is not asked again. */
export function askCondition(
  ledger: Ledger,
  definition: WorkflowDefinition,
  step: StepId,
): Condition {
  const when = stepOf(definition, step)?.when
  if (when === undefined || !isAsked(ledger.step(step)) || itemParent(step) !== null)
    return { kind: 'go' }
  const found = evaluateExpression(when, conditionScopeOf(ledger, definition, step))
  if ('problem' in found) return failed(step, found.problem)
  if (found.value === true) return { kind: 'go' }
  if (found.value === false) return { kind: 'skip', reason: `Its condition is false: ${when}` }
  const shown = JSON.stringify(found.value).slice(0, 100)
  return failed(step, `it has to be true or false, and is ${shown}.`)
}

/** One that could not be answered is asked again with the next try. */
function isAsked(state: StepState | null): boolean {
  if (state === null || state.status === 'pending') return true
  return state.attempts.at(-1)?.error?.name === 'Expression'
}

function failed(step: StepId, problem: string): Condition {
  return { kind: 'failed', error: runError('Expression', `Step ${step}: \`when\`: ${problem}`) }
}
