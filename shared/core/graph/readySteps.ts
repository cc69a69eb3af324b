import { looksAtOutcomes } from '../expression/looksAtOutcomes.ts'
import { itemStep } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepId } from '../../schema/ids.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { isDone } from './isDone.ts'
import { needsOf, order, stepOf } from './order.ts'
import { hasSlot, itemsAtOnce, takesSlot } from './slots.ts'
import { blockedReason, standingOf } from './standing.ts'

export type ReadyStep = {
  readonly step: StepId
  /** `settle`: all of its items have ended. */
  readonly action: 'run' | 'skip' | 'settle'
  readonly reason: string
}

/**
 * Steps that can be dealt with now, in dependency order: to run when all they need is settled, to skip when one of their
 * dependencies ended badly, unless their condition asks for that. A step whose dependencies are still open is not in the
 * list. Of the items of a step there are as many as may begin.
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
  const needs = standings.map(({ need }) => need)
  const reason = needs.length === 0 ? 'It needs no other step.' : `${needs.join(', ')} ended.`
  return [{ step, action: 'run', reason }]
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
    return [{ step, action: 'settle', reason: 'All of its items ended.' }]
  if (standingsOf(run, definition, step).some(({ standing }) => standing.kind === 'open')) return []
  const limit = takesSlot(own, { isItem: true }) ? itemsAtOnce(own, definition.parallel) : Infinity
  const room = Math.max(0, limit - states.filter(hasSlot).length)
  const pending = items.filter((_, index) => states[index]?.status === 'pending')
  const reason = `It is an item of ${step}.`
  return pending.slice(0, room).map((item) => ({ step: item, action: 'run', reason }))
}
