import { describe, expect, test } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import { writeCanonical, type Layout } from '../../../../../../shared/core/codec/writeCanonical.ts'
import { applyDiff } from '../../../../../../shared/core/diff/applyDiff.ts'
import { diff } from '../../../../../../shared/core/diff/diff.ts'
import { diffLines } from '../../../../../../shared/core/diff/lines/diffLines.ts'
import { createLineComparison } from '../../../../../../shared/core/diff/lines/lineComparison.ts'
import type { TextWindow } from '../../../../../../shared/core/diff/lines/textWindow.ts'
import type { Change } from '../../../../../../shared/core/diff/change.ts'
import type { Json } from '../../../../../../shared/schema/json.ts'

const layout: Layout = { lines: true, of: { run: { lines: true, of: { rows: { lines: true }, parts: { lines: true, of: { deep: { lines: true } } } } } } } // oxfmt-ignore

function bytesOf(run: Json): Buffer {
  return Buffer.from(`${writeCanonical({ format: 'x', run, tail: [1] }, layout)}\n`)
}

const row = (id: number, text = `row ${id}`): Json => ({ id, text })
const rows = Array.from({ length: 40 }, (_, id) => row(id))
const parts = Object.fromEntries(rows.map((one, id) => [`p${id}`, one]))
const base = { rows, parts: { ...parts, deep: { a: 1, b: [1, 2], c: {} } }, last: 'x'.repeat(900) }

const edits: readonly (readonly [name: string, after: Json])[] = [
  ['nothing', base],
  ['one item and one entry', { ...base, rows: rows.with(7, row(7, 'edited')), last: 'y' }],
  [
    'items that came, went and moved',
    { ...base, rows: [row(90), ...rows.slice(2, 20), ...rows.slice(21), row(20)] },
  ],
  ['more behind the last', { ...base, rows: [...rows, row(50), row(51)] }],
  ['fewer at the end', { ...base, rows: rows.slice(0, -3) }],
  [
    'keys that came and went',
    { ...base, parts: { ...base.parts, p3: row(99), new: 1, p30: null } },
  ],
  [
    'a block inside of a block',
    { ...base, parts: { ...base.parts, deep: { a: 2, b: [1, 3], d: 1 } } },
  ],
  ['a block that is none any more', { ...base, parts: { ...base.parts, deep: 1 } }],
  ['an order that is another', { ...base, rows: [...rows.slice(30), ...rows.slice(0, 30)] }],
  [
    'an item that took the text of one that went',
    { ...base, rows: [...rows.slice(0, 3), row(4, 'row 3'), ...rows.slice(5)] },
  ],
  ['many items', { ...base, rows: rows.map((one, id) => (id % 5 === 0 ? row(id, 'other') : one)) }],
]

/** By pieces of this many bytes; null where the lines do not help. */
function inPieces(one: Buffer, other: Buffer, size: number, without: readonly string[] = []) {
  const sizeBytes = one.length + other.length
  const comparison = createLineComparison({ tools: lineTools, within: 'run', without, sizeBytes })
  const next = (bytes: Buffer, before: TextWindow | null): TextWindow => {
    const end = Math.min(bytes.length, (before?.end ?? 0) + size)
    return { bytes, at: before?.at ?? 0, end, isLast: end === bytes.length }
  }
  let windows = { before: next(one, null), after: next(other, null) }
  for (;;) {
    const step = comparison.advance(windows)
    if (step === 'on') return comparison.finish()
    if (step === 'unfit') return null
    if (windows.before.isLast && windows.after.isLast)
      throw new Error('It asks for more than there is.')
    windows = { before: next(one, windows.before), after: next(other, windows.after) }
  }
}

function inOrder(changes: readonly Change[] = []): readonly Change[] {
  return changes.toSorted((one, next) => (one.path + one.kind < next.path + next.kind ? -1 : 1))
}

const changed = (count: number): Json => ({
  ...base,
  rows: rows.map((one, id) => (id < count ? row(id, `quite another text ${id}`) : one)),
})

describe('texts that are read in pieces', () => {
  test.each(edits)('[D70] %s: the same as of both whole documents', (_, after) => {
    const [one, other] = [bytesOf(base), bytesOf(after)]
    const { changes } = diff(base, after)
    for (const size of [5, 64, 1000, 1e6]) {
      const found = inPieces(one, other, size)
      expect(inOrder(found?.changes)).toEqual(inOrder(changes))
      const back = inPieces(other, one, size)
      expect(inOrder(back?.changes)).toEqual(inOrder(diff(after, base).changes))
    }
  })

  test.each<[string, Json[], Json[]]>([
    ['texts', ['a', 'b', 'c', 'b', 'd'], ['b', 'a', 'x', 'd', 'c']],
    ['items without a key', [{ n: 1 }, { n: 2, m: 1 }, [3]], [{ n: 0 }, { n: 2, m: 3 }, [3]]],
    [
      'items that share a key',
      [{ id: 1, n: 1 }, { id: 1, n: 2 }, { id: 2 }],
      [{ id: 1, n: 2 }, { id: 2 }, { id: 1, n: 5 }],
    ],
    ['items of which one has no key', [{ id: 1, n: 1 }, { n: 2 }], [{ id: 2, n: 1 }, { n: 3 }]],
  ])('[D70] lists of %s: what they say makes the later one', (_, early, late) => {
    const rest = rows.map((_row, index) => `same ${index}`)
    const [one, other] = [early, late].map((own): Json => ({ ...base, rows: [...own, ...rest] }))
    if (one === undefined || other === undefined) throw new Error('There are two.')
    for (const size of [50, 1e6]) {
      const found = inPieces(bytesOf(one), bytesOf(other), size)
      expect(applyDiff(one, found?.changes ?? [])).toEqual(other)
      expect(found?.changes).toHaveLength(diff(one, other).changes.length)
    }
  })

  test('[D29] keys that are left out are passed over piece by piece, also where they are on one side only', () => {
    const { last: _last, ...shorter } = base
    const after: Json = { ...shorter, rows: [row(9)], parts: { ...base.parts, p1: 0 } }
    for (const size of [5, 50, 1e6])
      expect(inPieces(bytesOf(base), bytesOf(after), size, ['rows', 'last'])?.changes).toEqual([
        { kind: 'changed', path: '/parts/p1', before: row(1), after: 0 },
      ])
  })

  test('[D30] what follows the block has to be there too', () => {
    const whole = bytesOf(base)
    for (const end of [whole.length - 2, whole.length - 3, whole.indexOf('"tail"')])
      expect(inPieces(whole, whole.subarray(0, end), 100)).toBeNull()
    expect(inPieces(whole, Buffer.concat([whole, Buffer.from('{}\n')]), 100)).toBeNull()
  })

  test('[D30] no more than a quarter of both texts is kept', () => {
    const found = [0, 5, 10, 40].map((count) =>
      inPieces(bytesOf(base), bytesOf(changed(count)), 1e6),
    )
    expect(found.map((one) => one?.changes.length ?? null)).toEqual([0, 5, 10, null])
  })
})

const large = (said: string, of: readonly number[]): Json => ({
  rows: of.map((id) => ({ id: `r${id}`, text: `${said} ${id * 7919} `.repeat(6000) })),
  last: 1,
})

describe('units of which none is alike', () => {
  const ids = Array.from({ length: 70 }, (_, id) => id)
  const before = bytesOf(large('one', ids))

  function lines(after: Json) {
    return diffLines(before, bytesOf(after), { tools: lineTools, within: 'run' })
  }

  test('[D28] are compared beside each other, however many there are', () => {
    expect(lines(large('other', ids))?.counts).toEqual({
      added: 0,
      removed: 0,
      changed: 70,
      moved: 0,
    })
  })

  test('[D28] and what one side has more of behind them is told as gone', () => {
    const fewer = lines(large('other', ids.slice(0, -2)))
    expect(fewer?.counts).toEqual({ added: 0, removed: 2, changed: 68, moved: 0 })
    expect(fewer?.changes.filter(({ kind }) => kind === 'removed').map(({ path }) => path)).toEqual(
      ['/rows/68', '/rows/69'],
    )
  })

  test('[D30] where one of them came, all has to be read', () => {
    expect(lines(large('other', [99, ...ids]))).toBeNull()
  })
})
