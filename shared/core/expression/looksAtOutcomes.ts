import { outcomeFunctions } from './functions.ts'
import { mentionsOf } from './references.ts'

/**
 * True when a condition decides by itself, whatever became of the needs: it mentions the `status` or the `error` of a step, or
 * calls `failed()`, `succeeded()` or `always()`.
 */
export function looksAtOutcomes(when: string): boolean {
  const mentions = mentionsOf(when)
  if (mentions === null) return false
  return (
    mentions.calls.some(
      ({ name, isMethod }) => !isMethod && outcomeFunctions.some((one) => one === name),
    ) ||
    mentions.references.some(
      ({ root, path }) => root === 'steps' && (path[1] === 'status' || path[1] === 'error'),
    )
  )
}
