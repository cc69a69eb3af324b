// What differs between two sides, page by page, and on demand what does not.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type {
  ChangeRow,
  CompareEffort,
  CompareSide,
  UnchangedRow,
} from '../../shared/contract/compare.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { StateNode } from '../../shared/contract/runReading.ts'
import type { ChangeCounts, ChangeKind } from '../../shared/core/diff/change.ts'
import { isAtOrBelow } from '../../shared/schema/pointer.ts'
import { createReader } from './createReader.ts'
import { readSlices } from './readSlices.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type CompareSides = { readonly left: CompareSide; readonly right: CompareSide }

export type CompareQuestion = {
  /** Only changes at or below this pointer are asked for. */
  readonly under: string
  /** Empty: every kind. */
  readonly kinds: readonly ChangeKind[]
  /** Without what differs only in ids, times, processes and folders. */
  readonly steady: boolean
  readonly effort: CompareEffort
  /** By what items of a list are told apart, where somebody chose it; null: by content. */
  readonly keys: readonly { readonly path: string; readonly key: string | null }[]
}

export type Comparison = {
  readonly changes: readonly ChangeRow[]
  readonly total: number
  readonly counts: ChangeCounts
  readonly isCoarse: boolean
  /** How many changes `steady` left out. */
  readonly byChance: number
  /** What follows the last change; null until that was read. */
  readonly unchangedAfter: readonly UnchangedRow[] | null
}

export type CompareState = {
  readonly question: CompareQuestion
  readonly comparison: Remote<Comparison>
  /** What the host does for the question; null: nothing. */
  readonly phase: 'reading' | 'comparing' | null
  /** By `unchangedId`: what is unchanged, where somebody wanted to see it. */
  readonly unchanged: ReadonlyMap<string, Remote<readonly StateNode[]>>
  readonly open: () => () => void
  readonly ask: (question: Partial<CompareQuestion>) => Promise<void>
  readonly cancel: () => void
  readonly readMore: () => Promise<void>
  readonly retry: () => Promise<void>
  /** Which change is at, above or below a path; null where it is none of the first thousands. */
  readonly find: (path: string) => Promise<number | null>
  readonly showUnchanged: (row: UnchangedRow) => Promise<void>
  readonly hideUnchanged: (row: UnchangedRow) => void
  /** A value whole, as JSON text; a change has only the start of a long one. */
  readonly readValue: (side: 'before' | 'after', change: ChangeRow) => Promise<string>
  /** The same as an RFC 6902 patch. */
  readonly readPatch: () => Promise<{ readonly text: string; readonly operations: number }>
}
export type CompareStore = StoreApi<CompareState>

export const pageSize = 100
/** So many unchanged values are shown of one place. */
export const maxUnchanged = 200

export function unchangedId({ path, start }: UnchangedRow): string {
  return `${start} ${path}`
}

export function createCompareStore(
  client: Client,
  sides: CompareSides,
  initial: Partial<CompareQuestion> = {},
): CompareStore {
  return createStore<CompareState>()((set, get) => {
    let running: AbortController | null = null
    const call = async (offset: number, controller: AbortController | null) => {
      const input = { ...sides, ...get().question, offset, limit: pageSize }
      const {
        coarse,
        byChance = 0,
        unchangedAfter = null,
        ...page
      } = await client.call(
        'checkpoint.compare',
        { ...input, kinds: [...input.kinds], keys: [...input.keys] },
        controller === null
          ? {}
          : {
              signal: controller.signal,
              onProgress: ({ phase }) => {
                if (running === controller) set({ phase })
              },
            },
      )
      return { ...page, isCoarse: coarse, byChance, unchangedAfter }
    }
    /** The newest question takes the place of the one before, whose answer nobody waits for. */
    const load = async () => {
      running?.abort()
      const controller = new AbortController()
      running = controller
      set({ phase: 'reading' })
      try {
        const comparison = await call(0, controller)
        if (running === controller) set({ comparison: ready(comparison), phase: null })
      } catch (error) {
        if (running === controller)
          set({ comparison: failed(get().comparison, error), phase: null })
      }
    }
    const readMore = createReader(async () => {
      const { comparison, question } = get()
      if (comparison.kind !== 'ready' || get().phase !== null) return
      const { changes, total } = comparison.value
      if (changes.length >= total) return
      try {
        const page = await call(changes.length, null)
        if (question !== get().question) return
        set({ comparison: ready({ ...page, changes: [...changes, ...page.changes] }) })
      } catch (error) {
        if (question === get().question) set({ comparison: failed(comparison, error) })
      }
    })
    const setUnchanged = (row: UnchangedRow, value: Remote<readonly StateNode[]> | null) => {
      const unchanged = new Map(get().unchanged)
      if (value === null) unchanged.delete(unchangedId(row))
      else unchanged.set(unchangedId(row), value)
      set({ unchanged })
    }
    return {
      question: { under: '', kinds: [], steady: false, effort: 'usual', keys: [], ...initial },
      comparison: loading,
      phase: null,
      unchanged: new Map(),
      open: () => {
        void load()
        return () => running?.abort()
      },
      ask: (question) => {
        set({ question: { ...get().question, ...question }, unchanged: new Map() })
        return load()
      },
      cancel: () => running?.abort(),
      readMore,
      retry: load,
      find: async (path) => {
        for (;;) {
          const { comparison } = get()
          if (comparison.kind !== 'ready') return null
          const { changes, total } = comparison.value
          const index = changes.findIndex((change) => isAbout(change, path))
          if (index !== -1) return index
          if (changes.length >= Math.min(total, maxSearched)) return null
          await readMore()
          const now = get().comparison
          if (now.kind === 'ready' && now.value.changes.length === changes.length) return null
        }
      },
      showUnchanged: async (row) => {
        if (get().unchanged.has(unchangedId(row))) return
        setUnchanged(row, loading)
        try {
          setUnchanged(row, ready(await readUnchanged(client, sides.right, row)))
        } catch (error) {
          setUnchanged(row, failed(loading, error))
        }
      },
      hideUnchanged: (row) => setUnchanged(row, null),
      readValue: (side, change) => {
        const pointer = side === 'before' ? (change.from ?? change.path) : change.path
        const at = side === 'before' ? sides.left : sides.right
        return readSlices((slice) => client.call('state.value', { ...at, pointer, ...slice }))
      },
      readPatch: async () => {
        let operations = 0
        const text = await readSlices(async (slice) => {
          const patch = await client.call('checkpoint.patch', {
            ...sides,
            ...slice,
            keys: [...get().question.keys],
          })
          operations = patch.operations
          return patch
        })
        return { text, operations }
      },
    }
  })
}

function isAbout({ path: at }: ChangeRow, path: string): boolean {
  return isAtOrBelow(at, path) || (at !== '' && isAtOrBelow(path, at))
}

const maxSearched = 3000

/** The comparison leaves out what every record changes by itself, so the run's own children are counted without it. */
async function readUnchanged(
  client: Client,
  side: CompareSide,
  { path, start, count }: UnchangedRow,
): Promise<readonly StateNode[]> {
  const limit = Math.min(count, maxUnchanged)
  if (path !== '') {
    const page = { offset: start, limit }
    return (await client.call('state.read', { ...side, pointer: path, ...page })).children
  }
  const { children } = await client.call('state.read', { ...side, limit: 500 })
  return children.filter(({ key }) => !bookkeeping.has(key)).slice(start, start + limit)
}

const bookkeeping: ReadonlySet<string> = new Set(['journal', 'checkpoints', 'updatedAt'])
