import type { Run, RunStatus, StepState } from '../../../schema/run.ts'
import { definitionOf } from '../../integrity/stepsOf.ts'
import { earliest, latest, stepTimes } from './parts.ts'

export const finished: ReadonlySet<RunStatus> = new Set(['completed', 'failed', 'cancelled'])

export function withStatus(run: Run, status: RunStatus): Run {
  const hasBegun = status === 'running' || status === 'waiting' || status === 'completed'
  return {
    ...run,
    status,
    startedAt: run.startedAt ?? (hasBegun ? (earliest(stepTimes(run)) ?? run.createdAt) : null),
    finishedAt: finished.has(status) ? (run.finishedAt ?? endOf(run)) : null,
    error: status === 'failed' ? run.error : null,
  }
}

export function endOf(run: Run): string {
  return latest(stepTimes(run)) ?? run.updatedAt
}

/** A step that runs makes the run one that was interrupted: a resume asks what became of it, and nothing is taken to have ended. */
export function statusOf(run: Run): { readonly status: RunStatus; readonly why: string } {
  const steps = Object.entries<StepState>(run.steps)
  const named = (status: StepState['status']) =>
    steps.find(([step, state]) => state.status === status && !isPassedOver(run, step, status))?.[0]
  const running = named('running')
  if (running !== undefined) return { status: 'running', why: `its step ${running} is running` }
  const waiting = named('waiting')
  if (waiting !== undefined) return { status: 'waiting', why: `its step ${waiting} waits` }
  const failed = named('failed')
  if (failed !== undefined) return { status: 'failed', why: `its step ${failed} failed` }
  const pending = named('pending')
  if (pending !== undefined)
    return { status: 'paused', why: `its step ${pending} is still to come` }
  const cancelled = named('cancelled')
  if (cancelled !== undefined)
    return { status: 'cancelled', why: `its step ${cancelled} was cancelled` }
  return { status: 'completed', why: 'all its steps ended well or were skipped' }
}

function isPassedOver(run: Run, step: string, status: StepState['status']): boolean {
  if (status !== 'failed' && status !== 'cancelled') return false
  return definitionOf(run, step)?.continueOnError === true
}
