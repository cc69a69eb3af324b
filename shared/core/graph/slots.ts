import type { StepState } from '../../schema/run.ts'
import type { StepDefinition } from '../../schema/workflow.ts'

/** How many steps run at once where a definition does not say. */
export const defaultParallel = 4

/** Whether a step counts among those that run at once: a wait, a gate and the round over items do nothing themselves. */
export function takesSlot(step: StepDefinition, options: { readonly isItem: boolean }): boolean {
  if (step.forEach !== undefined && !options.isItem) return false
  return step.wait === undefined && step.gate === undefined
}

/** Whether it counts at this moment: it runs, or the run that it began does. */
export function hasSlot(state: StepState | undefined): boolean {
  if (state?.status === 'running') return true
  return state?.status === 'waiting' && state.waitingOn?.kind === 'run'
}

/** How many items of a `forEach` step may run at once. */
export function itemsAtOnce(step: StepDefinition, workflow: number | undefined): number {
  const { forEach } = step
  const isWhole = typeof forEach === 'object' && 'items' in forEach
  return (isWhole ? forEach.parallel : undefined) ?? workflow ?? defaultParallel
}

/** When a waiting step is to be looked at: its retry or wait is over, or its gate expires. */
export function untilMsOf(state: StepState | undefined): number | null {
  const on = state?.status === 'waiting' ? state.waitingOn : null
  if (on?.kind !== 'retry' && on?.kind !== 'time' && on?.kind !== 'gate') return null
  return typeof on.until === 'string' ? Date.parse(on.until) : null
}
