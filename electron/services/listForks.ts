import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { readForks } from './readForks.ts'
import { requireWorkspace, runIdOf } from './refs.ts'

/** A document that is no run of our own cannot have been forked. */
export async function listForks(
  context: ServiceContext,
  input: HandlerInput<'run.forks'>,
): Promise<CallOutput<'run.forks'>> {
  requireWorkspace(context, input.ref)
  if (input.ref.format !== 'unstuck') return { forks: [] }
  return { forks: await readForks(context, runIdOf(context, input.ref)) }
}
