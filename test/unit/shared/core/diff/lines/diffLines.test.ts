import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import { writeCanonical, type Layout } from '../../../../../../shared/core/codec/writeCanonical.ts'
import { applyDiff } from '../../../../../../shared/core/diff/applyDiff.ts'
import type { Change } from '../../../../../../shared/core/diff/change.ts'
import { diff } from '../../../../../../shared/core/diff/diff.ts'
import { createLineComparison } from '../../../../../../shared/core/diff/lines/lineComparison.ts'
import { diffLines } from '../../../../../../shared/core/diff/lines/diffLines.ts'
import { isEqualJson } from '../../../../../../shared/core/diff/jsonShape.ts'
import type { Json } from '../../../../../../shared/schema/json.ts'
import { arbitraryEdits, editedPair } from '../../../../../properties/arbitraryEdits.ts'

const layout: Layout = { lines: true, of: { run: { lines: true, of: { rows: { lines: true }, parts: { lines: true } } } } } // oxfmt-ignore

function bytesOf(run: Json): Buffer {
  return Buffer.from(`${writeCanonical({ format: 'x', run }, layout)}\n`)
}

function byLines(before: Json, after: Json, without: readonly string[] = []) {
  return diffLines(bytesOf(before), bytesOf(after), { tools: lineTools, within: 'run', without })
}

/** With so much that is the same that the lines of any rows help. */
function make(rows: Json): Json {
  return { rows, parts: { same: 'x'.repeat(30_000) } }
}

/** Enough that is the same for the lines to help. */
const rest = Array.from({ length: 200 }, (_, index) => ({ id: index, text: `row ${index}` }))

function rowsWith(change: (rows: Json[]) => void) {
  const rows: Json[] = [...rest]
  change(rows)
  return { rows, parts: { one: 1, two: { a: [1] }, three: 'x' } }
}

function unlike(said: string, ids: readonly number[]): Json {
  return {
    rows: ids.map((id) => ({ id: `r${id}`, text: longText(id), said })),
    parts: Object.fromEntries(
      ids.map((id) => [`p ${id}`, { text: longText(id), said, '"': [said] }]),
    ),
  }
}

function longText(id: number): string {
  return `${id * 7919} `.repeat(400)
}

function inOrder(changes: readonly Change[] = []): readonly Change[] {
  return changes.toSorted((one, next) => (one.path < next.path ? -1 : 1))
}

function windowOf(bytes: Buffer) {
  return { bytes, at: 0, end: bytes.length, isLast: true }
}

describe('diffLines', () => {
  it('[D28] says the same as comparing the parsed documents', () => {
    const before = rowsWith(() => undefined)
    const after = rowsWith((rows) => {
      rows[3] = { id: 3, text: 'edited' }
      rows.splice(50, 1)
      rows.splice(70, 0, { id: 'new', text: 'ü🚀' })
      rows.push(...rows.splice(120, 1))
    })
    const found = byLines(before, after)
    expect(found).toEqual(diff(before, after))
    expect(found?.counts).toEqual({ added: 1, removed: 1, changed: 1, moved: 1 })
  })

  it('[D28] the last line of a block has no comma: one more behind it is one change', () => {
    const before = rowsWith(() => undefined)
    const after = rowsWith((rows) => rows.push({ id: 'last' }))
    const found = byLines(before, after)
    expect(found?.changes).toEqual([{ kind: 'added', path: '/rows/200', after: { id: 'last' } }])
  })

  it('[D29] keys that are left out are not looked at', () => {
    const before = rowsWith(() => undefined)
    const after = { ...rowsWith((rows) => rows.pop()), parts: {} }
    expect(byLines(before, after, ['rows'])?.changes.map(({ path }) => path)).toEqual([
      '/parts/one',
      '/parts/two',
      '/parts/three',
    ])
  })

  it('[D30] where too much differs it is left to comparing the parsed documents', () => {
    const before = rowsWith(() => undefined)
    const after = rowsWith((rows) => rows.forEach((_, index) => (rows[index] = { id: -index - 1 })))
    expect(byLines(before, after)).toBe(null)
  })

  describe('of texts of which every line differs', () => {
    const ids = Array.from({ length: 2200 }, (_, id) => id)
    const before = unlike('one', ids)

    it.each([
      ['nothing else', ids],
      ['the last are gone', ids.slice(0, -3)],
      ['more are at the end', [...ids, 9001, 9002]],
    ])('[D28] what stands side by side is compared at once: %s', (_, later) => {
      const after = unlike('other', later)
      const found = byLines(before, after)
      expect(inOrder(found?.changes)).toEqual(inOrder(diff(before, after).changes))
      expect(isEqualJson(applyDiff(before, found?.changes ?? []), after)).toBe(true)
      expect(found?.counts.changed).toBe(Math.min(later.length, ids.length) * 3)
    })

    it.each([
      ['came in the middle', [...ids.slice(0, 1000), 9001, ...ids.slice(1000)]],
      ['went', ids.filter((id) => id !== 7)],
      ['moved', [...ids.slice(1), 0]],
    ])('[D30] where something %s, it is left to comparing the parsed documents', (_, later) => {
      expect(byLines(before, unlike('other', later))).toBe(null)
    })

    it('[D30] [D73] and where one of them cannot be read', () => {
      const after = bytesOf(unlike('other', ids))
      const [one, other] = [bytesOf(before), Buffer.from(after)]
      other.write('}', after.indexOf(',"said"', after.indexOf('"r7"')))
      expect(diffLines(one, other, { tools: lineTools, within: 'run' })).toBe(null)
    })
  })

  it.each([
    ['spaces', '{\n  "run": {\n    "a": 1\n  }\n}\n'],
    ['all on one line', '{"run":{"a":1}}'],
    ['no such key', '{\n"other": {\n"a": 1\n}\n}\n'],
    ['nothing', ''],
    ['more closed than open', '}\n{\n'],
  ])('[D30] a text of another layout is left to it too: %s', (_, text) => {
    const bytes = Buffer.from(text)
    expect(diffLines(bytes, bytes, { tools: lineTools, within: 'run' })).toBe(null)
  })

  it('[D73] whatever byte of a text is damaged, reading its lines ends and throws nothing', () => {
    const rows = Array.from({ length: 4 }, (_, id) => ({ id, text: `row ${id}` }))
    const before = bytesOf({ first: 1, rows, parts: { one: 1, two: { a: [1] } }, last: [] })
    const steps = new Set<string>()
    for (let at = 0; at < before.length; at += 1)
      for (const damage of ['"', ',', '}', ']', '\n', '\\', '\u0001']) {
        const after = Buffer.from(before)
        after.write(damage, at)
        const sizeBytes = 2 * before.length
        const comparison = createLineComparison({ tools: lineTools, within: 'run', sizeBytes })
        steps.add(comparison.advance({ before: windowOf(before), after: windowOf(after) }))
      }
    expect([...steps].toSorted()).toEqual(['on', 'unfit'])
  })

  it('[D28] what it finds makes the later of random pairs of the earlier one', () => {
    let helped = 0
    fc.assert(
      fc.property(arbitraryEdits, (edits) => {
        const { before, after } = editedPair(edits)
        const [one, other] = [before, after].map((random): Json => ({ random, rows: rest }))
        const found = byLines(one ?? null, other ?? null)
        if (found === null) return
        helped += 1
        const made = applyDiff(one ?? null, found.changes)
        if (!isEqualJson(made, other ?? null)) expect(isDeepStrictEqual(made, other)).toBe(true)
      }),
      { seed: 20260104, numRuns: 1000 },
    )
    expect(helped).toBeGreaterThan(900)
  })

  it('[D28] what it finds in lists of lines makes the later one', () => {
    const steps = fc.array(fc.tuple(fc.nat(3), fc.nat(200), fc.nat(200)), { maxLength: 12 })
    fc.assert(
      fc.property(steps, fc.boolean(), (edits, isKeyed) => {
        const before: Json[] = isKeyed ? [...rest] : rest.map(({ id }) => (id % 3 ? id % 7 : null))
        const after = [...before]
        for (const [kind, at, to] of edits) {
          const place = at % after.length
          if (kind === 0) after.splice(place, 1)
          if (kind === 1) after.splice(to % after.length, 0, ...after.splice(place, 1))
          if (kind === 2) after.splice(place, 0, isKeyed ? { id: `n${at}-${to}` } : to)
          if (kind === 3) after[place] = isKeyed ? { id: place, text: `e${to}` } : [to]
        }
        const found = byLines(make(before), make(after))
        expect(found).not.toBe(null)
        expect(applyDiff(make(before), found?.changes ?? [])).toEqual(make(after))
      }),
      { seed: 20260104, numRuns: 300 },
    )
  })
})
