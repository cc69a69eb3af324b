import type { Attempt, RunError } from '../../schema/run.ts'
import type { DiagnoseFacts, DiagnosisRow, DiagnosisRule } from './diagnoseFacts.ts'
import { errorFingerprint } from './errorFingerprint.ts'
import { attemptLog, stepsWith } from './stepFacts.ts'
import { causeIn, clip, evidence, firstLine, isOpen } from './words.ts'

/** What the attempts of a step tell together, and what became of what they returned. */
export const attemptRules: readonly DiagnosisRule[] = [
  { id: 'G42', find: sameErrors },
  { id: 'G43', find: unusableOutputs },
]

function sameErrors({ run }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (!isOpen(run)) return []
  return stepsWith(run, 'failed', 'waiting', 'running').flatMap((found) => {
    const failed = lastAlike(found.state.attempts)
    const [last] = failed
    const isEnough = failed.length >= (found.state.status === 'failed' ? 2 : 3)
    if (!isEnough || last?.error === null || last === undefined) return []
    const { step, definition } = found
    if (definition?.continueOnError === true) return []
    const sentence = `${step} failed ${failed.length} times with the same error: another attempt alone will hardly help.`
    return [
      {
        severity: 'attention',
        sentence: clip(sentence),
        evidence: evidence(
          ['Error', `${last.error.name}: ${causeIn(last.error.message).slice(0, 2000)}`],
          ['First', failed.at(-1)?.finishedAt],
          ['Last', last.finishedAt],
        ),
        action: { kind: 'openStep', label: `Look at ${step}`, step },
        step,
        log: attemptLog(found, last),
      },
    ]
  })
}

/** The newest failed attempts that ended with one error, newest first. An attempt that still runs has no error yet. */
function lastAlike(attempts: readonly Attempt[]): readonly Attempt[] {
  const ended = attempts.filter(({ outcome }) => outcome !== null).toReversed()
  const [newest] = ended
  if (newest?.error === null || newest === undefined) return []
  const mark = markOf(newest.error)
  const other = ended.findIndex(({ error }) => error === null || markOf(error) !== mark)
  return other < 0 ? ended : ended.slice(0, other)
}

function unusableOutputs({ run }: DiagnoseFacts): readonly DiagnosisRow[] {
  if (!isOpen(run)) return []
  return stepsWith(run, 'failed').flatMap((found) => {
    const { step, definition, attempt } = found
    const error = attempt?.error ?? null
    const what = error === null ? undefined : outputFaults[error.name]
    if (error === null || what === undefined || definition?.continueOnError === true) return []
    return [
      {
        severity: 'attention',
        sentence: clip(`${step} ${what}: ${causeIn(error.message)}`),
        evidence: evidence(['Error', `${error.name}: ${error.message.slice(0, 2000)}`]),
        action: { kind: 'openStep', label: `Look at ${step}`, step },
        step,
        log: attemptLog(found, attempt),
      } satisfies DiagnosisRow,
    ]
  })
}

const outputFaults: Readonly<Partial<Record<string, string>>> = {
  OutputTooLarge: 'returned too much',
  OutputLost: 'returned something that was lost',
  InvalidOutput: 'returned something that cannot be kept',
  NoResult: 'returned nothing',
  Expression: 'needs something that is not there',
}

/** The same for an error that came again: its code, its class, and the first line of its message without details. */
function markOf({ name, code, message }: RunError): string {
  return `${code ?? ''} ${errorFingerprint({ step: null, name, message: firstLine(message) })}`
}
