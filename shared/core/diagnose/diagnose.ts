// The diagnose room promises at least one reason why a run does not move, most likely first, with its evidence.
import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import type { Diagnosis } from './diagnosis.ts'
import { attemptRules } from './attemptRules.ts'
import { documentRules } from './documentRules.ts'
import { interruptedRules } from './interruptedRules.ts'
import { movingRules } from './movingRules.ts'
import { placeRules } from './placeRules.ts'
import { restingRules } from './restingRules.ts'
import { slowRules } from './slowRules.ts'
import { noAction } from './words.ts'
import { sourceRules, workflowRules } from './workflowRules.ts'

export type { DiagnoseFacts } from './diagnoseFacts.ts'

/** Why a run does not move, or that it does. Never empty: what is stuck comes first, then what may be. */
export function diagnose(facts: DiagnoseFacts): readonly Diagnosis[] {
  const found = rules.flatMap((rule) =>
    someOf(rule.find(facts)).map((row) => ({ rule: rule.id, ...row })),
  )
  const rows = [...found, ...untrusted(facts, found)].toSorted(bySeverity)
  return rows.length > 0 ? rows : [nothingKnown(facts)]
}

/** In the order in which they are told where nothing else tells them apart. */
export const rules: readonly DiagnosisRule[] = [
  ...documentRules,
  ...workflowRules,
  ...interruptedRules,
  ...placeRules,
  ...restingRules,
  ...slowRules,
  ...attemptRules,
  ...movingRules,
  ...sourceRules,
]

/** [G49] Two thousand steps that were skipped are one reason, not two thousand. */
function someOf(rows: readonly DiagnosisRow[]): readonly DiagnosisRow[] {
  const [first] = rows.slice(mostAlike)
  if (first === undefined) return rows
  const sentence = `And ${rows.length - mostAlike} more like these.`
  const { severity } = first
  const rest = { severity, sentence, evidence: [], action: noAction, step: null }
  return [...rows.slice(0, mostAlike), rest]
}

const mostAlike = 20

const rank = { stuck: 0, attention: 1, moving: 2, resting: 3 } as const

/** Equal ones stay in the order of the rules. */
function bySeverity(one: Diagnosis, other: Diagnosis): number {
  return rank[one.severity] - rank[other.severity]
}

/** [G23] Only where something would have to be executed: looking at a run needs no trust. */
function untrusted({ trusted }: DiagnoseFacts, found: readonly Diagnosis[]): readonly Diagnosis[] {
  if (trusted || !found.some(wouldExecute)) return []
  return [
    {
      rule: 'G23',
      severity: 'attention',
      sentence: 'This folder is not trusted: none of its steps is executed until you trust it.',
      evidence: [],
      action: { kind: 'trust', label: 'Trust this folder', step: null },
      step: null,
    },
  ]
}

function wouldExecute({ action, severity }: Diagnosis): boolean {
  return action.kind === 'resume' && severity !== 'resting'
}

function nothingKnown({ run, formatLabel }: DiagnoseFacts): Diagnosis {
  const sentence =
    run === null
      ? `Nothing in it can be read as a run (${formatLabel}).`
      : `Said to be ${run.status}: nothing else is known of it.`
  return {
    rule: 'G31',
    severity: 'attention',
    sentence,
    evidence: [],
    action: noAction,
    step: null,
  }
}
