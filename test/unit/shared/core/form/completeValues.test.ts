import { describe, expect, test } from 'vitest'
import { checkField } from '../../../../../shared/core/form/checkValue.ts'
import { completeValues } from '../../../../../shared/core/form/completeValues.ts'
import { fieldsOf } from '../../../../../shared/core/form/fieldsOf.ts'
import { readValue } from '../../../../../shared/core/form/readValue.ts'
import { Field } from '../../../../../shared/schema/field.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const fields = fieldsOf({
  region: 'eu',
  amount: { type: 'integer', minimum: 1, maximum: 10 },
  share: { type: 'number', default: 0.5 },
  version: { type: 'string', pattern: 'v\\d+', maxLength: 5 },
  dry: { type: 'boolean', required: false },
  target: { type: 'choice', options: ['staging', 'production'], default: 'staging' },
  day: { type: 'date', required: false },
  extra: { type: 'json', required: false },
})

function problemsOf(given: Readonly<Record<string, Json>>): readonly string[] {
  const result = completeValues(fields, given)
  return 'problems' in result ? result.problems.map(({ message }) => message) : []
}

const asking = (field: Json) => fieldsOf({ it: field })

const messages = (asked: Parameters<typeof completeValues>[0]) => {
  const result = completeValues(asked, { zzzzzz: 1 })
  return 'problems' in result ? result.problems.map(({ message }) => message) : []
}

describe('a form', () => {
  test('[W28] is made of plain defaults and of fields', () => {
    expect(fieldsOf({ a: 1, b: { type: 'integer', default: 3 }, c: { type: 'x' } })).toEqual([
      { name: 'a', field: null, default: 1 },
      { name: 'b', field: { type: 'integer', default: 3 }, default: 3 },
      { name: 'c', field: null, default: { type: 'x' } },
    ])
    expect(fieldsOf(undefined)).toEqual([])
  })

  test('[W29] takes what is given, else the default, else null where it may be left out', () => {
    expect(completeValues(fields, { amount: 3, version: 'v1', dry: null, extra: null })).toEqual({
      values: {
        region: 'eu',
        amount: 3,
        share: 0.5,
        version: 'v1',
        dry: null,
        target: 'staging',
        day: null,
        extra: null,
      },
    })
    const odd = completeValues(fieldsOf({ ['__proto__']: 1, toString: 2 }), {})
    expect(odd).toEqual({ values: { ['__proto__']: 1, toString: 2 } })
  })

  test('[W30] says of every value what was expected and what was found', () => {
    const given = {
      amuont: 3,
      other: 1,
      amount: 2.5,
      share: 'x',
      version: '1',
      dry: 'yes',
      target: 'prod',
      day: '2026-02-30',
    }
    expect(problemsOf(given)).toEqual([
      '`amuont` is not asked for. Did you mean `amount`?',
      '`other` is not asked for; region, amount, share, version, dry, target, day, extra are.',
      '`amount`: expected a whole number from 1 to 10, found 2.5.',
      '`share`: expected a number, found "x".',
      '`version`: expected a text that matches v\\d+, found "1".',
      '`dry`: expected true or false, found "yes".',
      '`target`: expected one of staging, production, found "prod".',
      '`day`: expected a day such as 2026-01-31, found "2026-02-30".',
    ])
    expect(problemsOf({ version: 'v123456' })).toEqual([
      '`amount` is missing: expected a whole number from 1 to 10.',
      '`version`: expected at most 5 characters, found 7.',
    ])
  })

  test.each<[Json, Json, string]>([
    [{ type: 'integer', maximum: 3 }, 4, 'expected a whole number, 3 or less, found 4.'],
    [{ type: 'number', minimum: 3 }, 2, 'expected a number, 3 or more, found 2.'],
    [{ type: 'text' }, 3, 'expected a text of one or more lines, found 3.'],
    [{ type: 'string', minLength: 2 }, 'a', 'expected at least 2 characters, found 1.'],
    [{ type: 'string' }, 'x'.length, 'expected a text, found 1.'],
    [{ type: 'boolean' }, 'x'.repeat(100), `expected true or false, found "${'x'.repeat(78)}….`],
    [{ type: 'string', pattern: '(' }, 'a', 'the pattern `(` cannot be used: a `)` is missing.'],
  ])('[W30] of %j is said what was expected of %j', (field, value, message) => {
    const result = completeValues(asking(field), { it: value })
    expect(result).toEqual({ problems: [{ name: 'it', message: `\`it\`: ${message}` }] })
  })

  test.each<[Json, Json]>([
    [{ type: 'text' }, 'a\nb'],
    [{ type: 'boolean' }, false],
    [{ type: 'choice', options: ['a'] }, 'a'],
    [{ type: 'date' }, '2026-01-31'],
    [{ type: 'json' }, { a: [1] }],
    [{ type: 'string', pattern: 'v\\d' }, 'v1'],
  ])('[W29] %j takes %j', (field, value) => {
    expect(completeValues(asking(field), { it: value })).toEqual({ values: { it: value } })
  })

  test('[W30] a form that asks for one thing, or nothing, says so', () => {
    expect(messages(fieldsOf({ it: 1 }))).toEqual(['`zzzzzz` is not asked for; it is.'])
    expect(messages([])).toEqual(['`zzzzzz` is not asked for; nothing is.'])
  })

  test.each<[object, readonly string[]]>([
    [{ type: 'integer', minimum: 3, maximum: 2 }, ['its `minimum` is larger than its `maximum`.']],
    [
      { type: 'string', minLength: 3, maxLength: 2 },
      ['its `minLength` is larger than its `maxLength`.'],
    ],
    [{ type: 'integer', minimum: 3 }, []],
    [{ type: 'string', minLength: 3, pattern: 'a+' }, []],
    [
      { type: 'string', minLength: 3, default: 'a' },
      ['its default does not fit: expected at least 3 characters, found 1.'],
    ],
    [{ type: 'string', minLength: 3, default: 'abc' }, []],
  ])('[W32] %j contradicts itself, or does not', (field, problems) => {
    expect(checkField(Field.parse(field))).toEqual(problems)
  })

  test('[W31] a text is read by the type of its field', () => {
    expect(read('amount', '3')).toEqual({ value: 3 })
    expect(read('version', '3')).toEqual({ value: '3' })
    expect(read('dry', 'true')).toEqual({ value: true })
    expect(read('extra', '{"a":[1]}')).toEqual({ value: { a: [1] } })
    expect(read('region', '3')).toEqual({ value: '3' })
    expect(readValue({ name: 'x', field: null, default: 1 }, '[2]')).toEqual({ value: [2] })
    expect(readValue({ name: 'x', field: null, default: 1 }, 'two')).toEqual({ value: 'two' })
    expect(read('amount', '0x10')).toEqual({
      problem: '`amount`: expected a whole number from 1 to 10, found "0x10".',
    })
    expect(read('extra', '{a')).toEqual({ problem: '`extra`: expected any JSON, found "{a".' })
  })

  test('[W32] a field that contradicts itself is found', () => {
    expect(flaws({ type: 'string', pattern: '(a' })).toEqual([
      'the pattern `(a` cannot be used: a `)` is missing.',
    ])
    expect(flaws({ type: 'number', minimum: 2, maximum: 1 })).toEqual([
      'its `minimum` is larger than its `maximum`.',
    ])
    expect(flaws({ type: 'text', minLength: 2, maxLength: 1 })).toEqual([
      'its `minLength` is larger than its `maxLength`.',
    ])
    expect(flaws({ type: 'choice', options: ['a'], default: 'b' })).toEqual([
      'its default does not fit: expected one of a, found "b".',
    ])
    expect(flaws({ type: 'integer', default: 1 })).toEqual([])
  })
})

function read(name: string, text: string): ReturnType<typeof readValue> | null {
  const field = fields.find((one) => one.name === name)
  return field === undefined ? null : readValue(field, text)
}

function flaws(field: Json): readonly string[] {
  return checkField(Field.parse(field))
}
