import type { Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { isRecord } from './jsonShape.ts'
import type { Token } from './walk.ts'

const keyNames = ['id', 'name', 'key', 'seq', 'number'] as const

/** By what the items of a list are told apart, as a person chose it. */
export type ChosenKey = {
  /** Pointer of the list in the earlier value; a token `*` stands for any. */
  readonly path: string
  /** Null: by their content, whatever they have. */
  readonly key: string | null
}

export type ItemKey = string | number

/** The names to try for the list at a place, best first. */
export function keyNamesAt(
  chosen: readonly ChosenKey[],
  place: readonly Token[],
): readonly string[] {
  const found = chosen.find(({ path }) => isPlace(path, place))
  if (found === undefined) return keyNames
  return found.key === null ? [] : [found.key]
}

function isPlace(path: string, place: readonly Token[]): boolean {
  const tokens = tokensOf(path)
  return (
    tokens.length === place.length &&
    tokens.every((token, index) => token === '*' || token === String(place[index]))
  )
}

export function keyOf(item: Json | undefined, name: string): ItemKey | undefined {
  // What every object inherits is never a string or a number.
  const value = isRecord(item) ? item[name] : undefined
  return typeof value === 'string' || typeof value === 'number' ? value : undefined
}
