import type { StepId } from '../../shared/schema/ids.ts'
import type { SettledAttempt } from './attemptPool.ts'
import type { AttemptResult } from './attemptResult.ts'
import type { Ledger } from './ledger.ts'

/** How a step ends that no process carried: its attempt is the next one, and begins in the journal with its end. */
export function settledDirectly(
  ledger: Pick<Ledger, 'step'>,
  step: StepId,
  result: AttemptResult,
): SettledAttempt {
  const number = (ledger.step(step)?.attempts.at(-1)?.number ?? 0) + 1
  return {
    attempt: { step, number, isAdopted: false, stoppedFor: () => null },
    ended: { status: 'fulfilled', value: result },
  }
}
