import { setImmediate as turn } from 'node:timers/promises'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { StateMatch } from '../../shared/contract/reading.ts'
import type { StateNode } from '../../shared/contract/runReading.ts'
import { markedJson, withoutMark } from '../../shared/core/formats/text/markedJson.ts'
import { describeText, resolveText } from '../../shared/core/formats/text/textTree.ts'
import { describeNode } from '../../shared/core/tree/jsonTree.ts'
import { searchTree } from '../../shared/core/tree/searchTree.ts'
import type { Json } from '../../shared/schema/json.ts'
import { runAsJson } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { isShownAsText, readDocumentText } from './readDocumentText.ts'
import { readRunState } from './readState.ts'
import { withinMessage } from './withinMessage.ts'

/** A page of the places where a text stands in a state. Others have their turn while it is looked through. */
export async function searchState(
  context: ServiceContext,
  input: HandlerInput<'state.search'>,
  { signal }: { readonly signal: CancelSignal },
): Promise<CallOutput<'state.search'>> {
  const { root, describe } = await readSearched(context, input)
  const found: { readonly match: StateMatch; readonly looked: number }[] = []
  for (const { match, looked } of searchTree(root, input)) {
    if (match === null) {
      await turn()
      throwIfCancelled(signal, 'Searching the state')
      continue
    }
    const { pointer, value, where } = match
    const excerpt = match.excerpt === null ? null : withoutMark(match.excerpt)
    found.push({ match: { node: describe(pointer, value), where, excerpt }, looked })
    if (found.length > input.limit) break
  }
  const page = withinMessage(found.slice(0, input.limit))
  return {
    matches: page.map(({ match }) => match),
    next: page.length < found.length ? (page.at(-1)?.looked ?? null) : null,
  }
}

type Searched = {
  readonly root: Json
  readonly describe: (pointer: string, value: Json) => StateNode
}

/** Of a document that is shown as its text, numbers are found as they are written. */
async function readSearched(
  context: ServiceContext,
  input: HandlerInput<'state.search'>,
): Promise<Searched> {
  if (!isShownAsText(input.ref)) {
    const root = runAsJson(await readRunState(context, input))
    return { root, describe: (pointer, value) => describeNode(value, pointer) }
  }
  const { root } = await readDocumentText(context, input)
  return {
    root: markedJson(root),
    describe: (pointer, value) => {
      const node = resolveText(root, pointer)
      return node === null ? describeNode(value, pointer) : describeText(node, pointer)
    },
  }
}
