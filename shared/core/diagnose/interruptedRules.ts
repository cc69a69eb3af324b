import type { StepTrace } from '../resume/resumePlan.ts'
import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import { attemptLog, stepsWith, waitsForPeople, type StepFacts } from './stepFacts.ts'
import {
  clip,
  elapsed,
  evidence,
  holderEvidence,
  isOpen,
  processOf,
  resumeAction,
  waitAction,
} from './words.ts'

/** Reasons of a run that says it runs while its process is gone, or may be. */
export const interruptedRules: readonly DiagnosisRule[] = [
  {
    id: 'G6',
    find: (facts) =>
      interruptedSteps(facts)
        .filter(({ step }) => facts.inDoubt.includes(step))
        .map((found) => {
          const began = found.attempt === null ? 'had begun' : `began ${ago(facts, found)}`
          const sentence = `${found.step} ${began} and its result is unknown: it may already have had its effect.`
          return stepRow(facts, found, { sentence, label: `Say what happened to ${found.step}` })
        }),
  },
  {
    id: 'G7',
    find: (facts) =>
      tracedSteps(facts, 'finished').map(({ found, trace }) => {
        const sentence = `${found.step} has finished (${exitOf(trace)}), but nobody recorded it.`
        return stepRow(facts, found, { sentence, label: 'Resume with its result' })
      }),
  },
  {
    id: 'G8',
    find: (facts) =>
      tracedSteps(facts, 'alive').map(({ found, trace }) => {
        const process = trace.kind === 'alive' ? `process ${trace.pid}` : 'a process'
        const sentence = `${found.step} still runs as ${process}, but nobody waits for its result.`
        return stepRow(facts, found, { sentence, label: `Resume and wait for ${found.step}` })
      }),
  },
  {
    id: 'G9',
    find: (facts) =>
      tracedSteps(facts, 'neverBegan').map(({ found }) => {
        const sentence = `${found.step} was about to start when its process ended: nothing of it happened.`
        return stepRow(facts, found, { sentence, label: `Resume and run ${found.step}` })
      }),
  },
  { id: 'G10', find: dueAndAbandoned },
  { id: 'G11', find: processGone },
  {
    id: 'G12',
    find: ({ holder, liveness, now }) => {
      if (liveness !== 'unknown' || holder === null) return []
      const age = elapsed(holder.since, now)
      const sentence = `Held for ${age} by ${processOf(holder)}: from here nobody can tell whether that lives.`
      const action = { kind: 'breakLock', label: 'Break its lock…', step: null } as const
      return [rowOf('attention', sentence, { holder, action })]
    },
  },
  {
    id: 'G13',
    find: ({ run, holder, liveness, now }) => {
      if (run === null || holder !== null || liveness !== 'unknown') return []
      if (run.status !== 'running' && run.status !== 'waiting') return []
      const sentence = `Said to be ${run.status}; last change ${elapsed(run.updatedAt, now)} ago. No process proves it.`
      return [
        rowOf('attention', sentence, { holder: null, action: waitAction('Look for its process') }),
      ]
    },
  },
]

function interruptedSteps(facts: DiagnoseFacts): readonly StepFacts[] {
  return facts.liveness === 'interrupted' ? stepsWith(facts.run, 'running') : []
}

function tracedSteps(facts: DiagnoseFacts, kind: StepTrace['kind']) {
  return interruptedSteps(facts).flatMap((found) => {
    const trace = facts.traces[found.step]
    if (trace?.kind !== kind || facts.inDoubt.includes(found.step)) return []
    return [{ found, trace }]
  })
}

function exitOf(trace: StepTrace): string {
  if (trace.kind !== 'finished') return 'unknown exit code'
  return trace.exitCode === null ? 'ended by a signal' : `exit code ${trace.exitCode}`
}

function dueAndAbandoned(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  if (facts.liveness !== 'interrupted') return []
  return stepsWith(facts.run, 'waiting').flatMap((found) => {
    const on = found.state.waitingOn
    if (on?.kind !== 'retry' && on?.kind !== 'time') return []
    const isDue = on.until <= facts.now
    const when = isDue
      ? `has been due for ${elapsed(on.until, facts.now)}`
      : `is due in ${elapsed(facts.now, on.until)}`
    const what = on.kind === 'retry' ? `Its attempt ${on.attempt}` : 'It'
    const sentence = `${found.step} waits and nobody will wake it. ${what} ${when}.`
    const row = stepRow(facts, found, { sentence, label: `Resume ${found.step}` })
    return [{ ...row, evidence: [...row.evidence, { label: 'Due', value: on.until }] }]
  })
}

function processGone(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const { run, holder, liveness, now, around } = facts
  if (run === null || liveness !== 'interrupted') return []
  // The process that let go of it says better why.
  if (isOpen(run) && (around?.carryProblem ?? null) !== null) return []
  const who = holder === null ? 'The process that ran it' : capital(processOf(holder))
  const age = elapsed(run.updatedAt, now)
  const sentence = `${who} is gone. Last change ${age} ago; nothing moves until it is resumed.`
  return [
    {
      severity: waitsForPeople(facts) ? 'attention' : 'stuck',
      sentence: clip(sentence),
      evidence: [
        ...evidence(['Last change', run.updatedAt], ['Status on disk', run.status]),
        ...holderEvidence(holder),
      ],
      action: resumeAction('Plan a resume', null),
      step: null,
    },
  ]
}

function stepRow(
  facts: DiagnoseFacts,
  { step, attempt }: StepFacts,
  { sentence, label }: { readonly sentence: string; readonly label: string },
): DiagnosisRow {
  const log =
    facts.run === null || attempt === null
      ? null
      : `logs/${facts.run.id}/${step}.${attempt.number}.log`
  return {
    severity: 'stuck',
    sentence: clip(sentence),
    evidence: evidence(
      ['Step', step],
      ['Attempt', attempt?.number],
      ['Began', attempt?.startedAt],
      ['Process', attempt?.process?.pid],
      ['Log', log],
    ),
    action: resumeAction(label, step),
    step,
    log: attemptLog({ step }, attempt),
  }
}

function rowOf(
  severity: DiagnosisRow['severity'],
  sentence: string,
  more: Pick<DiagnoseFacts, 'holder'> & Pick<DiagnosisRow, 'action'>,
): DiagnosisRow {
  return {
    severity,
    sentence: clip(sentence),
    evidence: holderEvidence(more.holder),
    action: more.action,
    step: null,
  }
}

function ago({ now }: DiagnoseFacts, { attempt }: StepFacts): string {
  return attempt === null ? '' : `${elapsed(attempt.startedAt, now)} ago`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
