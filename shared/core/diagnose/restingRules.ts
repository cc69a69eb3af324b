import type { StepId } from '../../schema/ids.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, RunError, StepState } from '../../schema/run.ts'
import { needsOf } from '../graph/order.ts'
import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import { attemptLog, stepsWith, type StepFacts } from './stepFacts.ts'
import {
  causeIn,
  clip,
  duration,
  elapsed,
  evidence,
  firstLine,
  holderEvidence,
  listed,
  noAction,
  processOf,
  resumeAction,
  sessionSentence,
} from './words.ts'

/** Reasons of a run that rests: it failed, was paused or cancelled, was never started, or is done. */
export const restingRules: readonly DiagnosisRule[] = [
  { id: 'G14', find: failedSteps },
  {
    id: 'G15',
    find: (facts) => {
      const { run } = facts
      if (run === null || run.status !== 'failed' || blockingFailures(facts).length > 0) return []
      const cause = run.error === null ? 'no step says why.' : firstLine(causeIn(run.error.message))
      return [
        {
          severity: 'stuck',
          sentence: clip(`The run failed: ${cause}`),
          evidence: [...errorEvidence(run.error), ...evidence(['Failed', run.finishedAt])],
          action: resumeAction('Plan a resume', null),
          step: null,
        },
      ]
    },
  },
  { id: 'G21', find: paused },
  {
    id: 'G22',
    find: ({ run, liveness, now }) => {
      if (run === null || run.status !== 'pending' || liveness === 'alive') return []
      const sentence = `Never started: created ${elapsed(run.createdAt, now)} ago, and no step has begun.`
      const created = evidence(['Created', run.createdAt], ['By', run.place.user])
      const action = resumeAction('Start it', null)
      return [
        { severity: 'stuck', sentence: clip(sentence), evidence: created, action, step: null },
      ]
    },
  },
  { id: 'G24', find: skippedSteps },
  {
    id: 'G28',
    find: (facts) => {
      const { run, now } = facts
      if (run === null || run.status !== 'cancelled') return []
      const age = elapsed(run.finishedAt ?? run.updatedAt, now)
      const sentence = `Cancelled ${age} ago${byWhom(facts)}. It can be resumed where it stopped.`
      const when = evidence(
        ['Cancelled', run.finishedAt ?? run.updatedAt],
        ...restedEvidence(facts),
      )
      const action = resumeAction('Plan a resume', null)
      return [{ severity: 'resting', sentence: clip(sentence), evidence: when, action, step: null }]
    },
  },
  { id: 'G29', find: completed },
  {
    id: 'G30',
    find: ({ run, holder, liveness, now }) => {
      if (run === null || holder === null || liveness !== 'none') return []
      const sentence = `Locked for ${elapsed(holder.since, now)} by ${processOf(holder)} (${holder.purpose}).`
      const action = noAction
      const known = holderEvidence(holder)
      return [
        { severity: 'resting', sentence: clip(sentence), evidence: known, action, step: null },
      ]
    },
  },
]

/** Failures that stop the run: those that the workflow does not pass over. */
function blockingFailures({ run }: DiagnoseFacts): readonly StepFacts[] {
  if (run?.status === 'completed') return []
  return stepsWith(run, 'failed').filter(({ definition }) => definition?.continueOnError !== true)
}

function failedSteps(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const isAtRest = facts.run?.status === 'failed' || facts.run?.status === 'cancelled'
  const failures = blockingFailures(facts)
  const itemOf = firstItems(failures)
  return failures.map((found) => {
    const { step, state, attempt } = found
    const wrote = itemOf.get(step) ?? found
    const exit = attempt?.exitCode ?? null
    const code = exit === null ? '' : ` (exit code ${exit})`
    const cause =
      attempt?.error === null || attempt === null ? '.' : `: ${causeIn(attempt.error.message)}`
    const sentence = clip(`${step} failed${triesOf(found)}${code}${cause}`)
    // Of a command there is nothing to be known but its code and its last line.
    const isTold = attempt?.error?.name === 'ExitCode' && sentence.endsWith(cause)
    return {
      severity: isAtRest ? 'stuck' : 'attention',
      sentence,
      evidence: [
        ...errorEvidence(isTold ? null : (attempt?.error ?? null)),
        ...evidence(
          ['Exit code', isTold ? null : exit],
          ['Attempts', `${state.attempts.length} of ${allowedTries(found)}`],
          ['Failed', attempt?.finishedAt],
        ),
      ],
      action: resumeAction(`Resume from ${step}`, step),
      step,
      log: attemptLog(wrote, wrote.attempt),
    }
  })
}

/** [G67] A step that goes over items runs nothing by itself: the first item that failed has the log that tells why. */
function firstItems(failures: readonly StepFacts[]): ReadonlyMap<string, StepFacts> {
  const first = new Map<string, StepFacts>()
  for (const found of failures) {
    const parent = itemParent(found.step)?.step
    if (parent !== undefined && !first.has(parent)) first.set(parent, found)
  }
  return first
}

function triesOf(found: StepFacts): string {
  const made = found.state.attempts.length
  const allowed = allowedTries(found)
  if (made < 2) return ''
  return made === allowed ? ` all ${made} times` : ` on attempt ${made} of ${allowed}`
}

/** A step that was resumed has more attempts than its policy allows in one go. */
function allowedTries({ state, definition }: StepFacts): number {
  return Math.max(definition?.retry?.attempts ?? 1, state.attempts.length)
}

function keptSession(updatedAt: string, now: string): DiagnosisRow {
  const sentence = sessionSentence(elapsed(updatedAt, now))
  const when = evidence(['Last change', updatedAt])
  return { severity: 'resting', sentence, evidence: when, action: noAction, step: null }
}

function paused(facts: DiagnoseFacts): readonly DiagnosisRow[] {
  const { run, now } = facts
  if (run === null || run.status !== 'paused') return []
  if (run.kind === 'session') return [keptSession(run.updatedAt, now)]
  const sentence = `Paused ${elapsed(run.updatedAt, now)} ago${byWhom(facts)}: it goes on when it is resumed.`
  return [
    {
      severity: 'stuck',
      sentence: clip(sentence),
      evidence: evidence(['Paused', run.updatedAt], ...restedEvidence(facts)),
      action: resumeAction('Plan a resume', null),
      step: null,
    },
  ]
}

/** Told once for each failure that they are skipped for. */
function skippedSteps({ run }: DiagnoseFacts): readonly DiagnosisRow[] {
  const byCause = new Map<string | null, StepFacts[]>()
  const skipped = stepsWith(run, 'skipped').filter(({ state }) => state.skippedBy === 'dependency')
  for (const found of skipped) {
    const cause = run === null ? null : failureBehind(run, found.step)
    byCause.set(cause, [...(byCause.get(cause) ?? []), found])
  }
  return [...byCause].flatMap(([cause, steps]) => skippedRow(cause, steps))
}

function skippedRow(cause: string | null, steps: readonly StepFacts[]): readonly DiagnosisRow[] {
  const [first] = steps
  if (first === undefined) return []
  const names = steps.map(({ step }) => step)
  const [were, need] = names.length === 1 ? ['was', 'it needs'] : ['were', 'they need']
  const why = `${cause ?? `a step that ${need}`} did not succeed`
  const looked = cause ?? first.step
  return [
    {
      severity: 'resting',
      sentence: clip(`${listed(names)} ${were} skipped because ${why}.`),
      evidence: evidence(
        ['Steps', names.length === 1 ? null : names.slice(0, 50).join(', ')],
        ['Needs', first.definition?.needs?.join(', ')],
      ),
      action: { kind: 'openStep', label: `Look at ${looked}`, step: looked },
      step: first.step,
    },
  ]
}

/** The step whose failure, through steps that were skipped for it, this one was skipped for. */
function failureBehind({ workflow, steps }: Run, start: StepId): string | null {
  const { definition } = workflow
  if (definition === null) return null
  const seen = new Set<string>([start])
  const open = [...needsOf(definition, start)]
  for (let step = open.shift(); step !== undefined; step = open.shift()) {
    if (seen.has(step)) continue
    seen.add(step)
    const status = ownValue<StepState>(steps, step)?.status
    if (status === 'failed' || status === 'cancelled') return step
    if (status === 'skipped') open.push(...needsOf(definition, step))
  }
  return null
}

function completed({ run, now }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (run === null || run.status !== 'completed') return []
  const total = Object.keys(run.steps).length
  const succeeded = stepsWith(run, 'succeeded').length
  const failed = stepsWith(run, 'failed').map(({ step }) => step)
  const took =
    run.startedAt === null || run.finishedAt === null
      ? ''
      : ` in ${duration(run.startedAt, run.finishedAt)}`
  const age = elapsed(run.finishedAt ?? run.updatedAt, now)
  return [
    {
      severity: 'resting',
      sentence: clip(`Completed ${age} ago${took}: ${succeeded} of ${total} steps succeeded.`),
      evidence: evidence(['Completed', run.finishedAt], ['Passed over', failed.join(', ')]),
      action: noAction,
      step: null,
    },
  ]
}

function errorEvidence(error: RunError | null): DiagnosisRow['evidence'] {
  if (error === null) return []
  const { name, message, code } = error
  return evidence(['Error', `${name}: ${causeIn(message).slice(0, 2000)}`], ['Code', code])
}

function byWhom({ restedBy }: DiagnoseFacts): string {
  return restedBy === null || restedBy === undefined ? '' : ` by ${restedBy.by}`
}

function restedEvidence({ restedBy }: DiagnoseFacts) {
  return [
    ['By', restedBy?.by],
    ['Reason', restedBy?.reason],
  ] as const
}
