import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { openRun } from './openRun.ts'

/** Every integrity problem of one run or document. Reading only. */
export async function checkRun(
  context: ServiceContext,
  input: HandlerInput<'run.check'>,
): Promise<CallOutput<'run.check'>> {
  const { health, findings } = await openRun(context, input)
  return { item: input.ref.document, health, findings }
}
