import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { controlRun } from './pauseRunControl.ts'
import { runIdOf } from './refs.ts'

/** Asks whoever holds the run to pause it; what is returned was read back from its journal. */
export async function pauseRun(
  context: ServiceContext,
  input: HandlerInput<'run.pause'>,
  options: Pick<HandlerOptions<'run.pause'>, 'signal'>,
): Promise<CallOutput<'run.pause'>> {
  const run = runIdOf(context, input.ref)
  const command = { run, command: 'pause', by: context.user, reason: null } as const
  return controlRun(context, command, { signal: options.signal, expected: 'paused' })
}
