import { toPointer } from '../../codec/pointer.ts'
import type { TextNode } from '../text/parseText.ts'
import { isExact } from '../text/plainJson.ts'
import type { AwfText } from './awfRun.ts'
import { goValue } from './goShape.ts'

/** A number that AWF changes when it loads the state: it holds every number of free form as a float. */
export type LossyNumber = {
  readonly pointer: string
  readonly written: string
  readonly becomes: string
}

const freeFields = ['Response', 'JSON', 'Data'] as const

export function lossyInputs({ root, state }: AwfText): readonly LossyNumber[] {
  const item = goValue(state.loop, 'Item')
  return [
    ...lossyIn(goValue(root, 'Inputs'), ['Inputs']),
    ...state.steps.flatMap(({ key, node }) =>
      freeFields.flatMap((field) => lossyIn(goValue(node, field), ['States', key, field])),
    ),
    ...lossyIn(item, ['CurrentLoop', 'Item']),
  ]
}

/** A loop over its own list: a text can be nested deeper than a function may call itself. */
function lossyIn(node: TextNode | null, path: readonly string[]): readonly LossyNumber[] {
  if (node === null) return []
  const found: LossyNumber[] = []
  const open: { readonly node: TextNode; readonly path: readonly string[] }[] = [{ node, path }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node: at, path: where } = next
    if (at.kind === 'object')
      open.push(...at.members.map(({ key, value }) => ({ node: value, path: [...where, key] })))
    else if (at.kind === 'array')
      open.push(...at.items.map((one, index) => ({ node: one, path: [...where, String(index)] })))
    else if (/^-?\d/.test(at.lexeme) && !isExact(at.lexeme))
      found.push({
        pointer: toPointer(where),
        written: at.lexeme,
        becomes: String(Number(at.lexeme)),
      })
  }
  return found.toReversed()
}
