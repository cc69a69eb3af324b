// The journal of a run from both of its ends: what lies between is read when somebody looks for it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { JournalLine } from '../../shared/contract/reading.ts'
import { createReader } from './createReader.ts'
import { paced } from './paced.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type HistoryFilter = { readonly step: string | null; readonly type: string | null }

/** Lines newest first; `gap` stands for those between the ends that were not read yet. */
export type HistoryEntry =
  | { readonly kind: 'line'; readonly line: JournalLine }
  | { readonly kind: 'gap'; readonly bytes: number }

export type HistoryEnds = {
  readonly newest: readonly JournalLine[]
  /** Newest first, too. */
  readonly oldest: readonly JournalLine[]
  /** Bytes between the two that were not looked at. */
  readonly gapFrom: number
  readonly gapTo: number
  readonly sizeBytes: number
}

export type HistoryState = {
  readonly filter: HistoryFilter
  readonly ends: Remote<HistoryEnds>
  readonly isReading: boolean
  readonly open: () => () => void
  readonly show: (filter: HistoryFilter) => void
  /** Reads on into the gap, from its newer or its older side. */
  readonly readOn: (side: 'newer' | 'older') => Promise<void>
  readonly refresh: () => Promise<void>
}
export type HistoryStore = StoreApi<HistoryState>

type Page = CallOutput<'run.records'>

export function createHistoryStore(client: Client, ref: Ref): HistoryStore {
  return createStore<HistoryState>()((set, get) => {
    const read = (descending: boolean, from: number | null) => {
      const { step, type } = get().filter
      const types = type === null ? null : [type]
      return client.call('run.records', { ref, descending, from, step, types, limit: pageSize })
    }
    /** What is read changes what is known when it arrives; of another filter by then it is not shown. */
    const reading = (work: () => Promise<(known: HistoryEnds | null) => HistoryEnds>) =>
      async function readEnds() {
        const { filter } = get()
        set({ isReading: true })
        try {
          const change = await work()
          const { ends } = get()
          if (filter !== get().filter) return
          set({ ends: ready(change(ends.kind === 'ready' ? ends.value : null)), isReading: false })
        } catch (error) {
          if (filter === get().filter) set({ ends: failed(get().ends, error), isReading: false })
        }
      }
    const refresh = createReader(
      reading(async () => {
        const isFirst = get().ends.kind !== 'ready'
        const [newest, oldest] = await Promise.all([
          read(true, null),
          isFirst ? read(false, null) : null,
        ])
        return (known) => {
          if (oldest !== null || known === null) return endsOf(newest, oldest)
          return withNewest(known, newest)
        }
      }),
    )
    return {
      filter: { step: null, type: null },
      ends: loading,
      isReading: false,
      refresh,
      open: () => {
        const again = paced(refresh)
        const stop = client.on('run.progressed', ({ run }) => {
          if (run === ref.document) again()
        })
        void refresh()
        return stop
      },
      show: (filter) => {
        set({ filter, ends: loading })
        void refresh()
      },
      readOn: async (side) => {
        const { ends, isReading } = get()
        if (ends.kind !== 'ready' || isReading || ends.value.gapFrom >= ends.value.gapTo) return
        const { gapFrom, gapTo } = ends.value
        const isDown = side === 'newer'
        await reading(async () => {
          const page = await read(isDown, isDown ? gapTo : gapFrom)
          return (known) => {
            if (known === null) return ends.value
            // Meanwhile the gap became another one: what was read belongs to no side of it.
            if (known.gapFrom !== gapFrom || known.gapTo !== gapTo) return known
            return isDown ? addNewer(known, page) : addOlder(known, page)
          }
        })()
      },
    }
  })
}

const pageSize = 100

/** All that is shown, newest first. */
export function entriesOf(ends: HistoryEnds): readonly HistoryEntry[] {
  const bytes = ends.gapTo - ends.gapFrom
  const gap: readonly HistoryEntry[] = bytes > 0 ? [{ kind: 'gap', bytes }] : []
  return [...ends.newest.map(asEntry), ...gap, ...ends.oldest.map(asEntry)]
}

function asEntry(line: JournalLine): HistoryEntry {
  return { kind: 'line', line }
}

function endsOf(newest: Page, oldest: Page | null): HistoryEnds {
  const { sizeBytes } = newest
  const start = { newest: newest.lines, oldest: [], gapFrom: 0, gapTo: newest.next ?? 0, sizeBytes }
  return oldest === null ? start : addOlder(start, oldest)
}

function addNewer(ends: HistoryEnds, page: Page): HistoryEnds {
  const fresh = page.lines.filter(({ offset }) => offset >= ends.gapFrom)
  const gapTo = Math.max(ends.gapFrom, page.next ?? 0)
  return { ...ends, newest: [...ends.newest, ...fresh], gapTo }
}

function addOlder(ends: HistoryEnds, page: Page): HistoryEnds {
  const fresh = page.lines.filter(({ offset }) => offset < ends.gapTo).toReversed()
  const gapFrom = Math.min(ends.gapTo, page.next ?? page.sizeBytes)
  return { ...ends, oldest: [...fresh, ...ends.oldest], gapFrom }
}

/** What came since stands on top; where more came than one page holds, or the file is another one, the middle is a gap again. */
function withNewest(ends: HistoryEnds, page: Page): HistoryEnds {
  const { sizeBytes, lines } = page
  if (sizeBytes === ends.sizeBytes) return ends
  const reaches = page.next ?? 0
  if (sizeBytes < ends.sizeBytes) {
    return { newest: lines, oldest: [], gapFrom: 0, gapTo: reaches, sizeBytes }
  }
  if (reaches > ends.sizeBytes) {
    const oldest = ends.gapFrom < ends.gapTo ? ends.oldest : [...ends.newest, ...ends.oldest]
    const gapFrom = ends.gapFrom < ends.gapTo ? ends.gapFrom : ends.sizeBytes
    return { newest: lines, oldest, gapFrom, gapTo: reaches, sizeBytes }
  }
  // A line that was being written then is whole by now: it is read again.
  const first = ends.newest[0]
  const isCut = first?.kind === 'flaw'
  const kept = isCut ? ends.newest.slice(1) : ends.newest
  const from = isCut ? first.offset : ends.sizeBytes
  return { ...ends, newest: [...lines.filter(({ offset }) => offset >= from), ...kept], sizeBytes }
}
