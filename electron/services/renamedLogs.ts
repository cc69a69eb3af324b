// The logs of a step that was renamed lie where they were written: under the name that it had then.
import { idempotencyKeyOf } from '../../shared/core/resume/idempotencyKeyOf.ts'
import { StepId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'

/** [M27] The name under which this run first knew a step, as its key for other services has it; null: it has no other. */
export function formerName({ id, steps }: Pick<Run, 'id' | 'steps'>, step: StepId): StepId | null {
  const key = idempotencyKeyOf(id, step, ownValue<StepState>(steps, step))
  if (!key.startsWith(`${id}/`)) return null
  const name = StepId.safeParse(key.slice(id.length + 1))
  return name.success && name.data !== step ? name.data : null
}
