import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { StateMatch } from '../../shared/contract/reading.ts'
import { describeNode } from '../../shared/core/tree/jsonTree.ts'
import { searchTree } from '../../shared/core/tree/searchTree.ts'
import { runAsJson } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { readRunState, withinMessage } from './readState.ts'

/** A page of the places where a text stands in a state. Others have their turn while it is looked through. */
export async function searchState(
  context: ServiceContext,
  input: HandlerInput<'state.search'>,
  { signal }: { readonly signal: CancelSignal },
): Promise<CallOutput<'state.search'>> {
  const root = runAsJson(await readRunState(context, input))
  const found: { readonly match: StateMatch; readonly looked: number }[] = []
  for (const { match, looked } of searchTree(root, input)) {
    if (match === null) {
      await turn()
      throwIfCancelled(signal, 'Searching the state')
      continue
    }
    const { pointer, value, where, excerpt } = match
    found.push({ match: { node: describeNode(value, pointer), where, excerpt }, looked })
    if (found.length > input.limit) break
  }
  const page = withinMessage(found.slice(0, input.limit))
  return {
    matches: page.map(({ match }) => match),
    next: page.length < found.length ? (page.at(-1)?.looked ?? null) : null,
  }
}
