// Brings the rows up to date with the files.
import { neverCancelled, throwIfCancelled, type CancelSignal } from '../../../shared/cancel.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { createStampTable } from '../../store/stampTable.ts'
import type { Entry } from '../../store/store.ts'
import type { SweepPart } from '../../store/sweepPart.ts'
import type { ServiceContext } from '../context.ts'
import { foreignFormatIds } from '../../../shared/core/formats/format.ts'
import { closing, type RunIndex } from '../runIndex.ts'
import { readMappings } from '../readMappings.ts'
import { createTouchedFiles } from './besideRows.ts'
import { documentEntry, readAtOnce, readWhole } from './readEntries.ts'
import { summaryBytes } from './summaryFacts.ts'
import { createChanges } from './takeChanges.ts'

/**
 * Brings the rows up to date with the files. A workspace that is swept quickly is swept for every list. A large one is swept
 * in at most a twentieth of the time; in between, the runs of which a change was told are looked at one by one.
 */
export async function refreshRows(context: ServiceContext, signal: CancelSignal): Promise<void> {
  const { index } = context
  index.refreshing ??= refresh(context).finally(() => {
    index.refreshing = null
  })
  await index.refreshing
  throwIfCancelled(signal, 'Listing the runs')
}

async function refresh(context: ServiceContext): Promise<void> {
  const { index } = context
  if (!index.hasSwept) await load(index)
  if (isSweepSpared(context)) await lookAtChanged(context)
  else await sweep(context)
  if (index.rows.isBloated()) index.rows = index.rows.compact()
}

async function load(index: RunIndex): Promise<void> {
  const saved = await index.cache?.load()
  if (saved === null || saved === undefined) return
  index.rows = saved.rows
  index.stamps = saved.stamps
}

const quickMs = 50
/** Few files take longer only where the machine is busy, or the disk far away. */
const quickOfFewMs = 500
const fewRows = 200
const sweepShare = 20
const lookedAtMost = 100

function isSweepSpared(context: ServiceContext): boolean {
  const { hasSwept, isStale, sweepMs, sweptAtMs, changed, rows } = context.index
  const isQuick = sweepMs < (rows.size() < fewRows ? quickOfFewMs : quickMs)
  if (!hasSwept || isStale || isQuick || changed.size > lookedAtMost) return false
  const ageMs = nowMs(context) - sweptAtMs
  return ageMs >= 0 && ageMs < sweepMs * sweepShare
}

async function sweep(context: ServiceContext): Promise<void> {
  const { index, store } = context
  const startMs = nowMs(context)
  // Before the sweep: what changes while it goes on is looked at again.
  index.isStale = false
  index.changed.clear()
  const taking = createTaking(context)
  try {
    await store.sweep(index.stamps, {
      signal: neverCancelled,
      take: taking.take,
      ...(context.workspace.document === null ? { startBytes: summaryBytes } : {}),
    })
    index.sweptAtMs = nowMs(context)
    index.sweepMs = index.sweptAtMs - startMs - taking.tookMs()
    await taking.end()
    index.rows.prepareFind()
    index.hasSwept = true
  } catch (error) {
    // What had changed is not known yet: the next question looks again, however soon it comes.
    index.isStale = true
    if (!taking.hasBegun()) throw error
    // The table of stamps may have what was not read: all files count as new, and rows that are there are kept.
    index.stamps = createStampTable()
    index.hasSwept = false
    throw error
  }
}

type Taking = {
  readonly take: (part: SweepPart) => Promise<void>
  readonly end: () => Promise<void>
  readonly hasBegun: () => boolean
  readonly tookMs: () => number
}

/** Makes rows of what a sweep tells, while it goes on. */
function createTaking(context: ServiceContext): Taking {
  const { index, workspace } = context
  const changes = createChanges(context)
  const only = workspace.document
  let tookMs = 0
  let hasBegun = false
  const left = new Set<string>()
  const touched = createTouchedFiles()
  return {
    take: async ({ changed, removed, heads }) => {
      hasBegun = true
      const startMs = nowMs(context)
      for (const document of removed) {
        noteLeft(index, left, document)
        touched.noteRemoved(document)
        index.rows.remove(document)
      }
      for (const { document, run } of changed) if (run === null) noteLeft(index, left, document)
      index.unsaved += removed.length
      touched.note(changed)
      await changes.take(only === null ? changed : onlyNamed(index, changed, only))
      if (heads !== null) await changes.takeHeads(heads)
      tookMs += nowMs(context) - startMs
      if (!index.hasSwept) for (const tell of index.listeners) tell(index.rows.size())
    },
    end: async () => {
      hasBegun = true
      if (only !== null && !index.isNameListed)
        await changes.take([await namedEntry(context, only)])
      await changes.end()
      await readRowsWhole(context, partsIn(index, left), closing(index))
      await rereadBeside(context, touched.rowsBeside(index.rows))
      await rereadUnknown(context)
    },
    hasBegun: () => hasBegun,
    tookMs: () => tookMs,
  }
}

/** Their documents are as they were. Of many, what is more than a list waits for is read when there is time. */
async function rereadBeside(context: ServiceContext, places: readonly number[]): Promise<void> {
  const { rows } = context.index
  await readRowsWhole(context, places.slice(0, readAtOnce), closing(context.index))
  for (const place of places.slice(readAtOnce)) {
    const { supersededBy: _, ...row } = rows.rowAt(place)
    const [document, stamp] = [rows.documentAt(place), rows.stampAt(place)]
    rows.upsert({ document, row, stamp, ...rows.stateAt(place), isVerified: false })
  }
}

/** [F246] Their files are as they were: that a person said more of them since is in the settings alone. */
async function rereadUnknown(context: ServiceContext): Promise<void> {
  const { index, store } = context
  const before = index.mappings
  const now = JSON.stringify(await readMappings(store))
  if (now === before) return
  const isFirst = before === null && now === '[]'
  if (!isFirst) await readRowsWhole(context, unknownIn(index), closing(index))
  index.mappings = now
}

function unknownIn({ rows }: RunIndex): readonly number[] {
  return [...rows.places({ column: 'id', descending: false })].filter((place) => {
    const { ref, health } = rows.rowAt(place)
    return ref.format === 'unknown' && health !== 'temporary'
  })
}

/** Folders in which a document of another engine changed or went: what it was ahead of may be the last one now. */
function noteLeft({ rows }: RunIndex, left: Set<string>, document: string): void {
  const place = rows.placeOf(document)
  if (place !== -1 && isForeign.has(rows.rowAt(place).ref.format)) left.add(folderOf(document))
}

function partsIn({ rows }: RunIndex, folders: ReadonlySet<string>): readonly number[] {
  if (folders.size === 0) return []
  return [...rows.places({ column: 'id', descending: false })].filter(
    (place) => folders.has(folderOf(rows.documentAt(place))) && rows.rowAt(place).health === 'part',
  )
}

function folderOf(document: string): string {
  return document.slice(0, document.lastIndexOf('/') + 1)
}

const isForeign: ReadonlySet<string> = new Set([...foreignFormatIds, 'unknown'])

/** Only the one document where a single file was opened; a person named it, so it is listed whatever it is called. */
function onlyNamed(index: RunIndex, changed: readonly Entry[], only: string): readonly Entry[] {
  const found = changed.filter(({ document }) => document === only)
  if (found.length > 0) index.isNameListed = true
  return found
}

async function namedEntry({ store, now }: ServiceContext, document: string): Promise<Entry> {
  const { sizeBytes } = await store.readSlice(document, { offset: 0, limitBytes: 1 })
  const modifiedAt = now()
  const file = { sizeBytes, modifiedAt, stamp: `${sizeBytes} ${modifiedAt}`, problem: null }
  return { document, run: null, kind: 'document', archived: false, ...file }
}

async function lookAtChanged(context: ServiceContext): Promise<void> {
  const { changed } = context.index
  // Those of this moment: a run that never rests would keep the list waiting for ever.
  const told = [...changed]
  for (const run of told) {
    // Before it is looked at: what changes meanwhile is looked at again.
    changed.delete(run)
    try {
      await lookAt(context, run)
    } catch (error) {
      changed.add(run)
      throw error
    }
  }
}

async function lookAt(context: ServiceContext, run: RunId): Promise<void> {
  const { index, store, workspace } = context
  const entry = await store.entry(run)
  if (entry === null) index.rows.remove(store.layout.head(run))
  else if (workspace.document === null || workspace.document === entry.document) {
    const changes = createChanges(context)
    await changes.take([entry])
    await changes.end()
  }
}

/** Reads all of these rows' documents, as they are now. */
export async function readRowsWhole(
  context: ServiceContext,
  places: readonly number[],
  signal: CancelSignal,
): Promise<void> {
  const { index } = context
  const found = await Promise.all(places.map((place) => entryAt(context, place)))
  await readWhole(
    context,
    found.filter((entry) => entry !== null),
    { rows: index.rows, signal },
  )
  index.unsaved += places.length
}

/** Null when it is gone: the next sweep takes its row away. */
async function entryAt(context: ServiceContext, place: number): Promise<Entry | null> {
  const { index, store } = context
  const document = index.rows.documentAt(place)
  if (index.rows.stateAt(place).isRun) {
    const run = RunId.parse(document.slice(document.lastIndexOf('/') + 1).replace(/\.json$/, ''))
    const entry = await store.entry(run)
    return entry?.document === document ? entry : null
  }
  return documentEntry(index.rows, place, context.now())
}

export function nowMs(context: Pick<ServiceContext, 'now'>): number {
  return Date.parse(context.now())
}
