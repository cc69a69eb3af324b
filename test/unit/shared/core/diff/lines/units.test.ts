import { describe, expect, test } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import { alignRest } from '../../../../../../shared/core/diff/lines/alignRest.ts'
import {
  findMeeting,
  isSameStop,
  lookAhead,
  lookToEnd,
  type Stop,
} from '../../../../../../shared/core/diff/lines/lookAhead.ts'
import {
  areUnlike,
  lonelyBytes,
  numberUnits,
} from '../../../../../../shared/core/diff/lines/numberUnits.ts'
import {
  addEqual,
  addLeft,
  createSection,
} from '../../../../../../shared/core/diff/lines/openSection.ts'
import {
  needsMore,
  unfit,
  type Piece,
} from '../../../../../../shared/core/diff/lines/textWindow.ts'

function windowOf(text: string, isLast = true) {
  const bytes = Buffer.from(text)
  return { bytes, at: 0, end: bytes.length, isLast }
}

/** The units of a list, one a line. */
function piecesOf(texts: readonly string[]): readonly Piece[] {
  const bytes = Buffer.from(`${texts.join(',\n')}\n`)
  let at = 0
  return texts.map((text) => {
    const from = at
    at += Buffer.byteLength(text) + 2
    return { bytes, from, to: from + Buffer.byteLength(text) }
  })
}

function told(stops: readonly Stop[] | number) {
  return typeof stops === 'number'
    ? stops
    : stops.map(({ kind, piece }) => `${kind} ${lineTools.textOf(piece)}`)
}

const meeting = (one: string, other: string) => {
  const [left, right] = [one, other].map((text) => lookAhead('record', windowOf(text)))
  if (!Array.isArray(left) || !Array.isArray(right)) throw new Error('These are no units.')
  return findMeeting(lineTools, left, right)
}

const stop = (text: string) => {
  const stops = lookAhead('record', windowOf(text))
  const first = typeof stops === 'number' ? undefined : stops[0]
  if (first === undefined) throw new Error('There is none.')
  return first
}

describe('looking ahead', () => {
  const block = '"a": 1,\n"b": {\n"c": 1\n},\n[\n2\n],\n}\n'

  test('[D30] up to a line that opens the block of a key, or closes this one', () => {
    expect(told(lookAhead('record', windowOf(block)))).toEqual(['unit "a": 1', 'head "b": {'])
    expect(told(lookAhead('list', windowOf(block)))).toEqual([
      'unit "a": 1',
      'unit "b": {\n"c": 1\n}',
      'unit [\n2\n]',
      'close }',
    ])
    expect(told(lookAhead('list', windowOf(']\n1\n')))).toEqual(['close ]'])
  })

  test('[D30] no further than it is asked to, and one behind it', () => {
    const many = windowOf('1,\n'.repeat(40))
    expect(lookAhead('list', many)).toHaveLength(18)
    expect(lookAhead('list', many, 3)).toHaveLength(4)
    expect(lookAhead('list', windowOf('1,\n2,\n'), 5)).toBe(unfit)
    expect(lookAhead('list', windowOf('1,\n[\n', false), 5)).toBe(needsMore)
    expect(lookAhead('list', windowOf('[\n1\n'), 5)).toBe(unfit)
  })

  test('[D30] all units of a block, or those of so many bytes', () => {
    expect(told(lookToEnd(windowOf(block)))).toEqual([
      'unit "a": 1',
      'unit "b": {\n"c": 1\n}',
      'unit [\n2\n]',
    ])
    expect(lookToEnd(windowOf('1,\n2,\n3,\n4\n]\n'), 6)).toHaveLength(2)
    expect(lookToEnd(windowOf('1,\n2,\n3,\n4\n]\n'), 7)).toHaveLength(3)
    expect(lookToEnd(windowOf('1,\n2,\n'))).toBe(unfit)
    expect(lookToEnd(windowOf('1,\n2,\n', false))).toBe(needsMore)
  })

  test('[D30] both sides meet where two units in a row are the same, or a block opens or ends', () => {
    expect(meeting('1\n2\n3\n}\n', '2\n3\n}\n')).toEqual({ left: 1, right: 0 })
    expect(meeting('2\n3\n}\n', '1\n2\n3\n}\n')).toEqual({ left: 0, right: 1 })
    expect(meeting('1\n2\n3\n}\n', '9\n2\n4\n}\n')).toEqual({ left: 3, right: 3 })
    expect(meeting('1\n2\n"a": {\n', '9\n"a": {\n')).toEqual({ left: 2, right: 1 })
    expect(meeting('1\n"a": {\n', '9\n"b": {\n')).toBeNull()
    expect(meeting('1\n"a": {\n', '9\n}\n')).toBeNull()
  })

  test('[D30] stops are the same by kind and bytes, those that close whatever stands behind them', () => {
    expect(isSameStop(lineTools, stop('1,\n}\n'), stop('1\n}\n'))).toBe(true)
    expect(isSameStop(lineTools, stop('1\n}\n'), stop('2\n}\n'))).toBe(false)
    expect(isSameStop(lineTools, stop('},\n'), stop(']\n'))).toBe(true)
    expect(isSameStop(lineTools, stop('"a": {\n'), stop('}\n'))).toBe(false)
  })
})

const texts = (of: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${of} ${index * 7919} ${of}`)

const units = (before: readonly string[], after: readonly string[]) => ({
  before: piecesOf(before),
  after: piecesOf(after),
})

const long = (mark: string) => `${'x'.repeat(50)}${mark}${'x'.repeat(49)}`

describe('the rest of a block', () => {
  test('[D30] about as many bytes are lonely as stand on one side only', () => {
    const [one, other] = [texts('one', 4000), texts('other', 4000)]
    const bytes = one.join(',\n').length
    const near = (value: number, wanted: number) => Math.abs(value - wanted) <= 0.15 * bytes
    expect(lonelyBytes(units(one, one))).toBe(0)
    expect(lonelyBytes(units(one, other)) >= bytes).toBe(true)
    expect(near(lonelyBytes(units(one, one.slice(0, 2000))), bytes / 2)).toBe(true)
    expect(near(lonelyBytes(units(one.slice(0, 2000), one)), bytes / 2)).toBe(true)
    expect(lonelyBytes(units([], []))).toBe(0)
  })

  test('[D30] they are unlike where none of those that are looked at stands on both sides', () => {
    const [one, other] = [texts('one', 400), texts('other', 400)]
    expect(areUnlike(units(one, other))).toBe(true)
    expect(areUnlike(units(one, one))).toBe(false)
    expect(areUnlike(units(one, [...other, ...one.slice(200)]))).toBe(false)
    expect(areUnlike(units([], other))).toBe(false)
  })

  test('[D28] the same bytes have the same number, what stands on one side only has none', () => {
    const { before, after } = numberUnits(
      lineTools,
      units(['a', 'only here', 'b', 'a', 'c'], ['b', 'a', 'only there', 'c']),
    )
    expect(before).toEqual({ indices: [0, 2, 3, 4], numbers: [0, 1, 0, 2] })
    expect(after).toEqual({ indices: [0, 1, 3], numbers: [1, 0, 2] })
  })

  test('[D28] units that differ only where they are not looked at are told apart', () => {
    const { before, after } = numberUnits(lineTools, units([long('a')], [long('b'), long('a')]))
    expect(before.numbers).toEqual([0])
    expect(after.numbers[after.indices.indexOf(1)]).toBe(0)
    expect(after.numbers[after.indices.indexOf(0)]).not.toBe(0)
  })

  test('[D28] units that are the same are paired along the longest way, unless too many are lonely', () => {
    const all = units(['a', 'x', 'b', 'c'], ['b', 'y', 'z', 'c', 'a'])
    expect(alignRest(lineTools, all, () => true)).toEqual([
      { from: 2, to: 0 },
      { from: 3, to: 3 },
    ])
    expect(alignRest(lineTools, all, () => false)).toBeNull()
  })
})

test('[D28] units that are the same on both sides are kept as runs, the others with their index', () => {
  const section = createSection('list', 'rows')
  addEqual(section)
  addEqual(section)
  addLeft(section, 'after', 'new')
  addEqual(section)
  addLeft(section, 'before', 'gone')
  addEqual(section)
  addEqual(section)
  expect(section).toEqual({
    kind: 'list',
    key: 'rows',
    gone: [{ index: 3, text: 'gone' }],
    come: [{ index: 2, text: 'new' }],
    runs: [0, 0, 2, 2, 3, 1, 4, 4, 2],
    lengths: { before: 6, after: 6 },
    isAligned: false,
  })
})
