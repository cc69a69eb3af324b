import { looksAtOutcomes } from '../../shared/core/expression/looksAtOutcomes.ts'
import {
  referencedSteps,
  referencedStepsOfTemplate,
} from '../../shared/core/expression/referencedSteps.ts'
import type { Scope, StepView } from '../../shared/core/expression/scope.ts'
import { needsOf, stepOf } from '../../shared/core/graph/order.ts'
import { viewOf } from '../../shared/core/graph/runScope.ts'
import { idempotencyKeyOf } from '../../shared/core/resume/idempotencyKeyOf.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { StepStatus } from '../../shared/schema/run.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { Ledger } from './ledger.ts'

type Known = Pick<Ledger, 'facts' | 'step' | 'variables'>

/** What the expressions of a step look at: of the other steps only those that they name. */
export function scopeOf(ledger: Known, definition: WorkflowDefinition, step: StepId): Scope {
  const { id, workflow, inputs } = ledger.facts()
  const parent = itemParent(step)
  const state = ledger.step(step)
  const isItem = parent !== null && state?.item !== undefined
  return {
    inputs,
    variables: ledger.variables(),
    run: { id, workflow: workflow.name, version: workflow.version },
    steps: viewsOf(ledger, namedIn(definition, step)),
    key: idempotencyKeyOf(id, step, state ?? undefined),
    ...(isItem ? { item: state.item, index: parent.index } : {}),
  }
}

/** The same with how all that the step needs has ended, where its condition asks for that. */
export function conditionScopeOf(
  ledger: Known,
  definition: WorkflowDefinition,
  step: StepId,
): Scope {
  const when = stepOf(definition, step)?.when
  if (when === undefined || !looksAtOutcomes(when)) return scopeOf(ledger, definition, step)
  const needs = allNeedsOf(definition, step)
  const statuses = needs.map((need): StepStatus => ledger.step(need)?.status ?? 'pending')
  return { ...scopeOf(ledger, definition, step), needs: statuses }
}

function viewsOf(ledger: Known, steps: readonly string[]): Record<string, StepView> {
  return Object.fromEntries(
    steps.flatMap((step) => {
      const state = ledger.step(step)
      return state === null ? [] : [[step, viewOf(state)] as const]
    }),
  )
}

function namedIn(definition: WorkflowDefinition, step: StepId): readonly string[] {
  const own = stepOf(definition, step)
  if (own === undefined) return []
  const known = named.get(own)
  if (known !== undefined) return known === 'all' ? Object.keys(definition.steps) : known
  const found = referencesIn(own)
  named.set(own, found)
  return found === 'all' ? Object.keys(definition.steps) : found
}

// A definition never changes, and its expressions are looked through for each attempt of each item.
const named = new WeakMap<StepDefinition, readonly string[] | 'all'>()

function referencesIn(step: StepDefinition): readonly string[] | 'all' {
  const { title: _, needs: __, ...evaluated } = step
  const inTemplates = referencedStepsOfTemplate(evaluated as Json) // it was read from JSON
  const all = [inTemplates, ...expressionsIn(step).map(referencedSteps)]
  if (all.includes('all')) return 'all'
  return [...new Set(all.flat())]
}

/** What is an expression also without `${{ }}` around it. */
function expressionsIn({ when, forEach, wait }: StepDefinition): readonly string[] {
  const items = typeof forEach === 'object' && 'items' in forEach ? forEach.items : forEach
  const moments = typeof wait === 'object' ? [wait.for, wait.until] : []
  return [when, items, ...moments].filter((one) => typeof one === 'string')
}

function allNeedsOf(definition: WorkflowDefinition, step: StepId): readonly StepId[] {
  const found = new Set<StepId>(needsOf(definition, step))
  for (const need of found) for (const further of needsOf(definition, need)) found.add(further)
  return [...found]
}
