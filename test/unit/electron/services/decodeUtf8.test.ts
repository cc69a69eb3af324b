import { describe, expect, test } from 'vitest'
import { decodeUtf8, wholeCharacters } from '../../../../electron/services/decodeUtf8.ts'
import { sliceOf, sliceText } from '../../../../electron/services/sliceText.ts'

const bytes = (...values: number[]) => Uint8Array.from(values)

describe('text of bytes', () => {
  test('[F11] bytes that no text can be made of are told with their size', () => {
    expect(decodeUtf8(new Uint8Array(513 * 1024 * 1024))).toMatchObject({
      offset: 0,
      problem: expect.stringContaining('It has 538 MB, and at most 537 MB can be read at once.'),
    })
  })

  test('[F8] bytes that are not UTF-8 are told with the first bad byte', () => {
    expect(decodeUtf8(new TextEncoder().encode('é€😀'))).toEqual({ text: 'é€😀' })
    expect(decodeUtf8(bytes(0x61, 0x62, 0xff, 0x63))).toMatchObject({ offset: 2 })
    expect(decodeUtf8(bytes(0x61, 0xc3))).toMatchObject({ offset: 2 })
    expect(decodeUtf8(bytes(0xef, 0xbb, 0xbf, 0x7b))).toEqual({ text: '\ufeff{' })
  })

  test('a slice never cuts a character in two, and the next one goes on where it ended', () => {
    const text = 'aé€😀z'
    const size = new TextEncoder().encode(text).length
    for (let limitBytes = 4; limitBytes <= size; limitBytes++) {
      let read = ''
      for (let offset: number | null = 0; offset !== null;) {
        const slice = sliceText(text, { offset, limitBytes })
        expect(slice.sizeBytes).toBe(size)
        read += slice.text
        offset = slice.nextOffset
      }
      expect(read).toBe(text)
    }
  })

  test('a damaged end is shown, not waited for', () => {
    const damaged = bytes(0x61, 0xe2, 0x82)
    expect(wholeCharacters(damaged)).toBe(1)
    expect(sliceOf({ bytes: damaged, sizeBytes: 3 }, 0)).toEqual({
      text: 'a\ufffd',
      offset: 0,
      nextOffset: null,
      sizeBytes: 3,
    })
  })
})
