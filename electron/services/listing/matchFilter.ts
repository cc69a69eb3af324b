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
  for (const condition of asked) keep(matches, fits(rows, condition))
  return matches
}

function keep(matches: Uint8Array, isMatch: (place: number) => boolean): void {
  for (let place = 0; place < matches.length; place++)
    if (matches[place] === 1 && !isMatch(place)) matches[place] = 0
}

function fits(rows: Filtered, condition: RunCondition): (place: number) => boolean {
  const { columns } = rows
  switch (condition.kind) {
    case 'words':
      return fitsWords(rows, condition)
    case 'range': {
      const numberAt = numberOf(columns, condition.field)
      const { from, to } = condition
      const [least, most] = [from ?? -Infinity, to ?? Infinity]
      // A row without a number fits nothing.
      return (place) => {
        const value = numberAt(place)
        return value >= least && value <= most
      }
    }
    case 'flag': {
      if (condition.field === 'noted')
        return (place) => ((columns.note[place] ?? 0) !== 0) === condition.value
      const bit = flags[condition.field]
      const wanted = condition.value ? bit : 0
      return (place) => ((columns.flags[place] ?? 0) & bit) === wanted
    }
    case 'state':
      return () => true
    default:
      return assertNever(condition)
  }
}

type Words = RunCondition & { readonly kind: 'words' }

function fitsWords(rows: Filtered, { field, values, isNot }: Words): (place: number) => boolean {
  const { columns, texts, flaws } = rows
  const codes = columns[columnOf(field)]
  const isWanted =
    field === 'owner'
      ? someText(texts, ownerHas(values))
      : field === 'tag'
        ? someText(texts, tagsHave(values))
        : among(values.flatMap((value) => codesOf(texts, value)))
  if (field !== 'health' || flaws.size === 0)
    return (place) => isWanted(codes[place] ?? 0) !== isNot
  // [I95]
  const wantsFlawed = values.includes(flawedHealth)
  return (place) => (flaws.has(place) ? wantsFlawed : isWanted(codes[place] ?? 0)) !== isNot
}

function among(wanted: readonly TextCode[]): (code: TextCode) => boolean {
  if (wanted.length === 1) return (code) => code === wanted[0]
  const known = new Set(wanted)
  return (code) => known.has(code)
}

/** Each text is looked at once, however many rows have it. */
function someText(
  texts: TextPool,
  isWanted: (text: string | null) => boolean,
): (code: TextCode) => boolean {
  const known = new Map<TextCode, boolean>()
  return (code) => {
    const told = known.get(code) ?? isWanted(texts.textOf(code))
    known.set(code, told)
    return told
  }
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

export function columnOf(field: WordField): TextColumn {
  return field === 'format' ? 'label' : field
}

function numberOf(columns: Columns, field: RangeField): (place: number) => number {
  if (field === 'since') return (place) => sinceAt(columns, place)
  if (field === 'durationMs') return (place) => durationAt(columns, place)
  const values = columns[field]
  return (place) => values[place] ?? Number.NaN
}
