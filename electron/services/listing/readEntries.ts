// Makes rows of entries: of a few by reading all of them, of many runs by the start of each head.
import { type CancelSignal, throwIfCancelled } from '../../../shared/cancel.ts'
import { mapBounded } from '../../../shared/mapBounded.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { Entry } from '../../store/store.ts'
import type { RunHeads } from '../../store/sweepPart.ts'
import type { ServiceContext } from '../context.ts'
import { createFolderMemory } from '../folderMemory.ts'
import { readRowFacts } from '../rowFacts.ts'
import { createHeadRows, type HeadRowMaker } from './headRows.ts'
import type { RowTable } from './rowTable.ts'
import { summaryBytes, summaryFacts } from './summaryFacts.ts'
import { toTableRow } from './toTableRow.ts'

export type ReadOptions = {
  readonly rows: RowTable
  /** Runs that somebody holds: what is said of them is not in their files alone. */
  readonly held: ReadonlySet<RunId>
  readonly signal: CancelSignal
}

/** More than these are told by the start of their heads, until all of each is read when there is time for it. */
export const readAtOnce = 200
const startsAtOnce = 1000

/** Takes entries part by part. Whether they are told by their starts shows when there are many. */
export type EntryReader = {
  readonly take: (entries: readonly Entry[]) => Promise<void>
  readonly takeHeads: (heads: RunHeads) => void
  /** Makes the rows that are still to be made; gives the entries of which all was read. */
  readonly end: () => Promise<readonly Entry[]>
}

export function createEntryReader(context: ServiceContext, options: ReadOptions): EntryReader {
  const { rows, held, signal } = options
  const whole: Entry[] = []
  const pieces: Promise<Starts>[] = []
  let waiting: Entry[] = []
  let isMany = false
  // What is told of all of them is told of one moment.
  const makers = createMakers(context, rows)

  /** Rows are made of them at once. */
  function takeHeads(heads: RunHeads): void {
    for (let index = 0; index < heads.count; index++) takeHead(heads, index)
  }

  function takeHead(heads: RunHeads, index: number): void {
    const isHeld = held.size > 0 && held.has(heads.runAt(index))
    if (!isHeld && makers.makeHeadRow(heads, index)) return
    const entry = heads.entryAt(index)
    const start = heads.bytes.subarray(heads.from[index], heads.to[index])
    if (!isToldByStart(entry, held) || !makers.makeRow(entry, start)) whole.push(entry)
  }

  function takeEntry(entry: Entry): void {
    const told = isToldByStart(entry, held) ? waiting : whole
    told.push(entry)
  }

  async function takeOldest(): Promise<void> {
    throwIfCancelled(signal, 'Listing the runs')
    const starts = await pieces.shift()
    if (starts !== undefined) whole.push(...takeStarts(context, starts, rows))
  }

  /** The next ones are read, on another thread where there is one, while rows are made of these. */
  async function ask(entries: readonly Entry[]): Promise<void> {
    const piece = readPiece(context, entries)
    // Whoever takes it is told of its failure; until then nobody has to be.
    piece.catch(() => undefined)
    pieces.push(piece)
    if (pieces.length > piecesAhead) await takeOldest()
  }

  async function askWaiting(): Promise<void> {
    const entries = waiting
    waiting = []
    for (let from = 0; from < entries.length; from += startsAtOnce)
      await ask(entries.slice(from, from + startsAtOnce))
  }

  return {
    takeHeads: (heads) => {
      isMany ||= waiting.length + whole.length + heads.count > readAtOnce
      if (isMany) takeHeads(heads)
      else for (let index = 0; index < heads.count; index++) takeEntry(heads.entryAt(index))
    },
    take: async (entries) => {
      for (const entry of entries) takeEntry(entry)
      isMany ||= waiting.length + whole.length > readAtOnce
      if (isMany && waiting.length >= startsAtOnce) await askWaiting()
    },
    end: async () => {
      if (isMany) await askWaiting()
      while (pieces.length > 0) await takeOldest()
      const left = [...whole, ...waiting]
      await readWhole(context, left, options)
      return left
    },
  }
}

/** Reads all of each entry's files. */
export async function readWhole(
  context: ServiceContext,
  entries: readonly Entry[],
  { rows, signal }: Pick<ReadOptions, 'rows' | 'signal'>,
): Promise<void> {
  const folders = createFolderMemory(context.store)
  const read = async (entry: Entry): Promise<readonly string[]> => {
    throwIfCancelled(signal, 'Listing the runs')
    const readAtMs = Date.parse(context.now())
    const facts = await readRowFacts(context, entry, folders)
    if (facts === null) return []
    rows.upsert(toTableRow(entry, facts, { readAtMs, isVerified: true, isExact: true }))
    return facts.behind ?? []
  }
  const behind = (await mapBounded(entries, 16, read)).flat()
  // Their own files are as they were: that another document is ahead of them now is known by that one alone.
  const left = [...new Set(behind)].flatMap((document) => rowOfRun(context, rows, document) ?? [])
  await mapBounded(left, 16, read)
}

/** The entry of a document whose row still stands among the runs; null for any other. */
function rowOfRun(
  { now }: Pick<ServiceContext, 'now'>,
  rows: RowTable,
  document: string,
): Entry | null {
  const place = rows.placeOf(document)
  if (place === -1 || rows.rowAt(place).health === 'part') return null
  return documentEntry(rows, place, now())
}

/** The entry of a document that is no run of its own format, as its row has it. */
export function documentEntry(rows: RowTable, place: number, now: string): Entry {
  const { health, sizeBytes, updatedAt } = rows.rowAt(place)
  const kind = health === 'temporary' ? 'temporary' : 'document'
  const modifiedAt = updatedAt ?? now
  const file = { sizeBytes, modifiedAt, stamp: rows.stampAt(place), problem: null }
  return { document: rows.documentAt(place), run: null, kind, archived: false, ...file }
}

function isToldByStart({ run, kind, problem }: Entry, held: ReadonlySet<RunId>): boolean {
  return run !== null && kind === 'run' && problem === null && !held.has(run)
}

type Starts = {
  readonly entries: readonly Entry[]
  readonly starts: Awaited<ReturnType<ServiceContext['store']['readStarts']>>
}

async function readPiece({ store }: ServiceContext, entries: readonly Entry[]): Promise<Starts> {
  const documents = entries.map(({ document }) => document)
  return { entries, starts: await store.readStarts(documents, summaryBytes) }
}

const piecesAhead = 3

/** Makes rows; returns the entries whose heads do not tell enough. */
function takeStarts(
  context: Pick<ServiceContext, 'sha256' | 'now'>,
  { entries, starts }: Starts,
  rows: RowTable,
): readonly Entry[] {
  const { makeRow } = createMakers(context, rows)
  return entries.filter((entry, index) => {
    const start = starts[index]
    return start === undefined || 'problem' in start || !makeRow(entry, start.bytes)
  })
}

type Makers = {
  /** False, with nothing said, for a head that is not written as usual. */
  readonly makeHeadRow: HeadRowMaker
  /** False where the start of the head does not tell enough. */
  readonly makeRow: (entry: Entry, start: Uint8Array) => boolean
}

function createMakers(
  { sha256, now: clock }: Pick<ServiceContext, 'sha256' | 'now'>,
  rows: RowTable,
): Makers {
  const now = clock()
  const readAtMs = Date.parse(now)
  return {
    makeHeadRow: createHeadRows(rows, now),
    makeRow: (entry, start) => {
      const found = summaryFacts(entry, start, { sha256, now })
      if (found === null) return false
      const { facts, isExact } = found
      rows.upsert(toTableRow(entry, facts, { readAtMs, isVerified: false, isExact }))
      return true
    },
  }
}
