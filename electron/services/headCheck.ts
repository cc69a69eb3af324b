import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { checksumStart } from '../../shared/core/codec/encodeHead.ts'
import { headStart } from '../../shared/schema/headWords.ts'

/** Looks at a head piece by piece: whether it was written whole, of this version, and contains a record as its last one. */
export type HeadCheck = {
  readonly onPiece: (piece: Buffer) => void
  /** Once all pieces were shown. */
  readonly isSound: () => boolean
}

export function createHeadCheck(
  sizeBytes: number,
  last: { readonly seq: number; readonly sum: string },
): HeadCheck {
  const hash = createHash('sha256')
  const text = createTextCheck()
  const coveredBytes = Math.max(0, sizeBytes - checksumBytes)
  let position = 0
  let start = Buffer.alloc(0)
  let tail = Buffer.alloc(0)
  return {
    onPiece: (piece) => {
      if (position < headStart.length)
        start = Buffer.concat([start, piece.subarray(0, headStart.length - position)])
      hash.update(piece.subarray(0, Math.max(0, coveredBytes - position)))
      text.onPiece(piece)
      position += piece.byteLength
      if (position > sizeBytes - tailBytes)
        tail = Buffer.concat([tail, piece.subarray(-tailBytes)]).subarray(-tailBytes)
    },
    isSound: () =>
      position === sizeBytes &&
      start.toString('latin1') === headStart &&
      text.isSound() &&
      tail.includes(`\n"journal": {"seq":${last.seq},"sum":"${last.sum}"}`) &&
      tail.toString('latin1', tail.byteLength - checksumBytes) ===
        `${checksumStart}${hash.digest('hex')}${checksumEnd}`,
  }
}

const checksumEnd = '"\n}\n'
const checksumBytes = checksumStart.length + 64 + checksumEnd.length

/** The place in the journal stands at the end of a run; what another version put beside the run is seldom longer. */
const tailBytes = 2 ** 16

/** Whether all bytes are UTF-8, also where a piece ends inside a character. */
function createTextCheck() {
  let isText = true
  let cut = Buffer.alloc(0)
  return {
    onPiece: (piece: Buffer): void => {
      const bytes = cut.byteLength === 0 ? piece : Buffer.concat([cut, piece])
      const to = lastStart(bytes)
      isText &&= isUtf8(bytes.subarray(0, to))
      cut = Buffer.from(bytes.subarray(to))
    },
    isSound: (): boolean => isText && cut.byteLength === 0,
  }
}

/** Where a character begins that may go on behind the bytes; its end where none does. */
function lastStart(bytes: Buffer): number {
  let at = bytes.byteLength - 1
  while (at > 0 && isContinuation(bytes[at])) at -= 1
  return (bytes[at] ?? 0) >= 0xc0 ? at : bytes.byteLength
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80
}
