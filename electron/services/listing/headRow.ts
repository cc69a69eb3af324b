// The row of a run that was told by its head alone, from the bytes of the head to numbers in the columns.
import type { RunHeads } from '../../store/sweepPart.ts'
import { flags, type Columns } from './columns.ts'
import type { DocumentCode } from './documentCodes.ts'
import type { TextCode } from './pooledTexts.ts'
import type { TextPool } from './textPool.ts'

/** A head, and what is told of it beyond the words that stand in it. */
export type HeadRow = {
  readonly heads: RunHeads
  readonly index: number
  readonly reason: HeadReason
  /** What runs that failed alike have in common; 0 where it did not fail. */
  readonly error: TextCode
  readonly readAtMs: number
}

/** Why a run does not move, as it is told now. */
export type HeadReason = {
  readonly rule: TextCode
  readonly sentence: TextCode
  readonly severity: TextCode
  /** It was moving when its head was written: its words may say more once all of it is read. */
  readonly isGone: boolean
}

export type PutHeadRow = {
  readonly place: number
  readonly row: HeadRow
  readonly id: TextCode
  readonly document: DocumentCode
}

/** Says the same as `putRow` of what `toTableRow` makes of the entry and its summary. */
export function createHeadRowPutter(
  texts: TextPool,
): (columns: Columns, given: PutHeadRow) => void {
  const same = {
    format: texts.intern('unstuck'),
    label: texts.intern('Unstuck'),
    health: texts.intern('ok'),
    none: texts.intern('none'),
    interrupted: texts.intern('interrupted'),
  }
  const text: { bytes: Uint8Array; from: number; to: number } = {
    bytes: new Uint8Array(),
    from: 0,
    to: 0,
  }
  /** Many a row has the text of the one before. */
  const codeAt = (places: Uint32Array, index: number, likely: TextCode | undefined): TextCode => {
    text.from = places[index * 2] ?? 0
    text.to = places[index * 2 + 1] ?? 0
    return text.to === 0 ? 0 : texts.internBytes(text, likely ?? 0)
  }
  return (columns, { place: at, row, id, document }) => {
    const { heads, index, reason } = row
    const { lines } = heads
    text.bytes = heads.bytes
    columns.workflow[at] = codeAt(lines.workflow, index, columns.workflow[at - 1])
    columns.version[at] = codeAt(lines.version, index, columns.version[at - 1])
    columns.status[at] = codeAt(lines.status, index, columns.status[at - 1])
    columns.shown[at] = reason.isGone ? same.interrupted : (columns.status[at] ?? 0)
    columns.step[at] = codeAt(lines.step, index, columns.step[at - 1])
    columns.document[at] = document
    columns.id[at] = id
    columns.reference[at] = id
    columns.rule[at] = reason.rule
    columns.sentence[at] = reason.sentence
    columns.severity[at] = reason.severity
    columns.error[at] = row.error
    columns.format[at] = same.format
    columns.label[at] = same.label
    columns.health[at] = same.health
    columns.liveness[at] = reason.isGone ? same.interrupted : same.none
    columns.owner[at] = 0
    columns.colour[at] = 0
    columns.tag[at] = 0
    columns.note[at] = 0
    columns.parent[at] = 0
    columns.views[at] = 0
    columns.createdAt[at] = lines.createdAt[index] ?? 0
    columns.updatedAt[at] = lines.updatedAt[index] ?? 0
    columns.finishedAt[at] = lines.finishedAt[index] ?? 0
    columns.sizeBytes[at] = heads.sizes[index] ?? 0
    columns.attempts[at] = lines.attempts[index] ?? 0
    columns.checkpoints[at] = lines.checkpoints[index] ?? 0
    columns.stepsDone[at] = lines.stepsDone[index] ?? 0
    columns.stepsTotal[at] = lines.stepsTotal[index] ?? 0
    columns.readAtMs[at] = row.readAtMs
    columns.stamp[at] = heads.stamps[index] ?? 0
    const isPinned = lines.isPinned[index] === 1
    columns.flags[at] =
      toldByHead | (reason.isGone ? 0 : flags.exact) | (isPinned ? flags.pinned : 0)
  }
}

const toldByHead = flags.live | flags.run | flags.native | flags.settled
