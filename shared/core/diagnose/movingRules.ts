import type { WaitingOn } from '../../schema/run.ts'
import type { ChildReason, DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import type { DiagnosisAction } from './diagnosis.ts'
import { usualOf, usualWords } from './slowRules.ts'
import { attemptLog, stepsWith, waitsForPeople, type StepFacts } from './stepFacts.ts'
import {
  causeIn,
  clip,
  elapsed,
  evidence,
  holderEvidence,
  noAction,
  processOf,
  resumeAction,
  waitAction,
} from './words.ts'

/** What a run that a process carries is at, and what it waits for. */
export const movingRules: readonly DiagnosisRule[] = [
  {
    id: 'G17',
    find: (facts) =>
      waitingSteps(facts, 'gate').map(({ found, on }) => {
        if (on.answeredBy === 'program') return askingRow(facts, found, on)
        const by = on.who === null ? '' : ` by ${on.who}`
        const sentence = `${found.step} has waited ${elapsed(on.since, facts.now)} for an approval${by}.`
        const action = {
          kind: 'decide',
          label: `Decide about ${found.step}`,
          step: found.step,
        } as const
        const known = evidence(['Since', on.since], ['Who', on.who])
        const severity = waitsForPeople(facts) ? 'stuck' : 'attention'
        return rowOf(found, { severity, sentence, evidence: known, action })
      }),
  },
  {
    id: 'G18',
    find: (facts) =>
      timedSteps(facts)
        .filter(({ on }) => isOverdue(on.until, facts.now))
        .map(({ found, on }) => {
          const sentence = `${found.step} has been due for ${elapsed(on.until, facts.now)}, and its process does not start it.`
          const known = [...evidence(['Due', on.until]), ...holderEvidence(facts.holder)]
          return rowOf(found, {
            severity: 'attention',
            sentence,
            evidence: known,
            action: retryAction(facts, found, on),
          })
        }),
  },
  {
    id: 'G19',
    find: (facts) =>
      timedSteps(facts)
        .filter(({ on }) => !isOverdue(on.until, facts.now))
        .map(({ found, on }) => waitingRow(facts, found, on)),
  },
  {
    id: 'G20',
    find: (facts) =>
      waitingSteps(facts, 'run')
        .filter(({ found }) => stuckChild(facts, found) === null)
        .map(({ found, on }) => {
          const child = facts.children?.[found.step]
          const sentence = `${found.step} waits for the run ${on.run}.`
          return rowOf(found, {
            severity: child?.severity === 'moving' ? 'moving' : 'attention',
            sentence,
            evidence: evidence(['Run', on.run], ['It says', child?.sentence]),
            action: openRun(on.run),
          })
        }),
  },
  {
    id: 'G48',
    find: (facts) =>
      waitingSteps(facts, 'run').flatMap(({ found, on }) => {
        const child = stuckChild(facts, found)
        if (child === null) return []
        const sentence = `${found.step} waits for the run ${child.run}: ${child.sentence}`
        const through = child.run === on.run ? null : on.run
        return [
          rowOf(found, {
            severity: 'attention',
            sentence,
            evidence: evidence(
              ['Its reason', `${child.rule} ${child.sentence}`],
              ['Run', child.run],
              ['Through', through],
            ),
            action: openRun(child.run),
          }),
        ]
      }),
  },
  {
    id: 'G25',
    find: (facts) =>
      isCarried(facts)
        ? stepsWith(facts.run, 'running').map((found) => runningRow(facts, found))
        : [],
  },
  {
    id: 'G26',
    find: (facts) => {
      const { run, now } = facts
      if (run === null || !isCarried(facts) || stepsWith(run, 'running', 'waiting').length > 0)
        return []
      const sentence =
        run.status === 'pending'
          ? 'About to start: a process has taken it.'
          : `Between two steps. Last change ${elapsed(run.updatedAt, now)} ago.`
      const known = evidence(['Last change', run.updatedAt])
      const action = noAction
      return [{ severity: 'moving', sentence, evidence: known, action, step: null }]
    },
  },
  {
    id: 'G27',
    find: (facts) => {
      const { holder, heldHere, now } = facts
      if (!isCarried(facts) || holder === null) return []
      const who = heldHere ? 'this very application' : processOf(holder)
      const sentence = `Carried by ${who} for ${elapsed(holder.since, now)}.`
      const known = holderEvidence(holder)
      return [
        {
          severity: 'moving',
          sentence: clip(sentence),
          evidence: known,
          action: noAction,
          step: null,
        },
      ]
    },
  },
]

/** [B43] */
function askingRow(
  facts: DiagnoseFacts,
  found: StepFacts,
  on: Waiting<'gate'>['on'],
): DiagnosisRow {
  const asked = on.message ?? null
  const what = asked === null ? 'an answer' : `an answer to “${asked}”`
  const sentence = `${found.step} has waited ${elapsed(on.since, facts.now)} for ${what}`
  return rowOf(found, {
    severity: 'attention',
    sentence: clip(`${sentence}. Its program hands it on.`),
    evidence: evidence(['Since', on.since], ['Asked', asked]),
    action: resumeAction('Show how its program goes on', found.step),
  })
}

function openRun(run: string): DiagnosisAction {
  return { kind: 'openRun', label: 'Open that run', step: null, run }
}

/** What a step waits for that will not end by itself. */
function stuckChild({ children }: DiagnoseFacts, { step }: StepFacts): ChildReason | null {
  const child = children?.[step]
  return child?.severity === 'stuck' || child?.severity === 'attention' ? child : null
}

/** Whoever carries the run can be asked not to wait. */
function retryAction(
  { liveness }: DiagnoseFacts,
  { step }: StepFacts,
  on: Timed['on'],
): DiagnosisAction {
  return on.kind === 'retry' && liveness === 'alive'
    ? { kind: 'retryNow', label: 'Retry now', step }
    : waitAction('Wait for it')
}

/** A process that is due may need a moment; one that is late by more does not do its work. */
const graceMs = 60_000

function isCarried({ run, liveness }: DiagnoseFacts): boolean {
  return run !== null && liveness === 'alive'
}

function isOverdue(until: string, now: string): boolean {
  return Date.parse(now) - Date.parse(until) > graceMs
}

type Waiting<K extends WaitingOn['kind']> = {
  readonly found: StepFacts
  readonly on: Extract<WaitingOn, { kind: K }>
}

function waitingSteps<K extends WaitingOn['kind']>(facts: DiagnoseFacts, kind: K): Waiting<K>[] {
  return stepsWith(facts.run, 'waiting').flatMap((found) => {
    const on = found.state.waitingOn
    return isKind(on, kind) ? [{ found, on }] : []
  })
}

function isKind<K extends WaitingOn['kind']>(
  on: WaitingOn | null,
  kind: K,
): on is Extract<WaitingOn, { kind: K }> {
  return on?.kind === kind
}

type Timed = Waiting<'retry'> | Waiting<'time'>

function timedSteps(facts: DiagnoseFacts): readonly Timed[] {
  // In a run that rests nothing is due: a pause, say, is told by its own rule.
  if (facts.liveness === 'interrupted' || facts.liveness === 'none') return []
  return [...waitingSteps(facts, 'retry'), ...waitingSteps(facts, 'time')]
}

function waitingRow(facts: DiagnoseFacts, found: StepFacts, on: Timed['on']): DiagnosisRow {
  const { now, liveness } = facts
  const allowed = found.definition?.retry?.attempts
  const what =
    on.kind === 'retry'
      ? `attempt ${on.attempt}${allowed === undefined ? '' : ` of ${allowed}`}`
      : 'its time'
  const when = on.until <= now ? 'now' : `in ${elapsed(now, on.until)}`
  const error = found.attempt?.error ?? null
  const cause = error === null ? null : causeIn(error.message)
  const sentence = `${found.step} waits for ${what}, due ${when}.${cause === null ? '' : ` Last error: ${cause}`}`
  return rowOf(found, {
    severity: liveness === 'alive' ? 'moving' : 'attention',
    sentence,
    evidence: evidence(['Due', on.until], ['Last error', cause]),
    action: retryAction(facts, found, on),
    log: cause === null ? null : attemptLog(found, found.attempt),
  })
}

function runningRow(facts: DiagnoseFacts, found: StepFacts): DiagnosisRow {
  const { now } = facts
  const usual = usualOf(facts, found)
  const { step, attempt, definition } = found
  const has = attempt === null ? 'runs' : `has run for ${elapsed(attempt.startedAt, now)}`
  const allowed = definition?.retry?.attempts ?? 1
  const tries =
    attempt === null || attempt.number < 2
      ? ''
      : ` (attempt ${attempt.number} of ${Math.max(allowed, attempt.number)})`
  return rowOf(found, {
    severity: 'moving',
    sentence: `${step} ${has}${tries}.`,
    evidence: evidence(
      ['Began', attempt?.startedAt],
      ['Attempt', attempt?.number],
      ['Usually', usual === null ? null : usualWords(usual)],
      ['Process', attempt?.process?.pid],
      ['Time limit', definition?.timeout],
    ),
    action: noAction,
  })
}

function rowOf(
  { step }: StepFacts,
  row: {
    readonly severity: DiagnosisRow['severity']
    readonly sentence: string
    readonly evidence: DiagnosisRow['evidence']
    readonly action: DiagnosisAction
    readonly log?: DiagnosisRow['log']
  },
): DiagnosisRow {
  return { ...row, sentence: clip(row.sentence), step }
}
