// Units that stand side by side under the same keys are compared at once. Of texts of which every line differs, nothing but the
// changes is kept then: to hold both as values takes the garbage collector longer than the parser.
import type { Json } from '../../../schema/json.ts'
import { parseJson } from '../../../schema/parseJson.ts'
import { compareValues } from '../compareValues.ts'
import { keyNamesAt, keyOf } from '../itemKey.ts'
import { isList } from '../jsonShape.ts'
import { enter, leave, type Token, type Walk } from '../walk.ts'
import type { Stop } from './lookAhead.ts'
import type { OpenSection, SideName } from './openSection.ts'
import { entryOf, type ByteTools, type Piece } from './textWindow.ts'

type Aligned = { readonly walk: Walk; readonly tools: ByteTools; readonly section: OpenSection }

/** What each unit is called where it stands, by what it is known on the other side, and its value. */
type Read = {
  readonly tokens: readonly Token[]
  readonly keys: readonly unknown[]
  readonly values: readonly Json[]
}

/** As many units of one side as of the other. False where one of them did not become the one beside it, or cannot be read. */
export function compareAligned(
  aligned: Aligned,
  units: Readonly<Record<SideName, readonly Stop[]>>,
): boolean {
  const { walk, section } = aligned
  const read = section.kind === 'record' ? readEntries : readItems
  const [one, other] = [read(aligned, 'before', units.before), read(aligned, 'after', units.after)]
  if (one === null || other === null) return false
  if (!one.keys.every((key, index) => key === other.keys[index])) return false
  for (const [index, before] of one.values.entries()) {
    enter(walk, one.tokens[index] ?? '', other.tokens[index] ?? '')
    compareValues(walk, before, other.values[index] ?? null)
    leave(walk)
  }
  return true
}

function readEntries({ tools }: Aligned, _side: SideName, units: readonly Stop[]): Read | null {
  const entries = units.map(({ piece }) => entryOf(tools, piece))
  const known = entries.filter((entry) => entry !== null)
  const values = parseList(known.map(({ value }) => tools.textOf(value)).join(','))
  const keys = known.map(({ key }) => key)
  return values?.length === units.length ? { tokens: keys, keys, values } : null
}

/** Known by the first name under which each has a text or a number. */
function readItems(
  { walk, tools, section }: Aligned,
  side: SideName,
  units: readonly Stop[],
): Read | null {
  const values = parseList(tools.textOf(pieceOf(units)))
  if (values?.length !== units.length) return null
  const first = section.lengths[side]
  const tokens = values.map((_, index) => first + index)
  for (const name of keyNamesAt(walk.keys, walk.from)) {
    const keys = values.map((value) => keyOf(value, name))
    if (!keys.includes(undefined)) return { tokens, keys, values }
  }
  return null
}

/** From the first unit to the last. */
function pieceOf(units: readonly Stop[]): Piece {
  const [first, last] = [units[0]?.piece, units.at(-1)?.piece]
  if (first === undefined || last === undefined) throw new Error('There is no unit to read.')
  return { bytes: first.bytes, from: first.from, to: last.to }
}

/** Null for what is no JSON: whether the text is sound is asked once all of it was read. */
function parseList(items: string): readonly Json[] | null {
  try {
    const list = parseJson(`[${items}]`) as Json // what JSON says is one
    return isList(list) ? list : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
