import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePieces, type PieceSource } from '../../../../electron/services/comparePieces.ts'
import { lineTools } from '../../../../electron/services/lineTools.ts'
import { writeCanonical, type Layout } from '../../../../shared/core/codec/writeCanonical.ts'
import { diffLines } from '../../../../shared/core/diff/lines/diffLines.ts'
import type { Json } from '../../../../shared/schema/json.ts'

const lines: Layout = { lines: true }
const layout: Layout = { ...lines, of: { run: { ...lines, of: { rows: lines, deep: { ...lines, each: lines } } } } } // oxfmt-ignore

function bytesOf(run: Json): Buffer {
  return Buffer.from(`${writeCanonical({ format: 'x', run, end: 'x' }, layout)}\n`)
}

/** No read gives as much as it is asked for. */
function sourceOf(bytes: Buffer): PieceSource {
  return {
    sizeBytes: bytes.byteLength,
    read: async (into, position) =>
      bytes.copy(into, 0, position, position + Math.max(1, into.byteLength >> 1)),
  }
}

const rows = Array.from({ length: 60 }, (_, id): Json => ({ id, text: `row ${id} ü` }))
const deep = { one: [1, 2, 3], two: [['x'], []], three: { a: rows[1] ?? null, b: [] }, four: [] }

const edit = fc.tuple(fc.nat(5), fc.nat(80), fc.nat(80))

function edited(edits: readonly (readonly [number, number, number])[]): Json {
  const list = [...rows]
  const more: Record<string, Json> = { ...deep }
  for (const [kind, at, to] of edits) {
    const place = at % list.length
    if (kind === 0) list.splice(place, 1)
    if (kind === 1) list.splice(to % list.length, 0, ...list.splice(place, 1))
    if (kind === 2) list.splice(place, 0, { id: `n${at}-${to}` })
    if (kind === 3) list.splice(place, 30, ...rows.slice(0, to % 40))
    if (kind === 4) more[`k${at % 5}`] = [[at], { to }]
    if (kind === 5) Reflect.deleteProperty(more, ['one', 'two', 'three'][at % 3] ?? '')
  }
  return { first: edits.length, rows: list, deep: more, left: edits.length, last: 1 }
}

describe('comparePieces', () => {
  it('[D70] in pieces of any size it comes out as with both texts whole in memory', async () => {
    let helped = 0
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 6 }), fc.nat(400), async (edits, size) => {
        const [before, after] = [bytesOf(edited([])), bytesOf(edited(edits))]
        const options = { within: 'run', without: ['left'] }
        const whole = diffLines(before, after, { ...options, tools: lineTools })
        const pieceBytes = size + 1
        const sources = [sourceOf(before), sourceOf(after)] as const
        expect(await comparePieces(...sources, { ...options, pieceBytes })).toEqual(whole)
        helped += whole === null ? 0 : 1
      }),
      { seed: 20260105, numRuns: 300 },
    )
    expect(helped).toBeGreaterThan(200)
  })

  it('[D70] a text that ends before its size says is not compared', async () => {
    const bytes = bytesOf(edited([]))
    const short = { ...sourceOf(bytes.subarray(0, -3)), sizeBytes: bytes.byteLength }
    expect(await comparePieces(sourceOf(bytes), short, { within: 'run' })).toBe(null)
  })
})
