// Makes rows of heads that are written as this version writes them; of any other nothing is said.
import { errorFingerprint } from '../../../shared/core/diagnose/errorFingerprint.ts'
import type { Timestamp } from '../../../shared/schema/json.ts'
import type { RunHeads } from '../../store/sweepPart.ts'
import { createHeadReasons } from './headReasons.ts'
import type { TextCode } from './pooledTexts.ts'
import type { RowTable } from './rowTable.ts'

/** Makes the row of one of the heads. False where all of the summary has to be looked at. */
export type HeadRowMaker = (heads: RunHeads, index: number) => boolean

/** `now` is the same for all runs. */
export function createHeadRows(rows: RowTable, now: Timestamp): HeadRowMaker {
  const reasons = createHeadReasons(rows, now)
  const errors = createHeadErrors(rows)
  const readAtMs = Date.parse(now)
  let of: RunHeads | null = null
  let bytes = bufferOf(new Uint8Array())
  return (heads, index) => {
    const { lines, journalSizes } = heads
    if (of !== heads) {
      of = heads
      bytes = bufferOf(heads.bytes)
    }
    if (lines.isTold[index] !== 1 || journalSizes[index] !== lines.journalBytes[index]) return false
    const reason = reasons(heads, bytes, index)
    if (reason === null) return false
    return rows.add({ heads, index, reason, error: errors(heads, bytes, index), readAtMs })
  }
}

function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}

/** Many runs fail alike: what they have in common is found once. */
function createHeadErrors(
  rows: RowTable,
): (heads: RunHeads, bytes: Buffer, index: number) => TextCode {
  const known = new Map<string, TextCode>()
  return ({ lines }, bytes, index) => {
    const textAt = (places: Uint32Array): string | null => {
      const to = places[index * 2 + 1] ?? 0
      return to === 0 ? null : bytes.toString('utf8', places[index * 2], to)
    }
    const message = textAt(lines.error)
    if (message === null) return 0
    const [step, name] = [textAt(lines.step), textAt(lines.errorName)]
    const key = `${step ?? '\n'}\n${name ?? '\n'}\n${message}`
    const code = known.get(key) ?? rows.intern(errorFingerprint({ step, name, message }))
    if (known.size > errorsKept) known.clear()
    known.set(key, code)
    return code
  }
}

const errorsKept = 4096
