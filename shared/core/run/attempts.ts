import type { Attempt, RunError, StepProcess } from '../../schema/run.ts'

export type AttemptEnd = {
  readonly at: string
  readonly outcome: Attempt['outcome']
  readonly error: RunError | null
  readonly exitCode: number | null
  /** When an attempt began of which no beginning is recorded. Default: when it ended. */
  readonly since?: string | null
}

/** The attempts with one more that runs. The same number again, while it is open, only adds its process. */
export function openAttempt(
  attempts: readonly Attempt[],
  begin: { readonly number: number; readonly at: string; readonly process: StepProcess | null },
): Attempt[] {
  const { number, at, process } = begin
  const last = attempts.at(-1)
  if (last !== undefined && last.number === number && last.outcome === null) {
    return attempts.toSpliced(-1, 1, { ...last, process: process ?? last.process })
  }
  const open = { startedAt: at, finishedAt: null, outcome: null, error: null, exitCode: null }
  return [...attempts, { number, ...open, process }]
}

/** The attempts with this one closed; one that was never begun is added, so that its result is not lost. */
export function closeAttempt(
  attempts: readonly Attempt[],
  number: number,
  end: AttemptEnd,
): Attempt[] {
  const index = attempts.findLastIndex((attempt) => attempt.number === number)
  const begun = attempts[index] ?? { number, startedAt: end.since ?? end.at, process: null }
  return index === -1
    ? [...attempts, ended(begun, end)]
    : attempts.toSpliced(index, 1, ended(begun, end))
}

/** The attempts with the one that is open closed; as they are when none is. */
export function closeOpenAttempt(attempts: readonly Attempt[], end: AttemptEnd): Attempt[] {
  const last = attempts.at(-1)
  if (last === undefined || last.outcome !== null) return [...attempts]
  return attempts.toSpliced(-1, 1, ended(last, end))
}

/** Whether the last attempt has no end yet. */
export function isOpen(attempts: readonly Attempt[]): boolean {
  return attempts.at(-1)?.outcome === null
}

/** The number of the attempt after these. */
export function nextNumber(attempts: readonly Attempt[]): number {
  return (attempts.at(-1)?.number ?? 0) + 1
}

/** How an attempt ends whose result nobody recorded. */
export function unrecorded(at: string): AttemptEnd {
  const message = 'Its host ended before the result was recorded.'
  const error = { name: 'Interrupted', message, code: null, stack: null }
  return { at, outcome: 'cancelled', error, exitCode: null }
}

function ended(
  attempt: Pick<Attempt, 'number' | 'startedAt' | 'process'>,
  { at, outcome, error, exitCode }: AttemptEnd,
): Attempt {
  return { ...attempt, finishedAt: at, outcome, error, exitCode }
}
