import { StepId } from './ids.ts'

/** The id of an item of a `forEach` step. */
export function itemStep(step: string, index: number): StepId {
  return StepId.parse(`${step}[${index}]`)
}

/** The step whose item this is, and which; null for a step that is no item. */
export function itemParent(step: string): { readonly step: StepId; readonly index: number } | null {
  if (!step.endsWith(']')) return null
  const found = /^(.+)\[(\d+)\]$/.exec(step)
  const parent = StepId.safeParse(found?.[1])
  return parent.success ? { step: parent.data, index: Number(found?.[2]) } : null
}
