import { describe, expect, test } from 'vitest'
import { createTextRoom } from '../../../../electron/store/textRoom.ts'

describe('room for texts', () => {
  test('[T124] gives the bytes of what was added since it was cleared, at any size', () => {
    const room = createTextRoom()
    const texts = [
      '',
      'a',
      'ü\u{1f6e0}\u{d800}',
      'x'.repeat(5000),
      '\u{4e16}'.repeat(9000),
      'y'.repeat(600_000),
    ]
    for (const text of [...texts, ...texts.toReversed(), ...texts]) {
      room.clear()
      room.add('before')
      const start = room.sizeBytes()
      room.add(text)

      expect(room.bytes(start).equals(Buffer.from(text))).toBe(true)
      expect(room.bytes().equals(Buffer.from(`before${text}`))).toBe(true)
      expect(room.bytes().byteLength).toBe(room.sizeBytes())
    }
  })
})
