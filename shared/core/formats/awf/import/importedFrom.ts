import { z } from 'zod'
import type { Run } from '../../../../schema/run.ts'
import type { AwfDefinition } from '../definition/awfDefinition.ts'
import type { AwfWorkflow } from './toDefinition.ts'

/** What an imported run keeps of where it came from, to find its way back. */
export const ImportedFrom = z.looseObject({
  format: z.literal('awf'),
  /** The run in AWF. */
  id: z.string(),
  document: z.string(),
  /** By step the end to which its success leads without a condition. */
  ends: z.record(z.string(), z.string()),
  /** Steps of ours that AWF has as ends, without a state. */
  added: z.array(z.string()),
})
export type ImportedFrom = z.infer<typeof ImportedFrom>

export function importedFrom(run: Run): ImportedFrom | null {
  return ImportedFrom.safeParse(run['importedFrom']).data ?? null
}

export function endsOf({ states }: AwfDefinition): ImportedFrom['ends'] {
  return Object.fromEntries(
    [...states.values()].flatMap(({ name, onSuccess, transitions, branches }) => {
      if (onSuccess === null || transitions.length > 0) return []
      if (states.get(onSuccess)?.type !== 'terminal') return []
      return (branches.length === 0 ? [name] : branches).map((step) => [step, onSuccess])
    }),
  )
}

export function addedSteps(
  { definition }: Pick<AwfWorkflow, 'definition'>,
  { states }: AwfDefinition,
): readonly string[] {
  return Object.keys(definition.steps).filter((step) => {
    const type = states.get(step)?.type
    return type === undefined || type === 'terminal'
  })
}
