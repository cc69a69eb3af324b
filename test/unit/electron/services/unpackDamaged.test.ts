import { gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unpackDamaged } from '../../../../electron/services/unpackDamaged.ts'

const text = JSON.stringify({ job: 'sync', steps: ['copy', 'verify', 'publish'], at: 7 })
const limit = 10_000

test.each([
  ['a.json.gz', gzipSync(text)],
  ['a.json.zst', zstdCompressSync(text)],
])(
  '[F360] %s cut at any byte, or with any byte changed, is a value, and never more than the limit',
  async (document, whole) => {
    expect(await unpackDamaged(document, whole, limit)).toMatchObject({ problem: null })
    for (let at = 0; at < whole.length; at += 1) {
      const cut = await unpackDamaged(document, whole.subarray(0, at), limit)
      // What was cut is a begin of what was there, or it is no compressed data any more.
      if (cut.packing !== null)
        expect(text.startsWith(Buffer.from(cut.bytes).toString())).toBe(true)
      const odd = Buffer.from(whole)
      odd[at] = (odd[at] ?? 0) ^ 0xff
      const flipped = await unpackDamaged(document, odd, limit)
      expect(flipped.bytes.byteLength).toBeLessThanOrEqual(limit)
    }
  },
)

test('[F360] a header with a name is passed over, and what would be too much is cut at the limit', async () => {
  const named = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
    Buffer.from('a.json\0'),
    gzipSync(text).subarray(10),
  ])
  named[named.length - 6] = 255 - (named[named.length - 6] ?? 0)
  const { bytes, isLossy } = await unpackDamaged('a.json.gz', named, limit)
  expect([Buffer.from(bytes).toString(), isLossy]).toEqual([text, true])
  const bomb = await unpackDamaged('b.json.gz', gzipSync(' '.repeat(1_000_000)), limit)
  expect(bomb.bytes.byteLength).toBe(limit)
})
