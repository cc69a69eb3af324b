// What was found in the workspace lately, so that a list costs what changed since, not what is there.
import { neverCancelled, throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { readRowFacts, type RowFacts } from './rowFacts.ts'

/** Kept by the host for its workspace; the file system stays the truth. */
export type RunIndex = {
  /** Entries by path, as of the last sweep and the changes told since; null before the first. */
  entries: Map<string, Entry> | null
  sweptAtMs: number
  sweepMs: number
  /** Runs that changed since they were looked at. */
  readonly changed: Set<RunId>
  /** Something changed, and nobody said what. */
  isStale: boolean
  /** A sweep under way: whoever asks meanwhile waits for it. */
  refreshing: Promise<void> | null
  /** What was read of each document, by its path; valid while the entry's stamp is the same. */
  readonly facts: Map<string, KnownFacts>
  /** How many facts were read since the cache was saved. */
  unsaved: number
  readonly cache: IndexCache | null
}

/** Where facts outlive the host. A cache that fails is none: `load` gives nothing, `save` is tried again later. */
export type IndexCache = {
  readonly load: () => Promise<readonly (readonly [document: string, known: KnownFacts])[]>
  readonly save: (facts: readonly (readonly [string, KnownFacts])[]) => Promise<void>
}

export type KnownFacts = {
  readonly stamp: string
  readonly readAtMs: number
  readonly facts: RowFacts
}

export function createRunIndex(cache: IndexCache | null = null): RunIndex {
  return {
    entries: null,
    sweptAtMs: 0,
    sweepMs: 0,
    changed: new Set(),
    isStale: false,
    refreshing: null,
    facts: new Map(),
    unsaved: 0,
    cache,
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

/** Entries of the workspace; only the one document where a single file was opened. */
export async function listEntries(
  context: ServiceContext,
  options: { readonly signal: CancelSignal },
): Promise<readonly Entry[]> {
  const { index, workspace } = context
  index.refreshing ??= refresh(context).finally(() => {
    index.refreshing = null
  })
  await index.refreshing
  throwIfCancelled(options.signal, 'Listing the runs')
  const entries = [...(index.entries?.values() ?? [])]
  const only = workspace.document
  if (only === null) return entries
  const found = entries.filter((entry) => entry.document === only)
  return found.length > 0 ? found : [await namedEntry(context, only)]
}

/** A file that a person opened by name is listed whatever it is called. */
async function namedEntry({ store, now }: ServiceContext, document: string): Promise<Entry> {
  const { sizeBytes } = await store.readSlice(document, { offset: 0, limitBytes: 1 })
  const modifiedAt = now()
  const stamp = `${sizeBytes} ${modifiedAt}`
  return { document, run: null, kind: 'document', sizeBytes, modifiedAt, stamp, problem: null }
}

/** Facts of an entry, from memory while its files, its lock and its processes cannot have changed. */
export async function factsOf(
  context: ServiceContext,
  entry: Entry,
  held: ReadonlySet<RunId>,
): Promise<RowFacts> {
  const { index } = context
  const known = index.facts.get(entry.document)
  const isHeld = entry.run !== null && held.has(entry.run)
  if (known?.stamp === entry.stamp && known.facts.isSettled && !isHeld) return known.facts
  return readFacts(context, entry)
}

/** Facts whose words tell an age that is still right: read again when they are older than a minute. */
export async function freshFactsOf(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  const known = context.index.facts.get(entry.document)
  const isFresh = known !== undefined && nowMs(context) - known.readAtMs < wordsLastMs
  return isFresh && known.stamp === entry.stamp ? known.facts : readFacts(context, entry)
}

const wordsLastMs = 60_000

async function readFacts(context: ServiceContext, entry: Entry): Promise<RowFacts> {
  const readAtMs = nowMs(context)
  const facts = await readRowFacts(context, entry)
  context.index.facts.set(entry.document, { stamp: entry.stamp, readAtMs, facts })
  context.index.unsaved += 1
  return facts
}

/**
 * A workspace that is swept quickly is swept for every list. A large one is swept in at most a twentieth of the time; in
 * between, the runs of which a change was told are looked at one by one.
 */
async function refresh(context: ServiceContext): Promise<void> {
  const { index } = context
  if (!isSweepSpared(context)) return sweep(context)
  const runs = [...index.changed]
  index.changed.clear()
  for (const run of runs) await lookAt(context, run)
}

const quickMs = 50
const sweepShare = 20

function isSweepSpared(context: ServiceContext): boolean {
  const { entries, isStale, sweepMs, sweptAtMs, changed } = context.index
  if (entries === null || isStale || sweepMs < quickMs || changed.size > 100) return false
  const ageMs = nowMs(context) - sweptAtMs
  return ageMs >= 0 && ageMs < sweepMs * sweepShare
}

async function sweep(context: ServiceContext): Promise<void> {
  const { index, store } = context
  const startMs = nowMs(context)
  // Before the sweep: what changes while it goes on is looked at again.
  index.isStale = false
  index.changed.clear()
  const [entries, known] = await Promise.all([
    store.list({ signal: neverCancelled }),
    index.entries === null ? index.cache?.load() : [],
  ])
  for (const [document, facts] of known ?? [])
    if (!index.facts.has(document)) index.facts.set(document, facts)
  index.entries = new Map(entries.map((entry) => [entry.document, entry]))
  for (const document of index.facts.keys())
    if (!index.entries.has(document)) index.facts.delete(document)
  index.sweptAtMs = nowMs(context)
  index.sweepMs = index.sweptAtMs - startMs
}

/** Saves what was read, where it is worth reading again: a small workspace is read as quickly as its cache. */
export async function saveIndex({ index }: Pick<ServiceContext, 'index'>): Promise<void> {
  if (index.cache === null || index.unsaved === 0 || index.facts.size < worthSaving) return
  const settled = [...index.facts].filter(([, { facts }]) => facts.isSettled)
  index.unsaved = 0
  await index.cache.save(settled)
}

const worthSaving = 200

async function lookAt(context: ServiceContext, run: RunId): Promise<void> {
  const { index, store } = context
  const entry = await store.entry(run)
  if (entry === null) index.entries?.delete(store.layout.head(run))
  else index.entries?.set(entry.document, entry)
}

function nowMs(context: ServiceContext): number {
  return Date.parse(context.now())
}
