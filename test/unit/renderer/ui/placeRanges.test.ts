import { describe, expect, test } from 'vitest'
import { lineAtOffset, placeRanges } from '../../../../renderer/ui/placeRanges.ts'
import type { DamageRange } from '../../../../shared/core/repair/repairPlan.ts'

function range(given: Partial<DamageRange>): DamageRange {
  const what = { file: 'journal', kind: 'broken', fix: null, sentence: 'damaged' } as const
  return { ...what, offset: 0, sizeBytes: 1, ...given }
}

/** A window on a file of these bytes. */
function windowOf(bytes: Uint8Array, offset = 0, end = bytes.byteLength) {
  const text = new TextDecoder().decode(bytes.subarray(offset, end))
  const sizeBytes = bytes.byteLength
  return { text, offset, nextOffset: end === sizeBytes ? null : end, sizeBytes }
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

function shown(window: ReturnType<typeof windowOf>, ranges: readonly DamageRange[]) {
  const lines = window.text.split('\n')
  return placeRanges(window, ranges).map(({ line, start, end }) => [
    line,
    (lines[line] ?? '').slice(start, end),
    start,
  ])
}

describe('placeRanges', () => {
  test('[R97] a range is the very characters of its bytes, behind letters of several bytes', () => {
    const bytes = bytesOf('"ü€😀": bad,\n"x"')
    const offset = bytesOf('"ü€😀": ').byteLength
    expect(shown(windowOf(bytes), [range({ offset, sizeBytes: 3 })])).toEqual([[0, 'bad', 8]])
  })

  test('[R97] one over several lines is marked in each of them, without their ends', () => {
    const bytes = bytesOf('one\ntwo\nthree\n')
    expect(shown(windowOf(bytes), [range({ offset: 1, sizeBytes: 8 })])).toEqual([
      [0, 'ne', 1],
      [1, 'two', 0],
      [2, 't', 0],
    ])
  })

  test('[R97] bytes that are no UTF-8 stand for one character each', () => {
    const bytes = Uint8Array.from([0x22, 0xff, 0xfe, 0x22, 0x20, 0x62, 0x61, 0x64])
    expect(shown(windowOf(bytes), [range({ offset: 5, sizeBytes: 3 })])).toEqual([[0, 'bad', 5]])
  })

  test('[F361] in UTF-16 every character has two bytes', () => {
    const bytes = Buffer.from('\ufeff{"ü":\nbad}', 'utf16le')
    const text = '\ufeff{"ü":\nbad}'
    const window = { text, offset: 0, nextOffset: null, sizeBytes: bytes.length }
    const written = { encoding: 'utf-16le' }
    const damaged = range({ offset: bytes.indexOf('b'), sizeBytes: 6 })
    expect(placeRanges({ ...window, written }, [damaged])).toEqual([
      { range: damaged, line: 1, start: 0, end: 3 },
    ])
    expect(lineAtOffset({ ...window, written }, damaged.offset)).toBe(1)
  })

  test('[R97] a window inside the file shows the part of a range that stands in it', () => {
    const bytes = bytesOf(`${'a'.repeat(100)}${'\0'.repeat(50)}b`)
    const wiped = range({ offset: 100, sizeBytes: 50, kind: 'wiped' })
    expect(shown(windowOf(bytes, 120, 130), [wiped])).toEqual([[0, '\0'.repeat(10), 0]])
    expect(shown(windowOf(bytes, 0, 90), [wiped])).toEqual([])
  })

  test('[R97] a cut at the very end stands at the end of the last line', () => {
    const cut = range({ offset: 4, sizeBytes: 0, kind: 'cut' })
    expect(shown(windowOf(bytesOf('one\n')), [cut])).toEqual([[0, '', 3]])
    expect(shown(windowOf(bytesOf('oned')), [cut])).toEqual([[0, '', 4]])
  })

  test('[R97] what leaves the file with the rest is told by its first line, not marked', () => {
    const bytes = bytesOf('one\ntwo\nthree')
    expect(shown(windowOf(bytes), [range({ offset: 4, sizeBytes: 9, kind: 'goes' })])).toEqual([])
    expect(lineAtOffset(windowOf(bytes), 4)).toBe(1)
    expect(lineAtOffset(windowOf(bytes, 0, 3), 8)).toBeNull()
  })
})
