// What a call of the graph says of its steps, as records. Each change sees what the ones before it left.
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import { ownValue } from '../../shared/schema/json.ts'
import { StepId } from '../../shared/schema/ids.ts'
import type { Run, RunError, StepState } from '../../shared/schema/run.ts'

export type StepChanges = {
  readonly bodies: readonly RecordBody[]
  begin(step: string): void
  succeed(step: string, output: Json): void
  fail(step: string, error: RunError): void
  wait(step: string, asked: { readonly since: string; readonly message: string }): void
  /** The run goes on, whatever it had come to. */
  resume(by: string): void
  cancel(step: string, reason: string): void
  skip(step: string, reason: string): void
  add(body: RecordBody): void
  /** Steps of a status, as it is after all changes so far. */
  inStatus(...wanted: readonly StepState['status'][]): readonly string[]
}

export function createStepChanges(run: Run | null): StepChanges {
  const bodies: RecordBody[] = []
  const statuses = new Map<string, StepState['status']>()
  const attempts = new Map<string, number>()
  for (const [step, { status }] of Object.entries(run?.steps ?? {})) statuses.set(step, status)

  function add(body: RecordBody): void {
    bodies.push(body)
  }

  function last(step: string): number {
    const known = attempts.get(step)
    return known ?? ownValue<StepState>(run?.steps ?? {}, step)?.attempts.at(-1)?.number ?? 0
  }

  function begin(step: string): void {
    const status = statuses.get(step)
    if (status === 'running') return
    // What waited for an answer goes on in the attempt in which it asked.
    const attempt = status === 'waiting' ? Math.max(last(step), 1) : last(step) + 1
    add({ type: 'stepStarted', step: StepId.parse(step), attempt, process: null })
    attempts.set(step, attempt)
    statuses.set(step, 'running')
  }

  /** One that waits goes on in the attempt in which it began to. */
  function opened(step: string): { readonly step: StepId; readonly attempt: number } {
    if (statuses.get(step) !== 'waiting') begin(step)
    return { step: StepId.parse(step), attempt: Math.max(last(step), 1) }
  }

  return {
    bodies,
    begin,
    succeed(step, output) {
      add({ type: 'stepSucceeded', ...opened(step), output, exitCode: null })
      statuses.set(step, 'succeeded')
    },
    fail(step, error) {
      add({ type: 'stepFailed', ...opened(step), error, exitCode: null })
      statuses.set(step, 'failed')
    },
    wait(step, { since, message }) {
      const waitingOn = {
        kind: 'gate',
        since,
        who: null,
        message,
        answeredBy: 'program',
      } as const
      add({ type: 'stepWaiting', step: opened(step).step, waitingOn })
      statuses.set(step, 'waiting')
    },
    resume: (by) => add({ type: 'runResumed', by, reason: null, reset: [] }),
    cancel(step, reason) {
      const isOpen = last(step) > 0
      add({
        type: 'stepCancelled',
        step: StepId.parse(step),
        attempt: isOpen ? last(step) : null,
        reason,
      })
      statuses.set(step, 'cancelled')
    },
    skip(step, reason) {
      add({ type: 'stepSkipped', step: StepId.parse(step), by: 'condition', reason })
      statuses.set(step, 'skipped')
    },
    add,
    inStatus: (...wanted) =>
      [...statuses].filter(([, status]) => wanted.includes(status)).map(([step]) => step),
  }
}
