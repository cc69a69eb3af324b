import { assertNever } from '../../shared/assert.ts'
import type { Settings } from '../../shared/schema/settings.ts'

/** Whether the policy asks for a checkpoint after a step that has just succeeded. */
export function isCheckpointDue(
  policy: Settings['checkpoint'],
  since: { readonly steps: number; readonly ms: number },
): boolean {
  switch (policy.frequency) {
    case 'every_step':
      return true
    case 'every_n_steps':
      return since.steps >= policy.interval
    case 'time_based':
      return since.ms >= policy.interval * 1000
    case 'on_gates':
    case 'manual':
      return false
    default:
      return assertNever(policy.frequency)
  }
}
