// Which records changed the value at a path: asked for one path at a time, the newest of them first.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BlameRow, CompareSide } from '../../shared/contract/compare.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type BlameTarget = CompareSide & { readonly pointer: string }

export type ShownBlame = {
  readonly changes: readonly BlameRow[]
  readonly total: number
  readonly parent: { readonly run: string; readonly checkpoint: string | null } | null
  readonly problem: string | null
}

export type BlameState = {
  /** Null: nothing is asked for. */
  readonly target: BlameTarget | null
  readonly blame: Remote<ShownBlame>
  readonly open: () => () => void
  readonly ask: (target: BlameTarget | null) => Promise<void>
  readonly retry: () => Promise<void>
  readonly readMore: () => Promise<void>
}
export type BlameStore = StoreApi<BlameState>

/** `initial` is asked for as soon as it is opened. */
export function createBlameStore(client: Client, initial: BlameTarget | null = null): BlameStore {
  return createStore<BlameState>()((set, get) => {
    let running: AbortController | null = null
    const read = async (target: BlameTarget, before: ShownBlame | null) => {
      running?.abort()
      const controller = new AbortController()
      running = controller
      const input = { ...target, offset: before?.changes.length ?? 0 }
      try {
        const page = await client.call('state.blame', input, { signal: controller.signal })
        if (running !== controller) return
        const changes = [...(before?.changes ?? []), ...page.changes]
        set({ blame: ready({ ...page, changes }) })
      } catch (error) {
        if (running === controller) set({ blame: failed(get().blame, error) })
      }
    }
    return {
      target: null,
      blame: loading,
      open: () => {
        if (initial !== null) void get().ask(initial)
        return () => {
          running?.abort()
          running = null
          set({ target: null })
        }
      },
      ask: async (target) => {
        if (JSON.stringify(target) === JSON.stringify(get().target)) return
        set({ target, blame: loading })
        running?.abort()
        running = null
        if (target !== null) await read(target, null)
      },
      retry: async () => {
        const { target } = get()
        if (target === null) return
        set({ blame: loading })
        await read(target, null)
      },
      readMore: async () => {
        const { target, blame } = get()
        if (target === null || blame.kind !== 'ready') return
        if (blame.value.changes.length < blame.value.total) await read(target, blame.value)
      },
    }
  })
}

/** Where to ask what changed a value of a comparison: what is gone is asked of the side that had it. */
export function blameTargetOf(
  sides: { readonly left: CompareSide; readonly right: CompareSide },
  change: { readonly kind: string; readonly path: string },
): BlameTarget {
  if (change.kind !== 'removed') return { ...sides.right, pointer: change.path }
  const isOneRun = sides.left.ref.document === sides.right.ref.document
  const isItem = /\/\d+$/.test(change.path)
  if (!isOneRun) return { ...sides.left, pointer: change.path }
  // Another item may stand at its place by now: the list itself tells when it went.
  const pointer = isItem ? change.path.slice(0, change.path.lastIndexOf('/')) : change.path
  return { ...sides.right, pointer }
}
