import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule, UsualDuration } from './diagnoseFacts.ts'
import { attemptLog, stepsWith, type StepFacts } from './stepFacts.ts'
import { clip, elapsed, evidence, holderEvidence, isOpen, lasting, waitAction } from './words.ts'

/** Reasons of a run that says that it moves, and does not seem to. */
export const slowRules: readonly DiagnosisRule[] = [
  {
    id: 'G40',
    find: (facts) =>
      runningSteps(facts).flatMap((found) => {
        const usual = usualOf(facts, found)
        return usual !== null && isFarBeyond(ageMs(facts, found), usual)
          ? [slowRow(facts, found, usual)]
          : []
      }),
  },
  { id: 'G41', find: withoutProgress },
]

/** How many times longer than nearly all earlier ones an attempt has to run to be told of; small ones vary more. */
const farBeyond = 2
const leastBeyondMs = 30_000
const noProgressMs = 10 * 60_000

function isFarBeyond(tookMs: number, { p95Ms }: UsualDuration): boolean {
  return tookMs > p95Ms * farBeyond && tookMs - p95Ms > leastBeyondMs
}

function runningSteps({ run, liveness }: DiagnoseFacts): readonly StepFacts[] {
  const isCarried = liveness === 'alive' || liveness === 'unknown'
  return isCarried && isOpen(run) ? stepsWith(run, 'running') : []
}

/** What earlier runs say of a step; null where they are too few to say anything. */
export function usualOf(
  { around }: DiagnoseFacts,
  { step }: Pick<StepFacts, 'step'>,
): UsualDuration | null {
  return around?.usual[step] ?? null
}

export function usualWords({ medianMs, p95Ms, runs }: UsualDuration): string {
  return `${lasting(medianMs)}, nearly always at most ${lasting(p95Ms)} (${runs} earlier runs)`
}

function slowRow(facts: DiagnoseFacts, found: StepFacts, usual: UsualDuration): DiagnosisRow {
  const { step, attempt } = found
  const age = attempt === null ? '' : ` for ${elapsed(attempt.startedAt, facts.now)}`
  const sentence = `${step} has run${age}; usually it takes ${lasting(usual.medianMs)} (${usual.runs} earlier runs).`
  return {
    severity: 'attention',
    sentence: clip(sentence),
    evidence: [...evidence(['Usually', usualWords(usual)]), ...signEvidence(facts, found)],
    ...lookAt(found),
  }
}

function withoutProgress(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const { around } = facts
  if (around === undefined) return []
  const silent = runningSteps(facts).filter((found) => {
    const usual = usualOf(facts, found)
    if (usual !== null && ageMs(facts, found) <= usual.p95Ms * farBeyond) return false
    return Date.parse(facts.now) - lastSignMs(facts, found) >= noProgressMs
  })
  return [...silent.map((found) => silentRow(facts, found)), ...standingStill(facts)]
}

function silentRow(facts: DiagnoseFacts, found: StepFacts): DiagnosisRow {
  const since = new Date(lastSignMs(facts, found)).toISOString()
  const sentence = `${found.step} runs, and nothing has come from it for ${elapsed(since, facts.now)}.`
  return {
    severity: 'attention',
    sentence: clip(sentence),
    evidence: signEvidence(facts, found),
    ...lookAt(found),
  }
}

/** [G41] A process holds the run, no step of it runs or waits, and still nothing is recorded. */
function standingStill({ run, liveness, holder, now }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (!isOpen(run) || liveness !== 'alive') return []
  const isStill = Date.parse(now) - Date.parse(run.updatedAt) >= noProgressMs
  if (!isStill || stepsWith(run, 'running', 'waiting').length > 0) return []
  const age = elapsed(run.updatedAt, now)
  const sentence = `A process holds it, no step runs, and nothing was recorded for ${age}.`
  return [
    {
      severity: 'attention',
      sentence: clip(sentence),
      evidence: [...evidence(['Last change', run.updatedAt]), ...holderEvidence(holder)],
      action: waitAction('Look at the process that holds it'),
      step: null,
    },
  ]
}

function ageMs({ now }: DiagnoseFacts, { attempt }: StepFacts): number {
  return attempt === null ? 0 : Date.parse(now) - Date.parse(attempt.startedAt)
}

/** The newest of its begin and its last output. */
function lastSignMs({ around, now }: DiagnoseFacts, { step, attempt }: StepFacts): number {
  const output = around?.lastOutput[step]
  const signs = [attempt?.startedAt, output].flatMap((at) =>
    at === undefined ? [] : [Date.parse(at)],
  )
  return Math.max(...(signs.length === 0 ? [Date.parse(now)] : signs))
}

function signEvidence({ around }: DiagnoseFacts, { step, attempt }: StepFacts) {
  return evidence(
    ['Began', attempt?.startedAt],
    ['Last output', around?.lastOutput[step]],
    ['Process', attempt?.process?.pid],
  )
}

function lookAt(found: StepFacts): Pick<DiagnosisRow, 'action' | 'step' | 'log'> {
  const { step, attempt } = found
  return {
    action: { kind: 'openStep', label: `Look at ${step}`, step },
    step,
    log: attemptLog(found, attempt),
  }
}
