import type { StepState } from '../../schema/run.ts'
import { idempotencyKeyOf } from './idempotencyKeyOf.ts'
import { stateOf } from './itemsOf.ts'
import { definitionInUse, modeOf, type ResumeInput } from './resumeInput.ts'

/** [S55] A step that was renamed has kept its key: a new step under its old name would be taken for a repetition of it. */
export function keyProblems(input: ResumeInput): readonly string[] {
  const { run } = input
  if (modeOf(input) === 'fork') return []
  const owners = new Map(
    Object.entries<StepState>(run.steps).flatMap(([step, state]) =>
      state['key'] === undefined ? [] : [[idempotencyKeyOf(run.id, step, state), step] as const],
    ),
  )
  if (owners.size === 0) return []
  return Object.keys(definitionInUse(input)?.steps ?? {}).flatMap((step) => {
    const owner = owners.get(idempotencyKeyOf(run.id, step, stateOf(run, step)))
    return owner === undefined || owner === step
      ? []
      : [
          `The definition as it is now has another step ${step}, whose idempotency key is that of ${owner}, which was called so. Give the new step a name that the run never had.`,
        ]
  })
}
