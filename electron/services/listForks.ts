import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { openDocumentKind } from './readDocumentText.ts'
import { readForks, readTakers } from './readForks.ts'
import { requireWorkspace, runIdOf } from './refs.ts'

/** Of a document that is no run of our own: what was imported from it. */
export async function listForks(
  context: ServiceContext,
  input: HandlerInput<'run.forks'>,
): Promise<CallOutput<'run.forks'>> {
  requireWorkspace(context, input.ref)
  if (input.ref.format !== 'unstuck') {
    const { foreign } = await openDocumentKind(context, input.ref)
    if (foreign === null) return { forks: [] }
    return { forks: await readTakers(context, input.ref.document, foreign) }
  }
  return { forks: await readForks(context, runIdOf(context, input.ref)) }
}
