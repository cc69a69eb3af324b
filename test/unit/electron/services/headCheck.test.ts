import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createHeadCheck } from '../../../../electron/services/headCheck.ts'
import { checksumStart } from '../../../../shared/core/codec/encodeHead.ts'
import { headStart } from '../../../../shared/schema/headWords.ts'

const last = { seq: 3, sum: 'abc' }
const covered = Buffer.from(
  `${headStart}{},\n"run": {\n"a": "ü🚀€",\n"journal": {"seq":3,"sum":"abc"}\n}`,
)

function headOf(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.from(`${checksumStart}${hash('sha256', bytes)}"\n}\n`)])
}

function isSound(head: Buffer, { pieceBytes = 7, record = last } = {}): boolean {
  const check = createHeadCheck(head.byteLength, record)
  for (let at = 0; at < head.byteLength; at += pieceBytes)
    check.onPiece(head.subarray(at, at + pieceBytes))
  return check.isSound()
}

describe('createHeadCheck', () => {
  it.each([1, 2, 3, 5, 64, 4096])(
    '[D71] a whole head is sound, in pieces of %i bytes',
    (pieceBytes) => {
      expect(isSound(headOf(covered), { pieceBytes })).toBe(true)
    },
  )

  it('[D71] no byte of it may be another', () => {
    const head = headOf(covered)
    for (let at = 0; at < head.byteLength; at += 1) {
      const changed = Buffer.from(head)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(isSound(changed)).toBe(false)
    }
  })

  it('[D71] not a head that is no UTF-8, that was cut, or that ends with another record', () => {
    const broken = Buffer.from(covered)
    broken[broken.indexOf('🚀')] = 0x80
    expect(isSound(headOf(broken), { pieceBytes: 4096 })).toBe(false)
    expect(isSound(headOf(broken))).toBe(false)
    expect(isSound(headOf(covered).subarray(0, -1))).toBe(false)
    expect(isSound(headOf(covered), { record: { seq: 4, sum: 'abc' } })).toBe(false)
  })
})
