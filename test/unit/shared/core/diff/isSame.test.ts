import { describe, expect, test } from 'vitest'
import { countDefined, isSame } from '../../../../../shared/core/diff/isSame.ts'
import { createItemClasses } from '../../../../../shared/core/diff/itemClasses.ts'
import { isEqualJson } from '../../../../../shared/core/diff/jsonShape.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const inherited: Json = JSON.parse('{"__proto__": {}}')
/** Each is another value than all the others. */
const different: readonly Json[] = [
  null,
  true,
  false,
  0,
  -0,
  1,
  1.5,
  2 ** 31,
  2 ** 32,
  '',
  '0',
  'true',
  [],
  [null],
  [0],
  [0, 0],
  [[0]],
  ['a', 'b'],
  ['b', 'a'],
  {},
  inherited,
  { a: null },
  { a: 1 },
  { a: 1, b: 2 },
  { a: 1, c: 2 },
  { b: 1 },
  { a: {} },
  { a: [] },
  { toString: 1 },
  'x'.repeat(100),
  `${'x'.repeat(50)}y${'x'.repeat(49)}`,
  nested(290, 1),
  nested(290, 2),
  nested(310, 1),
  nested(310, 2),
]

function nested(depth: number, leaf: Json): Json {
  let value = leaf
  for (let at = 0; at < depth; at += 1) value = at % 2 === 0 ? [value] : { a: value }
  return value
}

/** The same value in other objects, with its keys the other way round. */
function copyOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(copyOf)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, copyOf(one)]),
  )
}

describe('whether two values are the same', () => {
  test('[D1] a value is the same as a copy of it, whatever the order of its keys, and as nothing else', () => {
    const others = different.map(copyOf)
    const pairs = different.flatMap((one, row) =>
      others.flatMap((other, column) => (isSame(one, other) ? [[row, column]] : [])),
    )
    expect(pairs).toEqual(different.map((_, index) => [index, index]))
    const equal = different.flatMap((one, row) =>
      others.flatMap((other, column) => (isEqualJson(one, other) ? [[row, column]] : [])),
    )
    expect(pairs).toEqual(equal)
  })

  test('[D18] what is not defined is not there', () => {
    const gone = { a: 1, b: undefined } as unknown as Json // as a program may hand it over
    const other = { a: 1, c: undefined } as unknown as Json
    expect([isSame(gone, { a: 1 }), isSame({ a: 1 }, gone), isSame(gone, other)]).toEqual([
      true,
      true,
      true,
    ])
    expect([isSame({ a: 1, b: 2 }, gone), isSame(gone, { a: 1, b: 2 })]).toEqual([false, false])
    expect(isSame(gone, { a: 1, b: 2, c: 3 })).toBe(false)
    expect([countDefined({}), countDefined({ a: null }), countDefined({ a: 1, b: 0 })]).toEqual([
      0, 1, 2,
    ])
    expect([isSame(undefined, undefined), isSame(undefined, null), isSame({}, undefined)]).toEqual([
      true,
      false,
      false,
    ])
  })

  const many: readonly (readonly [string, (at: number) => Json])[] = [
    ['texts', (at) => `item ${at}`],
    ['texts that differ in one letter', (at) => `it${String.fromCharCode(200 + at)}em`],
    ['texts of which the letters change places', (at) => 'a'.repeat(at % 20) + 'b' + 'a'.repeat(19 - (at % 20)) + at], // oxfmt-ignore
    ['texts of thirty-two letters', (at) => `${at}`.padStart(32, 'x')],
    ['long texts', (at) => `${'x'.repeat(20)}${`${at}`.padStart(4, '0').repeat(12)}`],
    ['long texts of other lengths', (at) => 'x'.repeat(100 + at)],
    ['whole numbers', (at) => at - 100],
    ['large numbers', (at) => (at + 1) * 2 ** 33 + at],
    ['fractions', (at) => 0.5 + at / 1024],
    ['small fractions', (at) => (at + 1) / 2 ** 20],
    ['lists', (at) => [at, 1]],
    ['lists in another order', (at) => [1, at]],
    ['lists of lists', (at) => [[at], []]],
    ['lists of another length', (at) => Array.from({ length: at }, () => 0)],
    ['values under a key', (at) => ({ a: at })],
    ['values below a key', (at) => ({ a: { b: [at] } })],
    ['keys', (at) => ({ [`key ${at}`]: 1 })],
    ['keys of two', (at) => ({ a: 1, [`b${at}`]: 1 })],
    ['keys of true and null', (at) => ({ [`t${at}`]: at % 2 === 0 ? true : null })],
  ]

  test.each(many)('[D28] of %s each has a number of its own, however many there are', (_, make) => {
    const items = Array.from({ length: 200 }, (_item, at) => make(at))
    const numbers = [...createItemClasses().of([...items, ...items.map(copyOf)])]
    expect(new Set(numbers).size).toBe(200)
    expect(numbers.slice(200)).toEqual(numbers.slice(0, 200))
  })

  test('[D28] values that are very deep are told apart too, and what is not defined is not there', () => {
    const items = [nested(302, 1), nested(302, 2), nested(600, 1), { a: 1 }]
    const loose = { a: 1, b: undefined } as unknown as Json // as a program may hand it over
    const numbers = [...createItemClasses().of([...items, ...items.map(copyOf), loose])]
    expect(numbers).toEqual([0, 1, 2, 3, 0, 1, 2, 3, 3])
  })

  test('[D28] equal items of lists have one number, over all lists, and others have others', () => {
    const classes = createItemClasses()
    const first = [...classes.of([...different])]
    expect(new Set(first).size).toBe(different.length)
    expect([...classes.of(different.map(copyOf).toReversed())]).toEqual(first.toReversed())
    expect([...createItemClasses().of(['a', 'b', 'a', { x: 1 }, { x: 1 }])]).toEqual([
      0, 1, 0, 2, 2,
    ])
  })
})
