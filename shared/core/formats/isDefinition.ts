import { z } from 'zod'
import { stepKinds } from '../../schema/workflow.ts'
import { outlineOf } from './outline.ts'

/**
 * Whether a JSON text was meant as a workflow, also one with mistakes in it: it has a name, and steps by name of which one at
 * least says what it does or what it needs, and none what became of it.
 */
export function isDefinition(text: string): boolean {
  const { flaw, entries } = outlineOf(text)
  if (flaw !== null || !entries.has('name') || !entries.has('steps')) return false
  if (stateKeys.some((key) => entries.has(key))) return false
  const steps = Object.values(Meant.safeParse(JSON.parse(text)).data?.steps ?? {})
  return steps.some((step) => has(step, toldByStep)) && !steps.some((step) => has(step, stateKeys))
}

const Meant = z.object({ name: z.string(), steps: z.record(z.string(), z.unknown()) })

const toldByStep = [...stepKinds, 'needs', 'sideEffects', 'retry']
/** What a run or its steps say of themselves, and a definition does not. */
const stateKeys = [
  'status',
  'state',
  'attempts',
  'startedAt',
  'started_at',
  'createdAt',
  'created_at',
]

function has(step: unknown, keys: readonly string[]): boolean {
  return typeof step === 'object' && step !== null && keys.some((key) => Object.hasOwn(step, key))
}
