import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { controlRun } from './pauseRunControl.ts'
import { runIdOf } from './refs.ts'

/** Asks whoever holds the run to end it; what is returned was read back from its journal. */
export async function cancelRun(
  context: ServiceContext,
  input: HandlerInput<'run.cancel'>,
  options: Pick<HandlerOptions<'run.cancel'>, 'signal'>,
): Promise<CallOutput<'run.cancel'>> {
  const run = runIdOf(context, input.ref)
  const command = { run, command: 'cancel', by: context.user, reason: input.reason } as const
  return controlRun(context, command, { signal: options.signal, expected: 'cancelled' })
}
