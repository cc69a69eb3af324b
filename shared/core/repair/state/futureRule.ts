import type { Run } from '../../../schema/run.ts'
import type { Finding } from '../../integrity/finding.ts'
import type { IntegrityRule } from '../../integrity/integrityRule.ts'

/** I79 as a rule of its own, with the moment that counts as now: checked around a run, and set right in it. */
export function futureRule(now: string): Pick<IntegrityRule, 'id' | 'check'> {
  const limit = new Date(Date.parse(now) + toleratedMs).toISOString()
  return {
    id: 'I79',
    check: (run: Run) =>
      keys
        .filter((key) => (run[key] ?? '') > limit)
        .map((key) => ({
          pointer: `/${key}`,
          sentence: `${key} is ${run[key]}, and now is ${now}.`,
        })),
  }
}

export function futureFindings(run: Run, now: string): readonly Finding[] {
  const { check } = futureRule(now)
  return check(run, []).map(({ pointer, sentence }) => ({
    rule: 'I79',
    severity: 'warning',
    sentence,
    file: 'head',
    offset: null,
    line: null,
    column: null,
    pointer,
    state: pointer,
    remedy: null,
  }))
}

const keys = ['createdAt', 'startedAt', 'finishedAt', 'updatedAt'] as const
const toleratedMs = 60_000
