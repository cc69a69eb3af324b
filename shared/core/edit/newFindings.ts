import { rules } from '../integrity/rules.ts'
import { stepsOf } from '../integrity/stepsOf.ts'
import type { Severity } from '../integrity/finding.ts'
import type { Run } from '../../schema/run.ts'
import type { EditFinding } from './editPlan.ts'

/** [N2] What would contradict itself in a run after an edit, and does not before. */
export function newFindings(
  before: Run,
  after: Run,
): readonly (EditFinding & { readonly severity: Severity })[] {
  const steps = stepsOf(after)
  const stepsBefore = stepsOf(before)
  return rules.flatMap((rule) => {
    const found = rule.check(after, steps)
    if (found.length === 0) return []
    const known = new Set(rule.check(before, stepsBefore).map(keyOf))
    return found
      .filter((breach) => !known.has(keyOf(breach)))
      .map(({ pointer, sentence }) => ({
        rule: rule.id,
        severity: rule.severity,
        path: pointer,
        sentence,
      }))
  })
}

function keyOf({ pointer, sentence }: { readonly pointer: string; readonly sentence: string }) {
  return `${pointer}\n${sentence}`
}
