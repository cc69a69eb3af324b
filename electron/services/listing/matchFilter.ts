// Tells rows that fit conditions from the columns alone: each condition takes out, in one pass, the rows that it does not fit.
import { assertNever } from '../../../shared/assert.ts'
import type { Health } from '../../../shared/contract/runs.ts'
import type { RangeField, RunCondition, WordField } from '../../../shared/schema/runCondition.ts'
import { flags, type Columns, type TextColumn } from './columns.ts'
import type { TextCode } from './pooledTexts.ts'
import type { Flaws } from './rowPlaces.ts'
import { durationAt, sinceAt } from './rowNumbers.ts'
import { splitTags } from './tagText.ts'
import type { TextPool } from './textPool.ts'

export type Filtered = {
  readonly columns: Columns
  readonly texts: TextPool
  /** Places in the columns. */
  readonly places: number
  readonly flaws: Flaws
}

/** Marks, by place, the rows that fit all of them; null: all do. Conditions on the state are not looked at here. */
export function matchFilter(
  rows: Filtered,
  conditions: readonly RunCondition[],
): Uint8Array | null {
  const asked = conditions.filter(({ kind }) => kind !== 'state')
  if (asked.length === 0) return null
  const matches = new Uint8Array(rows.places).fill(1)
  for (const condition of asked) takeOut(matches, rows, condition)
  return matches
}

/** Takes out the rows that do not fit. Loops over columns without a call for each row: several times as fast as with one. */
function takeOut(matches: Uint8Array, rows: Filtered, condition: RunCondition): void {
  switch (condition.kind) {
    case 'words':
      return takeOutWords(matches, rows, condition)
    case 'range':
      return takeOutRange(matches, rows.columns, condition)
    case 'flag':
      return takeOutFlag(matches, rows.columns, condition)
    case 'state':
      return undefined
    default:
      return assertNever(condition)
  }
}

type Words = RunCondition & { readonly kind: 'words' }
type Range = RunCondition & { readonly kind: 'range' }
type Flag = RunCondition & { readonly kind: 'flag' }

const stays = 1
const goes = 2

function takeOutWords(matches: Uint8Array, rows: Filtered, words: Words): void {
  const { columns, texts, flaws } = rows
  const { field, values, isNot } = words
  const codes = columns[columnOf(field)]
  const isWanted = wantedCode(texts, words)
  const flawed = field === 'health' ? [...flaws.keys()].filter((at) => matches[at] === 1) : []
  // Each text is looked at once, however many rows have it; 0: not yet.
  const told = new Uint8Array(texts.size())
  for (let place = 0; place < matches.length; place++) {
    if (matches[place] === 0) continue
    const code = codes[place] ?? 0
    let verdict = told[code] ?? 0
    if (verdict === 0) told[code] = verdict = isWanted(code) === isNot ? goes : stays
    if (verdict === goes) matches[place] = 0
  }
  // [I95]
  const flawedFit = values.includes(flawedHealth) !== isNot
  for (const place of flawed) matches[place] = flawedFit ? 1 : 0
}

function takeOutRange(matches: Uint8Array, columns: Columns, { field, from, to }: Range): void {
  const values = numbersOf(columns, field)
  const [least, most] = [from ?? -Infinity, to ?? Infinity]
  for (let place = 0; place < matches.length; place++) {
    const value = values[place] ?? Number.NaN
    // A row without a number fits nothing.
    if (!(value >= least && value <= most)) matches[place] = 0
  }
}

function takeOutFlag(matches: Uint8Array, columns: Columns, { field, value: isSet }: Flag): void {
  const [values, bits] = field === 'noted' ? [columns.note, ~0] : [columns.flags, flags[field]]
  for (let place = 0; place < matches.length; place++)
    if ((((values[place] ?? 0) & bits) !== 0) !== isSet) matches[place] = 0
}

function wantedCode(texts: TextPool, { field, values }: Words): (code: TextCode) => boolean {
  if (field === 'owner' || field === 'tag') {
    const isWanted = field === 'owner' ? ownerHas(values) : tagsHave(values)
    return (code) => isWanted(texts.textOf(code))
  }
  const wanted = new Set(values.flatMap((value) => codesOf(texts, value)))
  return (code) => wanted.has(code)
}

/** An owner is a machine and a process: a part of it is enough. */
function ownerHas(parts: readonly string[]): (text: string | null) => boolean {
  const wanted = parts.map((part) => part.toLowerCase())
  return (text) => {
    const owner = (text ?? '').toLowerCase()
    return wanted.some((part) => (part === '' ? owner === '' : owner.includes(part)))
  }
}

/** Any of its tags, in either case; the empty text stands for a run without any. */
function tagsHave(values: readonly string[]): (text: string | null) => boolean {
  const wanted = new Set(values.map((value) => value.toLowerCase()))
  return (text) => {
    const tags = splitTags(text)
    if (tags.length === 0) return wanted.has('')
    return tags.some((tag) => wanted.has(tag.toLowerCase()))
  }
}

/** The empty text stands for none too. */
function codesOf(texts: TextPool, value: string): readonly TextCode[] {
  return value === '' ? [0, texts.codeOf(value)] : [texts.codeOf(value)]
}

/** [I95] As what a run counts whose files are whole and whose state contradicts itself. */
export const flawedHealth = 'damaged' satisfies Health

/** What the list shows of it. */
export function columnOf(field: WordField): TextColumn {
  if (field === 'status') return 'shown' // [L269]
  return field === 'format' ? 'label' : field
}

function numbersOf(columns: Columns, field: RangeField): Float64Array {
  if (field !== 'since' && field !== 'durationMs') return columns[field]
  const numberAt = field === 'since' ? sinceAt : durationAt
  const values = new Float64Array(columns.createdAt.length)
  for (let place = 0; place < values.length; place++) values[place] = numberAt(columns, place)
  return values
}
