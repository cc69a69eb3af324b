// One term of a query: `status:failed,waiting`, `-workflow:etl`, `age>1h`, `state:/inputs/orderId=42`.
import { assertNever } from '../../assert.ts'
import type { RunCondition, StateCondition } from '../../schema/runCondition.ts'
import { nearest } from '../../schema/nearest.ts'
import { fieldOf, queryFields, type QueryField } from './fields.ts'
import { readBytes, readCount, readDuration, readMoment } from './readAmount.ts'
import { readStatePath } from './statePath.ts'
import { splitList, unquoted } from './splitTerms.ts'

/** What a piece of a query was found to be. */
export type ReadTerm =
  /** No filter: a word that is looked for. */
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'term'; readonly term: Told }
  | { readonly kind: 'problem'; readonly sentence: string }

export type Told = {
  readonly key: string
  readonly label: string
  /** Between label and value: `is`, `is not`, `more than`. */
  readonly relation: string
  readonly value: string
  readonly condition: RunCondition
}

export function readTerm(raw: string, nowMs: number): ReadTerm {
  const [, minus = '', name = '', op = '', body = ''] =
    /^(-?)([a-zA-Z]+)(:|>=|<=|>|<)(.*)$/s.exec(raw) ?? []
  if (name === '') return { kind: 'word', text: unquoted(raw) }
  const field = fieldOf(name)
  if (field === null) return unknown(raw, name, body)
  const isNot = minus !== ''
  switch (field.kind) {
    case 'words':
      return op === ':' ? readWords(field, body, isNot) : notCompared(field, op)
    case 'range':
      return isNot ? notTurned(field) : readRange(field, { op, body, nowMs })
    case 'flag':
      return op === ':' ? readFlag(field, body, isNot) : notCompared(field, op)
    case 'state':
      return op === ':' ? readState(field, body, isNot) : notCompared(field, op)
    default:
      return assertNever(field)
  }
}

/** Many texts have a colon: only what was most likely meant as a filter is a problem. */
function unknown(raw: string, name: string, body: string): ReadTerm {
  const meant = body === '' || body.startsWith('//') ? null : nearest(name.toLowerCase(), keys)
  if (meant === null) return { kind: 'word', text: unquoted(raw) }
  return problem(`There is no filter “${name}”. Did you mean ${meant}?`)
}

const keys = queryFields.map(({ key }) => key)

function problem(sentence: string): ReadTerm {
  return { kind: 'problem', sentence }
}

function notCompared({ key }: QueryField, op: string): ReadTerm {
  return problem(`${key} takes “${key}:…”, not “${op}”.`)
}

function notTurned({ key }: QueryField): ReadTerm {
  return problem(`${key} has no opposite: turn > and < round instead.`)
}

type Kind<K extends QueryField['kind']> = QueryField & { readonly kind: K }

function readWords(field: Kind<'words'>, body: string, isNot: boolean): ReadTerm {
  const values = splitList(body)
  const { key, label, words } = field
  if (values.length === 0)
    return problem(`Say which: ${key}:${words === undefined ? '…' : words.slice(0, 3).join(', ')}`)
  const odd = words === undefined ? undefined : values.find((value) => !isKnown(words, value))
  if (odd !== undefined && words !== undefined && field.field !== 'status') {
    const meant = nearest(odd, words)
    const hint = meant === null ? `It is one of ${words.join(', ')}.` : `Did you mean ${meant}?`
    return problem(`${label} is never “${odd}”. ${hint}`)
  }
  const condition: RunCondition = {
    kind: 'words',
    field: field.field,
    values: [...values],
    isNot,
  }
  const value = values.map((one) => (one === '' ? 'none' : one)).join(', ')
  return { kind: 'term', term: { key, label, relation: isNot ? 'is not' : 'is', value, condition } }
}

function isKnown(words: readonly string[], value: string): boolean {
  return value === '' || words.includes(value)
}

type Asked = { readonly op: string; readonly body: string; readonly nowMs: number }

/** A length of time is an age: `created>7d` is older than that; a day or a time is a moment. */
function readRange(field: Kind<'range'>, asked: Asked): ReadTerm {
  const { key, unit } = field
  const text = unquoted(asked.body)
  const spread = asked.op === ':' ? text.split('..') : []
  if (spread.length === 2 && unit !== 'age' && unit !== 'moment') {
    const [from = '', to = ''] = spread
    const bounds = { from: amountOf(unit, from), to: amountOf(unit, to) }
    return bounds.from === null || bounds.to === null
      ? notRead(field, text)
      : term(field, { relation: 'from', value: `${from} to ${to}`, ...bounds })
  }
  const isAge = unit === 'age' || unit === 'moment'
  const age = isAge ? readDuration(text) : null
  if (age !== null) return readAge(field, { ...asked, age, text })
  const at = unit === 'age' ? null : amountOf(unit, text)
  if (at === null) return notRead(field, text)
  if (unit === 'moment' && asked.op === ':')
    return term(field, { relation: 'on', value: text, from: at, to: at + dayOrInstant(text) })
  const [after, before] = unit === 'moment' ? ['after', 'before'] : ['more than', 'less than']
  switch (asked.op) {
    case ':':
      return term(field, { relation: 'is', value: text, from: at, to: at })
    case '>':
      return term(field, { relation: after, value: text, from: at + least(text, unit), to: null })
    case '>=':
      return term(field, { relation: 'from', value: text, from: at, to: null })
    case '<':
      return term(field, { relation: before, value: text, from: null, to: at - 1 })
    default:
      return term(field, {
        relation: 'up to',
        value: text,
        from: null,
        to: at + (unit === 'moment' ? dayOrInstant(text) : 0),
      })
  }

  function notRead({ unit: wanted }: Kind<'range'>, given: string): ReadTerm {
    return problem(
      given === ''
        ? `Say how much: ${key}>${examples[wanted]}`
        : `“${given}” is no ${wanted === 'moment' ? 'time' : wanted}: ${key}>${examples[wanted]}`,
    )
  }
}

const examples = {
  moment: '2026-01-02 or 24h',
  age: '1h',
  duration: '10m',
  bytes: '10MB',
  count: '3',
} as const

/** After a day is from the next one on. */
function least(text: string, unit: Kind<'range'>['unit']): number {
  return unit === 'moment' ? dayOrInstant(text) + 1 : 1
}

function dayOrInstant(text: string): number {
  return text.length === '2026-01-02'.length ? 86_400_000 - 1 : 0
}

function readAge(
  field: Kind<'range'>,
  { op, age, text, nowMs }: Asked & { readonly age: number; readonly text: string },
): ReadTerm {
  const isOlder = op === '>' || op === '>='
  const edge = nowMs - age
  const bounds = isOlder ? { from: null, to: edge } : { from: edge, to: null }
  if (field.unit === 'age')
    return term(field, { relation: isOlder ? 'more than' : 'less than', value: text, ...bounds })
  return isOlder
    ? term(field, { relation: 'more than', value: `${text} ago`, ...bounds })
    : term(field, { relation: 'in the last', value: text, ...bounds })
}

function amountOf(unit: Kind<'range'>['unit'], text: string): number | null {
  switch (unit) {
    case 'moment':
      return readMoment(text)
    case 'age':
    case 'duration':
      return readDuration(text)
    case 'bytes':
      return readBytes(text)
    case 'count':
      return readCount(text)
    default:
      return assertNever(unit)
  }
}

function term(
  { key, label, field }: Kind<'range'>,
  told: Pick<Told, 'relation' | 'value'> & { from: number | null; to: number | null },
): ReadTerm {
  const { relation, value, from, to } = told
  const condition = { kind: 'range', field, from, to } as const
  return { kind: 'term', term: { key, label, relation, value, condition } }
}

function readFlag(field: Kind<'flag'>, body: string, isNot: boolean): ReadTerm {
  const { key, label } = field
  const said = unquoted(body).toLowerCase()
  if (said !== 'yes' && said !== 'no') return problem(`${key} is yes or no.`)
  const value = (said === 'yes') !== isNot
  const condition = { kind: 'flag', field: field.field, value } as const
  return {
    kind: 'term',
    term: { key, label, relation: 'is', value: value ? 'yes' : 'no', condition },
  }
}

const stateOps = { '=': 'equals', '~': 'contains', '>': 'above', '<': 'below' } as const
const stateRelations = {
  exists: ['has', 'has no'],
  equals: ['is', 'is not'],
  contains: ['contains', 'does not contain'],
  above: ['more than', 'not more than'],
  below: ['less than', 'not less than'],
} as const satisfies Record<StateCondition['op'], readonly [string, string]>

/** `state:/path=value`, `state:$.path~part`, `state:key`, or `state:"text"` for a text anywhere. */
function readState({ key, label }: Kind<'state'>, body: string, isNot: boolean): ReadTerm {
  if (unquoted(body) === '') return problem('Say what: state:/inputs/orderId=42, or a text.')
  const [, place = '', sign = '', rest = ''] =
    /^((?:"(?:[^"\\]|\\.)*"|[^"=~<>])*)([=~<>]?)(.*)$/s.exec(body) ?? []
  const isPlace = sign !== '' || /^"?[/$]/.test(place)
  if (!isPlace) {
    const value = unquoted(body)
    const condition = { kind: 'state', path: '/**', op: 'contains', value, isNot } as const
    const relation = stateRelations.contains[isNot ? 1 : 0]
    return { kind: 'term', term: { key, label, relation, value, condition } }
  }
  const where = unquoted(place)
  const path = readStatePath(where)
  if (path === null || where === '') return problem(`“${where}” is no path: /inputs/orderId`)
  const op =
    sign === '=' || sign === '~' || sign === '>' || sign === '<' ? stateOps[sign] : 'exists'
  const value = unquoted(rest)
  if (op !== 'exists' && op !== 'equals' && value === '')
    return problem(`Say what: ${where}${sign}…`)
  const relation = stateRelations[op][isNot ? 1 : 0]
  const condition = { kind: 'state', path, op, value, isNot } as const
  const told =
    op === 'exists'
      ? { label, relation, value: where }
      : { label: where, relation, value: value === '' ? '“”' : value }
  return { kind: 'term', term: { key, ...told, condition } }
}
