// What was found in the workspace lately, so that a list costs what changed since, not what is there.
import { setImmediate as turn } from 'node:timers/promises'
import { neverCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { Thinning } from '../../shared/core/cleanup/planCleanup.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { createStampTable, type StampTable } from '../store/stampTable.ts'
import type { ServiceContext } from './context.ts'
import { firstPageOf } from './listing/shownRows.ts'
import { createRowTable, type RowTable } from './listing/rowTable.ts'
import type { IndexCache } from './listing/savedIndex.ts'
import { createTryMemory, type TryMemory } from './listing/tryMemory.ts'
import { createStateSearches, type StateSearches } from './listing/stateVerdicts.ts'

/** Kept by the host for its workspace; the file system stays the truth. */
export type RunIndex = {
  rows: RowTable
  /** The files as the last sweep found them. */
  stamps: StampTable
  hasSwept: boolean
  /** What was said of unknown documents when their rows were made; null: the rows may be of any time. */
  mappings: string | null
  /** The one document that was opened has a name under which sweeps find it. */
  isNameListed: boolean
  sweptAtMs: number
  sweepMs: number
  /** Documents of unsettled rows that the last refresh has read, so that the list need not do it again. */
  justRead: ReadonlySet<string>
  /** Runs that changed since they were looked at. */
  readonly changed: Set<RunId>
  /** Something changed, and nobody said what. */
  isStale: boolean
  /** A refresh under way: whoever asks meanwhile waits for it. */
  refreshing: Promise<void> | null
  /** Told how many rows there are, while the files are listed for the first time. */
  readonly listeners: Set<(listed: number) => void>
  /** Lists that are being answered: what has time waits for them. */
  asking: number
  /** Monotonic: when a list was answered last. */
  askedAtMs: number
  /** The check of rows of which only the start was read; null before the first. */
  checking: Promise<void> | null
  isChecking: boolean
  /** A defect that ended the check: told with the next list. */
  checkFailure: unknown
  isClosed: boolean
  /** How many rows changed since the cache was saved. */
  unsaved: number
  savedAtMs: number
  saving: Promise<void> | null
  readonly cache: IndexCache | null
  /** Bytes of logs, reports and backups, by the stamp of their run. */
  readonly beside: Map<RunId, { readonly stamp: string; readonly bytes: number }>
  /** What thinning would do, by the stamp of the run and the policy. */
  readonly thinnings: Map<RunId, { readonly of: string; readonly thinning: Thinning }>
  /** What was found in the state of runs lately. */
  readonly searches: StateSearches
  /** What was done with runs that had failed. */
  readonly tries: TryMemory
}

export function createRunIndex(cache: IndexCache | null = null): RunIndex {
  return {
    rows: createRowTable(),
    stamps: createStampTable(),
    hasSwept: false,
    mappings: null,
    isNameListed: false,
    sweptAtMs: 0,
    sweepMs: 0,
    justRead: new Set(),
    changed: new Set(),
    isStale: false,
    refreshing: null,
    listeners: new Set(),
    asking: 0,
    askedAtMs: -Infinity,
    checking: null,
    isChecking: false,
    checkFailure: null,
    isClosed: false,
    unsaved: 0,
    savedAtMs: 0,
    saving: null,
    cache,
    beside: new Map(),
    thinnings: new Map(),
    searches: createStateSearches(),
    tries: createTryMemory(),
  }
}

/** Says that runs changed; null: any. */
export function markChanged(index: RunIndex, runs: readonly string[] | null): void {
  if (runs === null) {
    index.isStale = true
    return
  }
  for (const text of runs) {
    const run = RunId.safeParse(text)
    if (run.success) index.changed.add(run.data)
    else index.isStale = true
  }
}

/** Aborted once the index is closed. */
export function closing(index: RunIndex): CancelSignal {
  return {
    ...neverCancelled,
    get aborted() {
      return index.isClosed
    },
  }
}

/** Called last, while the store is still open: ends what goes on by itself, and saves what was read. */
export async function saveIndex(context: Pick<ServiceContext, SavedFrom>): Promise<void> {
  const { index } = context
  index.isClosed = true
  await Promise.allSettled([index.refreshing, index.checking, index.saving])
  if (index.unsaved > 0) await save(context)
}

type SavedFrom = 'index' | 'workspace' | 'now'

/** Saves a large workspace while it is open, now and then; whoever lists does not wait for it. */
export function saveSoon(context: Pick<ServiceContext, SavedFrom>): void {
  const { index, now } = context
  const atMs = Date.parse(now())
  const isDue = index.unsaved > Math.max(worthSaving, index.rows.size() / 100)
  if (!isDue || index.saving !== null || index.isClosed || !index.hasSwept) return
  if (atMs - index.savedAtMs < saveEveryMs) return
  index.savedAtMs = atMs
  // The answer goes out first. A cache that cannot be written is none: it is tried again later, and told of at the end.
  index.saving = Promise.allSettled([turn().then(() => save(context))]).then(endSaving)
  function endSaving(): void {
    index.saving = null
  }
}

/** A small workspace is read as quickly as its cache. */
const worthSaving = 200
const saveEveryMs = 60_000

async function save(context: Pick<ServiceContext, SavedFrom>): Promise<void> {
  const { index } = context
  if (index.cache === null || index.rows.size() < worthSaving || !index.hasSwept) return
  const { unsaved, rows, stamps } = index
  await index.cache.save({ rows, stamps }, firstPageOf(context))
  index.unsaved -= unsaved
}
