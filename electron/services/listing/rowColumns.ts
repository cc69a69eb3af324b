// A row as numbers in the columns, and back.
import { RunRow } from '../../../shared/contract/runs.ts'
import type { BatchFacts } from '../../../shared/core/batch/whyNot.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { invariant } from '../../../shared/assert.ts'
import type { RunMarks } from '../../../shared/schema/head.ts'
import { FormatId } from '../../../shared/schema/format.ts'
import { flags, type Columns } from './columns.ts'
import type { DocumentCode } from './documentCodes.ts'
import { sinceAt } from './rowNumbers.ts'
import type { ToldColumn } from './sortKeys.ts'
import { stampNumber, type RowState, type TableRow } from './tableRow.ts'
import type { TextPool } from './textPool.ts'
import { joinTags, splitTags } from './tagText.ts'
import { timeKey, timeText } from './timeKey.ts'
import type { ViewFacts } from './views.ts'

export type Pools = { readonly texts: TextPool; readonly paths: TextPool }

export type PutRow = {
  readonly place: number
  readonly given: TableRow
  readonly document: DocumentCode
}

/** Writes a row to its place. Returns the columns by which rows are sorted that have another value now. */
export function putRow(
  columns: Columns,
  { texts }: Pools,
  { place: at, given, document }: PutRow,
): readonly ToldColumn[] {
  const { row } = given
  const changed: ToldColumn[] = []
  const since = sinceAt(columns, at)
  const sorted = (column: Exclude<ToldColumn, 'since' | 'status'>, value: number): void => {
    if (!Object.is(columns[column][at], value)) changed.push(column)
    columns[column][at] = value
  }
  sorted('id', texts.internUnique(row.id))
  sorted('workflow', texts.intern(row.workflow))
  const shown = texts.intern(shownStatus(row))
  if (columns.shown[at] !== shown) changed.push('status')
  columns.shown[at] = shown
  columns.status[at] = texts.intern(row.status)
  sorted('createdAt', timeKey(row.createdAt))
  sorted('updatedAt', timeKey(row.updatedAt))
  sorted('sizeBytes', row.sizeBytes)
  sorted('attempts', row.attempts)
  columns.document[at] = document
  columns.reference[at] =
    row.ref.document === row.id ? (columns.id[at] ?? 0) : texts.internUnique(row.ref.document)
  columns.format[at] = texts.intern(row.ref.format)
  columns.version[at] = texts.intern(row.version)
  columns.health[at] = texts.intern(row.health)
  columns.liveness[at] = texts.intern(row.liveness)
  columns.rule[at] = texts.intern(row.reason.rule)
  columns.sentence[at] = texts.internUnique(row.reason.sentence)
  columns.severity[at] = texts.intern(row.reason.severity)
  columns.step[at] = texts.intern(row.step)
  columns.label[at] = texts.intern(row.format)
  columns.owner[at] = texts.intern(row.owner)
  columns.parent[at] = texts.intern(row.parent)
  columns.error[at] = texts.intern(row.error ?? null)
  columns.colour[at] = texts.intern(row.marks?.colour ?? null)
  columns.tag[at] = texts.intern(joinTags(row.marks?.tags ?? []))
  columns.note[at] = texts.intern(row.marks?.note ?? null)
  columns.finishedAt[at] = timeKey(row.finishedAt)
  if (!Object.is(sinceAt(columns, at), since)) changed.push('since')
  columns.checkpoints[at] = row.checkpoints
  columns.stepsDone[at] = row.stepsDone
  columns.stepsTotal[at] = row.stepsTotal
  columns.readAtMs[at] = given.readAtMs
  columns.stamp[at] = stampNumber(given.stamp)
  columns.flags[at] = flagsOf(given)
  return changed
}

function flagsOf({ isRun, isVerified, isSettled, isExact, row }: TableRow): number {
  return (
    flags.live |
    (isRun ? flags.run : 0) |
    (row.ref.format === 'unstuck' ? flags.native : 0) |
    (row.pinned ? flags.pinned : 0) |
    (row.archived === true ? flags.archived : 0) |
    (isVerified ? flags.verified : 0) |
    (isSettled ? flags.settled : 0) |
    (isExact ? flags.exact : 0)
  )
}

/** The row at a place, without what took its own place. */
export function rowAt(columns: Columns, { texts }: Pools, at: number): TableRow['row'] {
  const text = (codes: Int32Array): string | null => texts.textOf(codes[at] ?? 0)
  const word = (codes: Int32Array): string => text(codes) ?? ''
  const number = (values: Float64Array): number => values[at] ?? 0
  const { shape } = RunRow
  return {
    ref: {
      format: oneOf(FormatId.options, word(columns.format)),
      document: word(columns.reference),
    },
    id: word(columns.id),
    workflow: text(columns.workflow),
    version: text(columns.version),
    status: text(columns.status),
    health: oneOf(shape.health.options, word(columns.health)),
    liveness: oneOf(shape.liveness.options, word(columns.liveness)),
    reason: {
      rule: word(columns.rule),
      sentence: word(columns.sentence),
      severity: oneOf(shape.reason.shape.severity.options, word(columns.severity)),
    },
    step: text(columns.step),
    stepsDone: number(columns.stepsDone),
    stepsTotal: number(columns.stepsTotal),
    createdAt: timeText(number(columns.createdAt)),
    updatedAt: timeText(number(columns.updatedAt)),
    finishedAt: timeText(number(columns.finishedAt)),
    attempts: number(columns.attempts),
    checkpoints: number(columns.checkpoints),
    sizeBytes: number(columns.sizeBytes),
    format: word(columns.label),
    owner: text(columns.owner),
    parent: parentOf(columns, text(columns.parent), at),
    pinned: ((columns.flags[at] ?? 0) & flags.pinned) !== 0,
    ...(((columns.flags[at] ?? 0) & flags.archived) === 0 ? {} : { archived: true }),
    ...(columns.error[at] === 0 ? {} : { error: text(columns.error) }),
    ...marksOf({
      colour: text(columns.colour),
      tags: [...splitTags(text(columns.tag))],
      note: text(columns.note),
    }),
  }
}

function marksOf(marks: RunMarks): Pick<RunRow, 'marks'> {
  const { colour, tags, note } = marks
  return colour === null && note === null && tags.length === 0 ? {} : { marks }
}

/** Of a document it is its own key, and of an imported run that of its document: neither is a run. */
function parentOf(columns: Columns, parent: string | null, at: number): string | null {
  const isRun = ((columns.flags[at] ?? 0) & flags.run) !== 0
  return isRun && parent?.includes(' ') !== true ? parent : null
}

/** What decides in which views the row at a place stands. */
export function viewFactsAt(
  columns: Columns,
  { texts }: Pools,
  at: number,
): Omit<ViewFacts, 'supersededBy'> {
  const word = (codes: Int32Array): string => texts.textOf(codes[at] ?? 0) ?? ''
  const { shape } = RunRow
  return {
    status: texts.textOf(columns.status[at] ?? 0),
    health: oneOf(shape.health.options, word(columns.health)),
    liveness: oneOf(shape.liveness.options, word(columns.liveness)),
    reason: { severity: oneOf(shape.reason.shape.severity.options, word(columns.severity)) },
  }
}

export type ListedFacts = Omit<BatchFacts, 'health'> & Pick<RunRow, 'health' | 'sizeBytes'>

export function batchFactsAt(columns: Columns, pools: Pools, at: number): ListedFacts {
  const { texts } = pools
  const state = columns.flags[at] ?? 0
  const { status, health, liveness } = viewFactsAt(columns, pools, at)
  return {
    format: oneOf(FormatId.options, texts.textOf(columns.format[at] ?? 0) ?? ''),
    status,
    health,
    liveness,
    archived: (state & flags.archived) !== 0,
    pinned: (state & flags.pinned) !== 0,
    locked: (columns.owner[at] ?? 0) !== 0,
    sizeBytes: columns.sizeBytes[at] ?? 0,
  }
}

export type CleanupFacts = ListedFacts &
  Pick<
    RunRow,
    'id' | 'workflow' | 'parent' | 'createdAt' | 'updatedAt' | 'finishedAt' | 'checkpoints'
  >

/** What decides whether a run may be cleaned up. */
export function cleanupFactsAt(columns: Columns, pools: Pools, at: number): CleanupFacts {
  const text = (codes: Int32Array): string | null => pools.texts.textOf(codes[at] ?? 0)
  return {
    ...batchFactsAt(columns, pools, at),
    id: text(columns.id) ?? '',
    workflow: text(columns.workflow),
    parent: text(columns.parent),
    createdAt: timeText(columns.createdAt[at] ?? 0),
    updatedAt: timeText(columns.updatedAt[at] ?? 0),
    finishedAt: timeText(columns.finishedAt[at] ?? 0),
    checkpoints: columns.checkpoints[at] ?? 0,
  }
}

export function stateAt(columns: Columns, at: number): RowState {
  const state = columns.flags[at] ?? 0
  return {
    readAtMs: columns.readAtMs[at] ?? 0,
    isVerified: (state & flags.verified) !== 0,
    isSettled: (state & flags.settled) !== 0,
    isExact: (state & flags.exact) !== 0,
    isRun: (state & flags.run) !== 0,
  }
}

function oneOf<T extends string>(options: readonly T[], word: string): T {
  const found = options.find((option) => option === word)
  invariant(found !== undefined, `"${word}" came into the table, and it is none of its words.`)
  return found
}
