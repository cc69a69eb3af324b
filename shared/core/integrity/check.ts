// The integrity room tells where a run that reads well contradicts itself.
import type { Run } from '../../schema/run.ts'
import type { Finding } from './finding.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { rules } from './rules.ts'

/** Every contradiction inside a run, in the order of the rules; at most 50 a rule, the last of them says how many more. */
export function check(run: Run): readonly Finding[] {
  return rules.flatMap((rule) => {
    const breaches = rule.check(run)
    const shown = breaches.slice(0, mostShown)
    const more = breaches.length - shown.length
    return shown.map((breach, index) => {
      const isLast = index === shown.length - 1 && more > 0
      const sentence = isLast ? `${breach.sentence} (${more} more like this.)` : breach.sentence
      return toFinding(rule, { ...breach, sentence })
    })
  })
}

const mostShown = 50

function toFinding(
  rule: IntegrityRule,
  breach: { readonly pointer: string; readonly sentence: string },
): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    sentence: breach.sentence,
    file: 'head',
    offset: null,
    line: null,
    column: null,
    pointer: breach.pointer,
    remedy: rule.remedy,
  }
}
