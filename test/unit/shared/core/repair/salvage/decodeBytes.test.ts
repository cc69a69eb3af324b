import { expect, test } from 'vitest'
import { decodeBytes } from '../../../../../../shared/core/repair/salvage/decodeBytes.ts'

/** What a platform says of them; null where it refuses them. */
function decodedByPlatform(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** The first bytes at each bound of UTF-8, and what may follow them. */
const firsts = [
  0x00, 0x7f, 0x80, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3,
  0xf4, 0xf5, 0xff,
]
const nexts = [0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0]

test('[R33] bytes are UTF-8 exactly where a platform says so, and the same text', () => {
  const wrong: string[] = []
  for (const first of firsts)
    for (const second of nexts)
      for (const last of [0x80, 0xbf, 0x41])
        for (const length of [1, 2, 3, 4]) {
          const bytes = Uint8Array.of(...[first, second, last, last].slice(0, length), 0x22)
          const { text, hasEscapedBytes } = decodeBytes(bytes)
          const expected = decodedByPlatform(bytes)
          if (hasEscapedBytes ? expected !== null : expected !== text)
            wrong.push(Buffer.from(bytes).toString('hex'))
        }
  expect(wrong).toEqual([])
})

test('[R33] a byte that is none stands as a unit of its own, and those behind it are read', () => {
  expect(decodeBytes(Uint8Array.of(0xc3, 0x22, 0xe2, 0x82, 0xc3, 0xa9))).toEqual({
    text: '\uDCC3"\uDCE2\uDC82é',
    hasEscapedBytes: true,
    encoding: 'utf-8',
  })
})

test.each([8191, 8192, 8193, 16_384, 20_000])(
  '[R33] [R51] a text of %i characters is whole, whatever stands at the end of a block',
  (length) => {
    for (const tail of ['', 'é', '漢', '😀', '😀😀']) {
      const text = `[${'x'.repeat(length - 1)}${tail}`
      expect(decodeBytes(Buffer.from(text)).text === text).toBe(true)
      const wide = `\uFEFF["${text}`
      const { text: read, hasEscapedBytes } = decodeBytes(Buffer.from(wide, 'utf16le'))
      expect([read === wide, hasEscapedBytes]).toEqual([true, false])
    }
  },
)

test.each([
  ['half a pair', '["\uD83D"]', '["\uDC81"]'],
  ['half a pair at the end', '["\uD83D', '["\uDC81'],
  ['the other half', '["\uDE00"]', '["\uDC81"]'],
  ['two halves in the wrong order', '["\uDE00\uD83D"]', '["\uDC81\uDC81"]'],
  ['two first halves', '["\uD83D\uD83D\uDE00"]', '["\uDC81😀"]'],
])('[R52] %s of UTF-16 is no character', (_, text, expected) => {
  for (const isBig of [false, true]) {
    const bytes = Buffer.from(text, 'utf16le')
    const { text: read, hasEscapedBytes } = decodeBytes(isBig ? bytes.swap16() : bytes)
    expect({ read, hasEscapedBytes }).toEqual({ read: expected, hasEscapedBytes: true })
  }
})

test('[R52] half a unit at the end is no character, and a zero is one', () => {
  const wide = Buffer.from('[1]', 'utf16le')
  const end = (byte: number) => decodeBytes(Buffer.concat([wide, Uint8Array.of(byte)]))
  expect(end(0x31)).toEqual({ text: '[1]\uDC81', hasEscapedBytes: true, encoding: 'utf-16le' })
  expect(end(0)).toEqual({ text: '[1]\0', hasEscapedBytes: false, encoding: 'utf-16le' })
})
