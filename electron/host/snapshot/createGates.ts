// Gates of carried runs that wait for a person, told by what is written into their journals.
import type { PendingApproval } from '../../../shared/schema/hostState.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import type { Run } from '../../../shared/schema/run.ts'

export type Gates = {
  readonly all: () => PendingApproval[]
  readonly ofRun: (run: Run) => void
  readonly forget: (run: RunId) => void
  /** True when one was reached, or left. */
  readonly recorded: (run: RunId, bodies: readonly RecordBody[]) => boolean
}

export function createGates(now: () => string): Gates {
  const gates = new Map<RunId, Map<string, PendingApproval>>()

  function add(run: RunId, step: PendingApproval['step'], waitingOn: unknown): void {
    const ofRun = gates.get(run) ?? new Map<string, PendingApproval>()
    gates.set(run, ofRun.set(step, { run, step, since: now(), until: untilOf(waitingOn) }))
  }

  function isLeft(run: RunId, body: RecordBody): boolean {
    return (
      leaving.has(body.type) && 'step' in body && gates.get(run)?.delete(String(body.step)) === true
    )
  }

  return {
    all: () => [...gates.values()].flatMap((ofRun) => [...ofRun.values()]),
    forget: (run) => void gates.delete(run),
    ofRun: (run) => {
      for (const [step, { waitingOn }] of Object.entries(run.steps))
        if (waitingOn?.kind === 'gate') add(run.id, step as PendingApproval['step'], waitingOn) // a key that was parsed as StepId
    },
    recorded: (run, bodies) => {
      let isChanged = false
      for (const body of bodies) {
        if (body.type === 'stepWaiting' && body.waitingOn.kind === 'gate') {
          add(run, body.step, body.waitingOn)
          isChanged = true
        } else if (isLeft(run, body)) isChanged = true
      }
      return isChanged
    },
  }
}

function untilOf(waitingOn: unknown): string | null {
  const isObject = typeof waitingOn === 'object' && waitingOn !== null && 'until' in waitingOn
  return isObject && typeof waitingOn.until === 'string' ? waitingOn.until : null
}

const leaving: ReadonlySet<string> = new Set([
  'gateDecided',
  'stepCancelled',
  'stepSkipped',
  'stepFailed',
  'stepSucceeded',
])
