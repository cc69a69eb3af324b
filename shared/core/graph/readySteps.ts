import { ownValue } from '../../schema/json.ts'
import type { StepId } from '../../schema/ids.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { needsOf, order, stepOf } from './order.ts'
import { blockedReason, standingOf } from './standing.ts'

export type ReadyStep = {
  readonly step: StepId
  readonly action: 'run' | 'skip'
  readonly reason: string
}

/**
 * Pending steps that can be dealt with now, in dependency order: to run when all they need is settled, to skip when one of
 * their dependencies ended badly. A step whose dependencies are still open is not in the list.
 */
export function readySteps(run: Run, definition: WorkflowDefinition): readonly ReadyStep[] {
  return order(definition).flatMap((step): readonly ReadyStep[] => {
    const status = ownValue<StepState>(run.steps, step)?.status ?? 'pending'
    if (status !== 'pending') return []
    const needs = needsOf(definition, step)
    const standings = needs.map((need) => {
      const goesOn = stepOf(definition, need)?.continueOnError === true
      return { need, standing: standingOf(ownValue<StepState>(run.steps, need), goesOn) }
    })
    const broken = standings.find(({ standing }) => standing.kind === 'broken')
    if (broken?.standing.kind === 'broken') {
      return [{ step, action: 'skip', reason: blockedReason(broken.need, broken.standing.word) }]
    }
    if (standings.some(({ standing }) => standing.kind === 'open')) return []
    const reason = needs.length === 0 ? 'It needs no other step.' : `${needs.join(', ')} ended.`
    return [{ step, action: 'run', reason }]
  })
}
