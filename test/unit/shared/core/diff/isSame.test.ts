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
