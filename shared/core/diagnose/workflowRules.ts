import { findProblems } from '../graph/findProblems.ts'
import type { DiagnoseFacts, DefinitionNow, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import { stepsWith } from './stepFacts.ts'
import { clip, evidence, isOpen, listed, resumeAction } from './words.ts'

/** Reasons that lie in the definition: in the one that the run carries, or in its source as it is now. */
export const workflowRules: readonly DiagnosisRule[] = [
  { id: 'G38', find: (facts) => graphFlaws(facts, circles) },
  { id: 'G39', find: (facts) => graphFlaws(facts, missingNeeds) },
]

/** A run can go on with what it carries: these come behind what it says of itself. */
export const sourceRules: readonly DiagnosisRule[] = [
  { id: 'G44', find: definitionMoved },
  { id: 'G45', find: stepsLost },
]

/** Rules of the graph: steps that need each other, or themselves; and needs that name no step. */
const circles = ['W3', 'W4']
const missingNeeds = ['W2']

function graphFlaws({ run }: DiagnoseFacts, rules: readonly string[]): readonly DiagnosisRow[] {
  const definition = run?.workflow.definition ?? null
  if (!isOpen(run) || definition === null) return []
  return findProblems(definition)
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, sentence, step }) => ({
      severity: 'stuck',
      sentence: clip(sentence),
      evidence: evidence(
        ['Problem', `${rule} ${sentence}`],
        ['Source', run.workflow.source],
        ['Remedy', 'Mend the definition, then resume with it as it is now.'],
      ),
      action: resumeAction('Plan a resume', step),
      step,
    }))
}

/** While a process carries the run, or after its end, its source does not matter. */
function sourceNow({ run, liveness, around }: DiagnoseFacts): DefinitionNow | null {
  const isAsked = isOpen(run) && liveness !== 'alive'
  return isAsked ? (around?.definition ?? null) : null
}

function definitionMoved(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const now = sourceNow(facts)
  if (now === null || now.kind === 'same') return []
  return [
    {
      severity: 'attention',
      sentence: clip(movedSentence(now)),
      evidence: evidence(['Source', now.source], ...changeEvidence(now)),
      action: resumeAction('Plan a resume', null),
      step: null,
    },
  ]
}

function movedSentence(now: Exclude<DefinitionNow, { kind: 'same' }>): string {
  if (now.kind === 'gone')
    return 'The definition is not where it was: a resume goes on with the one that the run carries.'
  if (now.kind === 'unusable') return `The definition cannot be used as it is now: ${now.problem}`
  const { missing, added, altered } = now
  const parts = [
    altered.length > 0 && `${listed(altered)} altered`,
    added.length > 0 && `${listed(added)} added`,
    missing.length > 0 && `${listed(missing)} taken out`,
  ].filter((part) => part !== false)
  const what = parts.length === 0 ? '' : `: ${parts.join(', ')}`
  return `The definition has changed since the run began${what}.`
}

function changeEvidence(now: DefinitionNow) {
  if (now.kind === 'unusable') return [['Problem', now.problem]] as const
  if (now.kind !== 'changed') return []
  return [
    ['Altered', now.altered.join(', ')],
    ['Added', now.added.join(', ')],
    ['Taken out', now.missing.join(', ')],
  ] as const
}

/** Steps that the run has, and its own definition or the one of now does not. */
function stepsLost(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const { run } = facts
  if (!isOpen(run)) return []
  const now = sourceNow(facts)
  const unknown = run.workflow.definition === null ? [] : undefinedSteps(facts)
  const lost = [...new Set([...unknown, ...(now?.kind === 'changed' ? now.missing : [])])]
  const [first] = lost
  if (first === undefined) return []
  const [are, them] = lost.length === 1 ? ['is no step', 'it'] : ['are no steps', 'them']
  return [
    {
      severity: 'attention',
      sentence: clip(
        `${listed(lost)} ${are} of the definition any more: say what became of ${them}.`,
      ),
      evidence: evidence(['Steps', lost.slice(0, 50).join(', ')], ['Source', run.workflow.source]),
      action: resumeAction('Plan a resume', first),
      step: first,
    },
  ]
}

function undefinedSteps({ run }: DiagnoseFacts): readonly string[] {
  const all = [
    'pending',
    'running',
    'waiting',
    'succeeded',
    'failed',
    'skipped',
    'cancelled',
  ] as const
  return stepsWith(run, ...all).flatMap(({ step, definition }) =>
    definition === null ? [step] : [],
  )
}
