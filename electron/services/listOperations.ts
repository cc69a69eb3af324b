import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'

/** A page of the operations log, newest first. */
export async function listOperations(
  context: ServiceContext,
  input: HandlerInput<'operations.list'>,
  { signal }: Pick<HandlerOptions<'operations.list'>, 'signal'>,
): Promise<CallOutput<'operations.list'>> {
  const page = await context.store.operations({ ...input, signal })
  const { operations, nextOffset, findings } = page
  return { operations: [...operations], nextOffset, findings: [...findings] }
}
