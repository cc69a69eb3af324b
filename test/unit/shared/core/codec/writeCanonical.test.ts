import { describe, expect, test } from 'vitest'
import {
  writeCanonical,
  writeCanonicalSteps,
  type Layout,
} from '../../../../../shared/core/codec/writeCanonical.ts'

/** The text, and how many pauses were made before it. */
function inSteps(value: unknown, layout: Layout): readonly [pauses: number, text: string] {
  const steps = writeCanonicalSteps(value, layout)
  for (let pauses = 0; ; pauses += 1) {
    const { done, value: text } = steps.next()
    if (done === true) return [pauses, text]
  }
}

const lined: Layout = {
  keys: ['b', 'a'],
  lines: true,
  of: { a: { lines: true, each: { keys: ['y', 'x'] } }, o: { lines: true, of: {} } },
}

const items = (length: number) => ['x'.repeat(length - 4)]

describe('writeCanonical', () => {
  test('[C1] known keys come in their order, all others sorted behind them', () => {
    const value = { z: 1, a: [{ x: 1, y: 2, w: 3, v: 4 }, []], gone: undefined, c: 3, b: null }
    const text = [
      '{',
      '"b": null,',
      '"a": [',
      '{"y":2,"x":1,"v":4,"w":3},',
      '[]',
      '],',
      '"c": 3,',
      '"z": 1',
      '}',
    ].join('\n')
    expect(writeCanonical(value, lined)).toBe(text)
    expect(inSteps(value, lined)).toEqual([2, text])
  })

  test.each([
    [{ a: [], o: {}, b: -0 }, '{\n"b": -0,\n"a": [],\n"o": {}\n}'],
    [{ o: { d: [-0, 0, undefined], e: undefined } }, '{\n"o": {\n"d": [-0,0,null]\n}\n}'],
    [{}, '{}'],
    [[], '[]'],
    [[1], '[\n1\n]'],
    [null, 'null'],
    [undefined, 'null'],
    [-0, '-0'],
    ['"', '"\\""'],
  ])('[C1] [C2] with pauses or without, %j has one text', (value, text) => {
    expect(writeCanonical(value, lined)).toBe(text)
    expect(inSteps(value, lined)[1]).toBe(text)
  })

  test('[C1] without a layout keys keep their order, and an array of more than 1,000 characters has lines', () => {
    const text = JSON.stringify(items(1000))
    expect(text).toHaveLength(1000)
    expect([writeCanonical(items(1000)), writeCanonical({ b: items(1001), a: [] })]).toEqual([
      text,
      `{"b":[\n"${'x'.repeat(997)}"\n],"a":[]}`,
    ])
    expect(writeCanonical({ b: 'x'.repeat(1000), a: undefined, c: [[-0]] })).toBe(
      `{"b":"${'x'.repeat(1000)}","c":[[-0]]}`,
    )
  })

  test('[C1] an array that is no longer than that with its -0 stays on its line', () => {
    const zeros = Array.from({ length: 499 }, () => -0).map((zero, index) =>
      index < 498 ? 1 : zero,
    )
    expect(writeCanonical(zeros)).toBe(`[${'1,'.repeat(498)}-0]`)
  })

  test('[C1] long texts are written with a pause every fifty lines', () => {
    const rows = (count: number) =>
      inSteps(
        Array.from({ length: count }, () => 1),
        { lines: true },
      )
    expect([0, 1, 50, 51, 101].map((count) => rows(count)[0])).toEqual([0, 1, 1, 2, 3])
    expect(inSteps({ a: [1] }, {})).toEqual([0, '{"a":[1]}'])
  })
})
