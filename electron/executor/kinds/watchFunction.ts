import { AppError } from '../../../shared/errors.ts'
import { durationMs } from '../../../shared/schema/stepMeaning.ts'
import type { ActiveAttempt, StopCause } from '../activeAttempt.ts'
import { after } from '../after.ts'
import type { AttemptResult } from '../attemptResult.ts'
import type { AttemptToBegin } from '../beginAttempt.ts'

/** Watches a function of this process: it can be asked to stop, and is left behind when it does not. */
export function watchFunction(
  attempt: Pick<AttemptToBegin, 'step' | 'number' | 'definition'>,
  watched: {
    readonly control: AbortController
    readonly result: Promise<AttemptResult>
    readonly graceMs: number
  },
): ActiveAttempt {
  const { step, number, definition } = attempt
  const { control, graceMs } = watched
  let leaveBehind: (result: AttemptResult) => void
  const leftBehind = new Promise<AttemptResult>((resolve) => {
    leaveBehind = resolve
  })
  let isOver = false
  let stoppedFor: StopCause | null = null
  let forgetGrace: (() => void) | null = null
  const { timeout } = definition
  const forgetTimeout =
    timeout === undefined ? null : after(durationMs(timeout), () => stop('timeout'))

  return {
    step,
    number,
    isAdopted: false,
    result: settle(),
    stoppedFor: () => stoppedFor,
    stop,
    // A host that closes gives the run away: whoever takes it over must not find the function at work.
    leave() {
      end()
      control.abort(abortReason(step, 'the run is left'))
    },
  }

  async function settle(): Promise<AttemptResult> {
    const result = await Promise.race([watched.result, leftBehind])
    end()
    return result
  }

  function end(): void {
    isOver = true
    forgetTimeout?.()
    forgetGrace?.()
  }

  function stop(cause: StopCause): void {
    if (isOver || stoppedFor !== null) return
    stoppedFor = cause
    forgetGrace = after(graceMs, () => {
      const message = `The function of step ${step} was told to stop and did not within ${graceMs} ms; it may still go on in the program.`
      leaveBehind({ kind: 'leftBehind', message })
    })
    control.abort(abortReason(step, cause === 'timeout' ? 'its time is over' : 'it is cancelled'))
  }
}

function abortReason(step: string, why: string): AppError {
  return new AppError('cancelled', `Step ${step} was told to stop: ${why}.`, { step })
}
