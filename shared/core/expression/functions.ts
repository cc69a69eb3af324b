import { spend, spendText } from './budget.ts'
import { fail } from './failure.ts'
import { matchesPattern } from './pattern/matchesPattern.ts'
import { isList, isMap, kindOfValue, make, toText, type Value, type Work } from './values.ts'

/** Functions `f(x)` and methods `x.f(y)` with how many arguments they take; a method's first one is its receiver. */
type Callable = {
  readonly min: number
  readonly max: number
  readonly apply: (values: readonly Value[], work: Work) => Value
}

export const functions: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['size', { min: 1, max: 1, apply: ([value = null]) => BigInt(sizeOf(value)) }],
  ['string', { min: 1, max: 1, apply: ([value = null], work) => textOf(value, work) }],
  ['int', { min: 1, max: 1, apply: ([value = null]) => toInteger(value) }],
  ['double', { min: 1, max: 1, apply: ([value = null]) => toDouble(value) }],
  ['bool', { min: 1, max: 1, apply: ([value = null]) => toBoolean(value) }],
])

export const methods: ReadonlyMap<string, Callable> = new Map<string, Callable>([
  ['size', { min: 0, max: 0, apply: ([value = null]) => BigInt(sizeOf(value)) }],
  ['contains', onTexts(1, (texts) => at(texts, 0).includes(at(texts, 1)))],
  ['startsWith', onTexts(1, (texts) => at(texts, 0).startsWith(at(texts, 1)))],
  ['endsWith', onTexts(1, (texts) => at(texts, 0).endsWith(at(texts, 1)))],
  ['matches', onTexts(1, (texts, work) => matchesPattern(at(texts, 1), at(texts, 0), work.budget))],
  ['trim', onTexts(0, (texts) => at(texts, 0).trim())],
  ['lowerAscii', onTexts(0, (texts) => at(texts, 0).replace(/[A-Z]/g, (one) => one.toLowerCase()))],
  ['upperAscii', onTexts(0, (texts) => at(texts, 0).replace(/[a-z]/g, (one) => one.toUpperCase()))],
  ['indexOf', onTexts(1, (texts) => BigInt(at(texts, 0).indexOf(at(texts, 1))))],
  ['lastIndexOf', onTexts(1, (texts) => BigInt(at(texts, 0).lastIndexOf(at(texts, 1))))],
  ['replace', onTexts(2, replace)],
  ['split', onTexts(1, split)],
  ['substring', { min: 1, max: 2, apply: substring }],
  ['join', { min: 0, max: 1, apply: join }],
])

/** Functions that look at how the needs of a step have ended. */
export const outcomeFunctions = ['failed', 'succeeded', 'always'] as const
function onTexts(count: number, apply: (texts: readonly string[], work: Work) => Value): Callable {
  return {
    min: count,
    max: count,
    apply: (values, work) => {
      const texts = values.map((value) => expectText(value))
      for (const text of texts) spendText(work.budget, text.length)
      return apply(texts, work)
    },
  }
}

function at(texts: readonly string[], index: number): string {
  return texts[index] ?? ''
}

function expectText(value: Value): string {
  return typeof value === 'string' ? value : fail(`it needs a text, not ${kindOfValue(value)}.`)
}

function expectIndex(value: Value): number {
  if (typeof value === 'bigint') return Number(value)
  return fail(`it needs a whole number, not ${kindOfValue(value)}.`)
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return codePoints(value)
  if (isList(value)) return value.length
  if (isMap(value)) return Object.keys(value).length
  return fail(`it needs a text, a list or a map, not ${kindOfValue(value)}.`)
}

/** Characters as people count them, without a copy of the text. */
function codePoints(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1, count += 1)
    if ((text.codePointAt(index) ?? 0) > 0xffff) index += 1
  return count
}

function textOf(value: Value, work: Work): string {
  return value === null ? 'null' : toText(value, work)
}

function toInteger(value: Value): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Math.abs(value) < 2 ** 63) return BigInt(Math.trunc(value))
  if (typeof value === 'string' && /^[+-]?\d{1,18}$/.test(value))
    return BigInt(value.replace('+', ''))
  return fail(`${shown(value)} is no whole number.`)
}

function toDouble(value: Value): number {
  if (typeof value === 'bigint' || typeof value === 'number') return Number(value)
  if (typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value))
    return Number(value)
  return fail(`${shown(value)} is no number.`)
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value
  if (value === 'true') return true
  return value === 'false' ? false : fail(`${shown(value)} is neither true nor false.`)
}

/** A text as it is, when it is short; else what it is. */
export function shown(value: Value): string {
  if (typeof value === 'string' && value.length <= 60) return JSON.stringify(value)
  if (typeof value === 'bigint' || typeof value === 'number') return String(value)
  return kindOfValue(value)
}

function replace(texts: readonly string[], work: Work): string {
  const parts = at(texts, 0).split(at(texts, 1))
  spendText(work.budget, parts.length * at(texts, 2).length)
  spend(work.budget, parts.length)
  return parts.join(at(texts, 2))
}

function split(texts: readonly string[], work: Work): Value {
  const parts = at(texts, 0).split(at(texts, 1))
  spend(work.budget, parts.length)
  return make(work, parts)
}

function substring([text = null, from = null, to]: readonly Value[], work: Work): string {
  const whole = expectText(text)
  const start = expectIndex(from)
  const end = to === undefined ? whole.length : expectIndex(to)
  if (start < 0 || end > whole.length || start > end)
    return fail(`it needs places from 0 to ${whole.length}, in order, not ${start} and ${end}.`)
  spendText(work.budget, end - start)
  return whole.slice(start, end)
}

function join([list = null, separator = '']: readonly Value[], work: Work): string {
  if (!isList(list)) return fail(`it needs a list, not ${kindOfValue(list)}.`)
  const between = expectText(separator)
  const texts = list.map((item) => {
    const text = toText(item, work)
    spendText(work.budget, text.length + between.length)
    return text
  })
  return texts.join(between)
}
