import { looksAtOutcomes } from '../../shared/core/expression/looksAtOutcomes.ts'
import { itemStep } from '../../shared/schema/itemStep.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { isDone } from '../../shared/core/graph/isDone.ts'
import { needsOf, order, stepOf } from '../../shared/core/graph/order.ts'
import { hasSlot, itemsAtOnce, takesSlot } from '../../shared/core/graph/slots.ts'
import { blockedReason, standingOf } from '../../shared/core/graph/standing.ts'

type ReadyStep = {
  readonly step: StepId
  /** `settle`: all of its items have ended. */
  readonly action: 'run' | 'skip' | 'settle'
  /** Of what is to be skipped. */
  readonly reason: string
}

/**
 * What a schedule is held against, from the whole run at once. Steps that can be dealt with now, in
 * dependency order: to run when all they need is settled, to skip when one of their dependencies ended badly, unless their
 * condition asks for that. A step whose dependencies are still open is not in the list. Of the items of a step there are as
 * many as may begin.
 */
export function readySteps(run: Run, definition: WorkflowDefinition): readonly ReadyStep[] {
  return order(definition).flatMap((step): readonly ReadyStep[] => {
    const state = ownValue<StepState>(run.steps, step)
    if (state?.status === 'waiting' && state.waitingOn?.kind === 'items')
      return readyItems(run, definition, { step, total: state.waitingOn.total })
    return (state?.status ?? 'pending') === 'pending' ? readyStep(run, definition, step) : []
  })
}

function readyStep(run: Run, definition: WorkflowDefinition, step: StepId): readonly ReadyStep[] {
  const standings = standingsOf(run, definition, step)
  const when = stepOf(definition, step)?.when
  const broken = standings.find(({ standing }) => standing.kind === 'broken')
  if (broken?.standing.kind === 'broken' && (when === undefined || !looksAtOutcomes(when)))
    return [{ step, action: 'skip', reason: blockedReason(broken.need, broken.standing.word) }]
  if (standings.some(({ standing }) => standing.kind === 'open')) return []
  return [{ step, action: 'run', reason: '' }]
}

function standingsOf(run: Run, definition: WorkflowDefinition, step: StepId) {
  return needsOf(definition, step).map((need) => {
    const goesOn = stepOf(definition, need)?.continueOnError === true
    return { need, standing: standingOf(ownValue<StepState>(run.steps, need), goesOn) }
  })
}

function readyItems(
  run: Run,
  definition: WorkflowDefinition,
  { step, total }: { readonly step: StepId; readonly total: number },
): readonly ReadyStep[] {
  const own = stepOf(definition, step)
  if (own?.forEach === undefined) return []
  const items = Array.from({ length: total }, (_, index) => itemStep(step, index))
  const states = items.map((item) => ownValue<StepState>(run.steps, item))
  if (states.every((state) => state !== undefined && isDone(state.status)))
    return [{ step, action: 'settle', reason: '' }]
  if (standingsOf(run, definition, step).some(({ standing }) => standing.kind === 'open')) return []
  const limit = takesSlot(own, { isItem: true }) ? itemsAtOnce(own, definition.parallel) : Infinity
  const room = Math.max(0, limit - states.filter(hasSlot).length)
  const pending = items.filter((_, index) => states[index]?.status === 'pending')
  return pending.slice(0, room).map((item) => ({ step: item, action: 'run', reason: '' }))
}
