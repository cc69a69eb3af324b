import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { Difference, DiffOptions } from '../../shared/core/diff/diff.ts'
import { diffLines } from '../../shared/core/diff/lines/diffLines.ts'
import { headStart } from '../../shared/core/codec/summaryLine.ts'
import type { StoredRun } from '../store/store.ts'
import { lineTools } from './lineTools.ts'

/**
 * What differs between two runs as they are now, from the lines of their heads: of what is the same nothing is parsed. Null
 * where a head is not the whole truth about its run, or the lines do not help.
 */
export function compareHeads(
  left: StoredRun,
  right: StoredRun,
  options: DiffOptions & { readonly without: readonly string[] },
): Difference | null {
  const [one, other] = [soundHead(left), soundHead(right)]
  if (one === null || other === null) return null
  return diffLines(one, other, { ...options, tools: lineTools, within: 'run' })
}

/** The bytes of a head that was written whole, of this version, and that no record of the journal comes after. */
function soundHead({ head, journal }: StoredRun): Buffer | null {
  const last = journal?.records.at(-1)?.record
  if (head === null || journal === null || last === undefined || journal.flaws.length > 0)
    return null
  const bytes = Buffer.from(head.bytes.buffer, head.bytes.byteOffset, head.bytes.byteLength)
  if (!bytes.subarray(0, start.length).equals(start) || !isUtf8(bytes)) return null
  return fitsChecksum(bytes) && contains(bytes, last) ? bytes : null
}

const start = Buffer.from(headStart)

const checksumPattern = /^,\n"checksum": "sha256:([0-9a-f]{64})"\n\}\n$/

function fitsChecksum(bytes: Buffer): boolean {
  const from = bytes.lastIndexOf(',\n"checksum": ')
  const stated = checksumPattern.exec(bytes.toString('latin1', Math.max(from, 0)))
  return stated?.[1] === hash('sha256', bytes.subarray(0, Math.max(from, 0)))
}

/** Whether the run in the head ends with this record of the journal. */
function contains(bytes: Buffer, last: { readonly seq: number; readonly sum: string }): boolean {
  return bytes.lastIndexOf(`\n"journal": {"seq":${last.seq},"sum":"${last.sum}"}`) !== -1
}
