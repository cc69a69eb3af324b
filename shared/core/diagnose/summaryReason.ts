import { assertNever } from '../../assert.ts'
import type { Summary } from '../../schema/head.ts'
import type { Timestamp } from '../../schema/json.ts'
import type { Liveness } from './diagnosis.ts'
import { retellAge, type Reason } from './retellAge.ts'
import { causeIn, clip, elapsed, sessionSentence } from './words.ts'

export type SummaryReason = {
  readonly reason: Reason
  readonly liveness: Liveness
  /** Reading all of the run leads to the same rule; its words may say more, such as how long it took. */
  readonly isExact: boolean
}

/** Why a run that nobody holds does not move, from its summary alone: by the rules that reading all of it leads to. */
export function summaryReason(summary: Summary, now: Timestamp): SummaryReason {
  const known = knownReason(summary, now)
  if (known !== null) return { reason: known, liveness: 'none', isExact: true }
  const isMoving = summary.status === 'running' || summary.status === 'waiting'
  const reason = toldReason(summary, now)
  return {
    reason: { ...reason, sentence: clip(reason.sentence) },
    liveness: isMoving ? 'interrupted' : 'none',
    isExact: !isMoving,
  }
}

/** The reason that was written with the head, in today's words. */
function knownReason({ reason, ...times }: Summary, now: Timestamp): Reason | null {
  if (reason === undefined) return null
  const { rule, sentence, severity } = reason
  return retellAge({ rule, sentence, severity }, times, now)
}

/** Of a run that was moving when its head was written, and that nobody holds. */
export function goneReason(updatedAt: Timestamp, now: Timestamp): Reason {
  const sentence = `The process that ran it is gone. Last change ${elapsed(updatedAt, now)} ago; nothing moves until it is resumed.`
  return { rule: 'G11', severity: 'stuck', sentence }
}

function toldReason(summary: Summary, now: Timestamp): Reason {
  const { status, updatedAt, stepsDone, stepsTotal } = summary
  const ended = elapsed(summary.finishedAt ?? updatedAt, now)
  switch (status) {
    case 'running':
    case 'waiting': {
      if (summary.kind === 'thread' && status === 'waiting') {
        const sentence = `Has waited ${elapsed(updatedAt, now)} for an answer. Its program hands it on.`
        return { rule: 'G17', severity: 'attention', sentence }
      }
      return goneReason(updatedAt, now)
    }
    case 'failed':
      return failedReason(summary)
    case 'paused': {
      if (summary.kind === 'session') {
        const sentence = sessionSentence(elapsed(updatedAt, now))
        return { rule: 'G21', severity: 'resting', sentence }
      }
      const sentence = `Paused ${elapsed(updatedAt, now)} ago: it goes on when it is resumed.`
      return { rule: 'G21', severity: 'stuck', sentence }
    }
    case 'pending': {
      const sentence = `Never started: created ${elapsed(summary.createdAt, now)} ago, and no step has begun.`
      return { rule: 'G22', severity: 'stuck', sentence }
    }
    case 'cancelled': {
      const sentence = `Cancelled ${ended} ago. It can be resumed where it stopped.`
      return { rule: 'G28', severity: 'resting', sentence }
    }
    case 'completed': {
      const sentence = `Completed ${ended} ago: ${stepsDone} of ${stepsTotal} steps succeeded.`
      return { rule: 'G29', severity: 'resting', sentence }
    }
    default:
      return assertNever(status)
  }
}

function failedReason({ step, error }: Summary): Reason {
  const cause = error === null ? null : causeIn(error).replace(/…$/, '')
  if (step === null) {
    const sentence = `The run failed: ${cause ?? 'no step says why.'}`
    return { rule: 'G15', severity: 'stuck', sentence }
  }
  return {
    rule: 'G14',
    severity: 'stuck',
    sentence: cause === null ? `${step} failed.` : `${step} failed: ${cause}`,
  }
}
