// What may stand where the caret is in a query.
import { fieldOf, queryFields, type QueryField } from './fields.ts'
import { quoted, splitTerms } from './splitTerms.ts'

export type Completion = {
  /** What it is called. */
  readonly label: string
  readonly hint: string
  /** The whole text and the caret once it is taken. */
  readonly text: string
  readonly caret: number
}

/** Where the caret is in a query: the piece up to it, and whose values are asked for. */
export type AtCaret = {
  readonly from: number
  readonly raw: string
  /** Null: a word, or the start of a field's name. */
  readonly field: QueryField | null
  /** What of a value stands there. */
  readonly typed: string
}

export function lookAtCaret(text: string, caret: number): AtCaret {
  const piece = splitTerms(text).find(({ from, to }) => from < caret && caret <= to)
  const from = piece?.from ?? caret
  const raw = text.slice(from, caret)
  const [, name = '', body = ''] = /^-?([a-zA-Z]+)[:><]=?(.*)$/s.exec(raw) ?? []
  return { from, raw, field: name === '' ? null : fieldOf(name), typed: body }
}

/** Values of a field that the host knows, by the field's key. */
export type KnownValues = { readonly [key: string]: readonly string[] }

export function completeQuery(
  text: string,
  caret: number,
  known: KnownValues,
): readonly Completion[] {
  const at = lookAtCaret(text, caret)
  const put = (insert: string, label: string, hint: string): Completion => {
    const end = Math.max(caret, pieceEnd(text, at.from))
    return {
      label,
      hint,
      text: text.slice(0, at.from) + insert + text.slice(end),
      caret: at.from + insert.length,
    }
  }
  const minus = at.raw.startsWith('-') ? '-' : ''
  if (at.field === null) {
    const start = at.raw.slice(minus.length).toLowerCase()
    return queryFields
      .filter(({ key, label }) => key.startsWith(start) || wordsStart(label, start))
      .map((field) => put(minus + startOf(field), field.label, hintOf(field)))
  }
  const { field, typed } = at
  const done = typed.slice(0, typed.lastIndexOf(',') + 1)
  const last = typed.slice(done.length).replace(/^"/, '').toLowerCase()
  return valuesOf(field, known)
    .filter((value) => value.toLowerCase().includes(last) && !done.split(',').includes(value))
    .slice(0, most)
    .map((value) => {
      const [, start = ''] = /^(-?[a-zA-Z]+[:><]=?)/.exec(at.raw) ?? []
      const said = field.kind === 'words' || field.kind === 'flag' ? quoted(value) : value
      return put(start + done + said, value, field.label)
    })
}

const most = 50

function pieceEnd(text: string, from: number): number {
  return splitTerms(text).find((piece) => piece.from === from)?.to ?? from
}

function wordsStart(label: string, start: string): boolean {
  return label
    .toLowerCase()
    .split(' ')
    .some((word) => word.startsWith(start))
}

function startOf(field: QueryField): string {
  return field.kind === 'range' ? `${field.key}>` : `${field.key}:`
}

function hintOf(field: QueryField): string {
  switch (field.kind) {
    case 'range':
      return `${field.key}>${spans[field.unit][0] ?? ''}`
    case 'state':
      return 'state:/inputs/orderId=42'
    case 'flag':
      return `${field.key}:yes`
    default:
      return `${field.key}:${field.words?.[0] ?? '…'}`
  }
}

const spans = {
  age: ['10m', '1h', '24h', '7d'],
  moment: ['24h', '7d', '30d'],
  duration: ['1m', '10m', '1h'],
  bytes: ['1MB', '10MB'],
  count: ['1', '3', '10'],
} as const

function valuesOf(field: QueryField, known: KnownValues): readonly string[] {
  switch (field.kind) {
    case 'words':
      return field.words ?? known[field.key] ?? []
    case 'flag':
      return ['yes', 'no']
    case 'range':
      return spans[field.unit]
    default:
      return []
  }
}
