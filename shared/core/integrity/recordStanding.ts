import { itemParent } from '../../schema/itemStep.ts'
import type { KnownRecord } from '../../schema/journal.ts'
import type { Run, RunStatus, StepState, StepStatus } from '../../schema/run.ts'

/** What the records so far prove of one step; what they leave open is not there. */
export type StepStanding = {
  status: StepStatus
  /** Number of the last attempt, and whether it is open. */
  last: number
  isOpen: boolean
}

/** Follows the records of a run as far as they prove something. */
export type Standing = {
  status: RunStatus | null
  readonly steps: Map<string, StepStanding>
  /** False when steps may have come or gone unseen. */
  isComplete: boolean
  /** [B40] The nodes of a thread are known when they are reached, and run as often as their graph leads to them. */
  isThread: boolean
}

export function createStanding(): Standing {
  return { status: null, steps: new Map(), isComplete: false, isThread: false }
}

/** Of what follows a gap, an edit or another definition nothing is known. */
export function forget(standing: Standing): void {
  standing.status = null
  standing.steps.clear()
  standing.isComplete = false
}

/** The standing after one more record. */
export function follow(standing: Standing, record: KnownRecord): void {
  switch (record.type) {
    case 'runCreated':
    case 'keyframe':
      return load(standing, record.run)
    case 'runStarted':
      standing.status = 'running'
      return
    case 'runPaused':
      standing.status = 'paused'
      return
    case 'runCompleted':
      standing.status = 'completed'
      return
    case 'runFailed':
      standing.status = 'failed'
      return
    case 'runCancelled':
      standing.status = 'cancelled'
      return
    case 'runResumed':
      if (record.definition !== undefined) forget(standing)
      standing.status = 'running'
      for (const step of record.reset) reset(standing, step)
      return
    case 'edited':
      return forget(standing)
    case 'stepStarted':
      return put(standing, record.step, { status: 'running', last: record.attempt, isOpen: true })
    case 'stepSucceeded':
    case 'stepFailed':
      return put(standing, record.step, {
        status: record.type === 'stepFailed' ? 'failed' : 'succeeded',
        last: record.attempt,
        isOpen: false,
      })
    case 'stepCancelled':
      return put(standing, record.step, { status: 'cancelled', isOpen: false })
    case 'stepSkipped':
      return put(standing, record.step, { status: 'skipped' })
    case 'stepWaiting':
      if (record.items !== undefined) forgetItems(standing, record.step)
      return put(standing, record.step, { status: 'waiting' })
    case 'retryScheduled':
      return put(standing, record.step, { status: 'waiting' })
    case 'gateDecided':
      return put(standing, record.step, {
        status: record.decision === 'approved' ? 'succeeded' : 'failed',
        isOpen: false,
      })
    case 'decision':
      if (record.decision === 'rerun') return reset(standing, record.step)
      if (record.decision === 'happened')
        return put(standing, record.step, { status: 'succeeded', isOpen: false })
      if (record.decision === 'skip')
        return put(standing, record.step, { status: 'skipped', isOpen: false })
      return
    default:
      return
  }
}

function load(standing: Standing, run: Run): void {
  forget(standing)
  standing.status = run.status
  standing.isThread = run.kind === 'thread'
  standing.isComplete = !standing.isThread
  const states: { readonly [step: string]: StepState } = run.steps
  for (const [step, { status, attempts }] of Object.entries(states)) {
    const last = attempts.at(-1)
    const isOpen = last !== undefined && last.outcome === null
    standing.steps.set(step, { status, last: last?.number ?? 0, isOpen })
  }
}

function put(standing: Standing, step: string, now: Partial<StepStanding>): void {
  const before = standing.steps.get(step)
  const known = { status: 'pending', last: 0, isOpen: false, ...before, ...now } as const
  standing.steps.set(step, known)
}

function reset(standing: Standing, step: string): void {
  forgetItems(standing, step)
  if (standing.steps.has(step)) put(standing, step, { status: 'pending', isOpen: false })
}

/** Some of its items stay and some begin anew, by what they are about. */
function forgetItems(standing: Standing, step: string): void {
  if (itemParent(step) !== null) return
  for (let index = 0; standing.steps.delete(`${step}[${index}]`);) index += 1
}
