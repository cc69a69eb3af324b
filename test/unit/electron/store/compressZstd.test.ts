import { expect, test } from 'vitest'
import {
  compressFrame,
  decompressAll,
  decompressFrame,
  decompressStart,
  skippableFrame,
} from '../../../../electron/store/compressZstd.ts'
import { failureOf } from './storeFixtures.ts'

/** Words that differ, so that they do not become nothing. */
const content = Buffer.from(
  Array.from({ length: 30_000 }, (_, index) => `${index * 7919} `).join(''),
)

test('[T170] a frame that is cut, damaged or of another size than was noted gives nothing', async () => {
  const frame = await compressFrame(content)
  const damaged = Buffer.from(frame)
  damaged[frame.byteLength >> 1] = (damaged[frame.byteLength >> 1] ?? 0) ^ 0x10
  const sizeBytes = content.byteLength

  expect(Buffer.from((await decompressFrame(frame, sizeBytes)) ?? [])).toEqual(content)
  expect(await decompressFrame(frame.subarray(0, -9), sizeBytes)).toBeNull()
  expect(await decompressFrame(damaged, sizeBytes)).toBeNull()
  expect(await decompressFrame(frame, sizeBytes - 1)).toBeNull()
  expect(await decompressFrame(frame, sizeBytes + 1)).toBeNull()
  expect(await decompressFrame(Buffer.from('no frame'), sizeBytes)).toBeNull()
})

test('[T170] of damaged bytes the start is had, and the whole of them is refused with a reason', async () => {
  const bytes = Buffer.concat([skippableFrame(Buffer.from('row')), await compressFrame(content)])
  const cut = bytes.subarray(0, bytes.byteLength >> 1)

  const start = Buffer.from(await decompressStart(cut, 'a.jsonl.zst'))

  expect(start.byteLength).toBeGreaterThan(100_000)
  expect(start).toEqual(content.subarray(0, start.byteLength))
  expect(await failureOf(decompressAll(cut, 'a.jsonl.zst'))).toMatchObject({
    code: 'corrupt',
    message: expect.stringMatching(/^a\.jsonl\.zst is damaged: [a-z].*[^.]\.$/),
  })
  expect(Buffer.from(await decompressAll(bytes, 'a'))).toEqual(content)
})

test.each([
  ['no bytes', Buffer.alloc(0)],
  ['what was never compressed', Buffer.from('{"format": "unstuck"}')],
  ['a frame to be passed over that has no end', skippableFrame(Buffer.alloc(40)).subarray(0, 20)],
])('[T170] of %s nothing is had', async (_what, bytes) => {
  expect(await decompressStart(bytes, 'a')).toEqual(new Uint8Array())
})

test('[T170] what is small and would fill the memory is not decompressed, whole or in part', async () => {
  const bomb = await compressFrame(Buffer.alloc(17 * 1024 ** 2))
  const damaged = Buffer.concat([bomb, Buffer.from('x')])

  for (const attempt of [decompressAll(bomb, 'a.zst'), decompressStart(damaged, 'a.zst')])
    expect(await failureOf(attempt)).toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('would become more than 16777216'),
      details: { limitBytes: 16_777_216 },
    })
})
