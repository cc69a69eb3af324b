import { assertNever } from '../../assert.ts'
import { attemptDoubt } from './attemptDoubt.ts'
import { isExternal, type StepCase } from './stepCase.ts'
import type { Verdict } from './verdict.ts'

/** What becomes of a step that had begun and has no result: its wrapper's report first, then what its definition allows. */
export function inDoubtVerdict(found: StepCase): Verdict {
  const { step, trace } = found
  switch (trace.kind) {
    case 'finished': {
      const code =
        trace.exitCode === null ? 'was ended by a signal' : `ended with exit code ${trace.exitCode}`
      const reason = `${step} ${code} after its host was gone: that result is taken over.`
      return { action: 'adopt', rule: 'S8', reason }
    }
    case 'alive': {
      const reason = `${step} still runs as process ${trace.pid}: its result is waited for.`
      return { action: 'await', rule: 'S9', reason }
    }
    case 'neverBegan': {
      const reason = `${step} was about to start, but its command never began: it runs now.`
      return { action: 'run', rule: 'S10', reason }
    }
    case 'gone':
      return goneVerdict(found)
    default:
      return assertNever(trace)
  }
}

/** [S28] The journal lost records: that a step is pending in it does not say that it never ran. */
export function unrecordedVerdict(found: StepCase): Verdict {
  const began = `${found.step} has the log of an attempt that the journal does not know`
  return { ...doubtVerdict(found, began), rule: 'S28' }
}

/** [S29] Its process was waited for and vanished: that it failed says only that nobody knows what it did. */
export function vanishedVerdict(found: StepCase): Verdict {
  return { ...doubtVerdict(found, `The process of ${found.step} vanished`), rule: 'S29' }
}

/**
 * [S31] [S32] Its last attempt was ended from outside, so it cannot have told what it had done by then. Null where it told
 * itself how it ended, or may run again in any case.
 */
export function cutOffVerdict(found: StepCase): Verdict | null {
  const doubt = attemptDoubt(found.attempt)
  if (doubt === null) return null
  const verdict = doubtVerdict(found, `${found.step} ${doubt}`)
  const rule = found.attempt?.outcome === 'cancelled' ? 'S32' : 'S31'
  return verdict.action === 'run' ? null : { ...verdict, rule }
}

function goneVerdict(found: StepCase): Verdict {
  return doubtVerdict(found, `${found.step} had begun and its result is unknown`)
}

function doubtVerdict(found: StepCase, began: string): Verdict {
  const { definition } = found
  const policy = definition?.onInterrupted ?? (isExternal(found) ? 'ask' : 'rerun')
  if (policy === 'fail') {
    const reason = `${began}: its definition forbids running it again without your word. Say what happened.`
    return { action: 'blocked', rule: 'S13', reason, isOpenToDecision: true }
  }
  if (policy === 'rerun') {
    const reason = `${began}: its definition says that it may run again, so it does.`
    return { action: 'run', rule: 'S11', reason }
  }
  const undeclared =
    definition?.sideEffects === undefined ? ' (its side effects are not declared)' : ''
  const reason = `${began}: it may already have had its effect${undeclared}. Say what happened.`
  return { action: 'ask', rule: 'S12', reason, isOpenToDecision: true }
}
