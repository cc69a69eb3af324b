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
  /** It can be given again when the run is resumed. */
  readonly isInput: boolean
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

function lossyIn(node: TextNode | null, path: readonly string[]): readonly LossyNumber[] {
  if (node?.kind === 'object')
    return node.members.flatMap(({ key, value }) => lossyIn(value, [...path, key]))
  if (node?.kind === 'array')
    return node.items.flatMap((item, index) => lossyIn(item, [...path, String(index)]))
  if (node === null || !/^-?\d/.test(node.lexeme) || isExact(node.lexeme)) return []
  const { lexeme } = node
  // One that is beyond the largest is refused, and so is the file.
  if (!Number.isFinite(Number(lexeme))) return []
  const isInput = path[0] === 'Inputs'
  return [{ pointer: toPointer(path), written: lexeme, becomes: String(Number(lexeme)), isInput }]
}
