// The row of a run that was told by its head alone, from the bytes of the head to numbers in the columns.
import { errorFingerprint } from '../../../shared/core/diagnose/errorFingerprint.ts'
import { flags, type Columns } from './columns.ts'
import type { DocumentCode } from './documentCodes.ts'
import type { HeadLine } from './headLine.ts'
import type { TextPlace } from './lineReader.ts'
import type { TextCode } from './pooledTexts.ts'
import type { Pools } from './rowColumns.ts'

export type HeadRow = {
  readonly document: string
  readonly sizeBytes: number
  readonly stamp: number
  readonly line: HeadLine
  /** What the places of the line are in. */
  readonly bytes: Uint8Array
  /** The reason's sentence as it is told now. */
  readonly sentence: string
  readonly readAtMs: number
}

/** Says the same as `putRow` of what `toTableRow` makes of the entry and its summary. */
export function putHeadRow(
  columns: Columns,
  { texts }: Pools,
  given: { readonly place: number; readonly row: HeadRow; readonly document: DocumentCode },
): void {
  const { place: at, row, document } = given
  const { line, bytes } = row
  const textAt = ({ from, to }: TextPlace): TextCode =>
    from === -1 ? 0 : texts.internBytes({ bytes, from, to })
  columns.document[at] = document
  columns.id[at] = textAt(line.id)
  columns.reference[at] = columns.id[at] ?? 0
  columns.workflow[at] = textAt(line.workflow)
  columns.version[at] = textAt(line.version)
  columns.status[at] = textAt(line.status)
  columns.step[at] = textAt(line.step)
  columns.rule[at] = textAt(line.rule)
  columns.severity[at] = textAt(line.severity)
  columns.sentence[at] = texts.internUnique(row.sentence)
  columns.error[at] = texts.intern(fingerprintOf(row))
  putSameOfAll(columns, texts, at)
  columns.createdAt[at] = line.createdAt
  columns.updatedAt[at] = line.updatedAt
  columns.finishedAt[at] = line.finishedAt
  columns.sizeBytes[at] = row.sizeBytes
  columns.attempts[at] = line.attempts
  columns.checkpoints[at] = line.checkpoints
  columns.stepsDone[at] = line.stepsDone
  columns.stepsTotal[at] = line.stepsTotal
  columns.readAtMs[at] = row.readAtMs
  columns.stamp[at] = row.stamp
  columns.flags[at] = toldByHead | (line.pinned ? flags.pinned : 0)
}

function fingerprintOf({ line, bytes }: HeadRow): string | null {
  const textAt = ({ from, to }: TextPlace): string | null =>
    from === -1 ? null : Buffer.from(bytes.buffer, bytes.byteOffset).toString('latin1', from, to)
  const message = textAt(line.error)
  if (message === null) return null
  return errorFingerprint({ step: textAt(line.step), name: textAt(line.errorName), message })
}

function putSameOfAll(columns: Columns, texts: Pools['texts'], at: number): void {
  columns.format[at] = texts.intern('unstuck')
  columns.label[at] = texts.intern('Unstuck')
  columns.health[at] = texts.intern('ok')
  columns.liveness[at] = texts.intern('none')
  columns.owner[at] = 0
  columns.colour[at] = 0
  columns.tag[at] = 0
  columns.note[at] = 0
  columns.parent[at] = 0
  columns.views[at] = 0
}

const toldByHead = flags.live | flags.run | flags.native | flags.settled | flags.exact
