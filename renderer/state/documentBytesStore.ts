// The bytes of a document that is to be repaired, around what the plan says is damaged, and what is looked at in them.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { DocumentPlan } from '../../shared/contract/documents.ts'
import type { DamageRange } from '../../shared/core/repair/repairPlan.ts'
import {
  readAround,
  readEarlier,
  readLater,
  showsByte,
  type BytesView,
  type ReadSlice,
} from './bytesView.ts'
import type { DocumentStore } from './documentStore.ts'

export type DocumentBytesState = {
  readonly bytes: BytesView
  /** Id of the fix that is looked at. */
  readonly chosen: string | null
  /** The byte that is looked at; null: the first damage. */
  readonly lookedAt: number | null
  /** Follows the plans: of a document that changed the bytes are read again. */
  readonly open: () => () => void
  readonly choose: (fix: string) => void
  readonly lookAt: (range: Pick<DamageRange, 'offset' | 'fix'>) => void
  readonly retry: () => void
  readonly showEarlier: () => void
  readonly showLater: () => void
}
export type DocumentBytesStore = StoreApi<DocumentBytesState>

export function createDocumentBytesStore(
  client: Client,
  { ref, plans }: { readonly ref: Ref; readonly plans: DocumentStore },
): DocumentBytesStore {
  const read: ReadSlice = (offset, limitBytes) =>
    client.call('run.raw', { ref, file: 'document', decoded: true, offset, limitBytes })
  return createStore<DocumentBytesState>()((set, get) => {
    let shownRev: string | null = null
    let reads = 0
    const show = async (view: Promise<BytesView>) => {
      const mine = ++reads
      const bytes = await view
      if (mine === reads) set({ bytes })
    }
    const follow = () => {
      const { planning } = plans.getState()
      if (planning.kind !== 'ready' || planning.isRefreshing) return
      const { rev, plan } = planning.planned
      if (rev === shownRev) return
      shownRev = rev
      set({ chosen: null, lookedAt: null })
      void show(readAround(read, firstDamage(plan)))
    }
    const lookAt = (offset: number, fix: string | null) => {
      set({ chosen: fix, lookedAt: offset })
      if (!showsByte(get().bytes, offset)) void show(readAround(read, offset))
    }
    return {
      bytes: { kind: 'loading' },
      chosen: null,
      lookedAt: null,
      open: () => {
        const stop = plans.subscribe(follow)
        follow()
        return stop
      },
      choose: (fix) => {
        const { planning } = plans.getState()
        const items = planning.kind === 'ready' ? planning.planned.plan.items : undefined
        const item = items?.find(({ id }) => id === fix)
        if (item !== undefined) lookAt(item.offset, fix)
      },
      lookAt: ({ offset, fix }) => lookAt(offset, fix),
      retry: () => void show(readAround(read, get().lookedAt ?? 0)),
      showEarlier: () => {
        const { bytes } = get()
        if (bytes.kind === 'ready' && bytes.offset > 0) void show(readEarlier(read, bytes))
      },
      showLater: () => {
        const { bytes } = get()
        if (bytes.kind !== 'ready' || bytes.nextOffset === null) return
        void show(readLater(read, { ...bytes, nextOffset: bytes.nextOffset }))
      },
    }
  })
}

/** What is damaged first, else what is found first. */
function firstDamage({ damage = [], findings }: DocumentPlan): number {
  const offsets = damage.map(({ offset }) => offset)
  const found = findings.flatMap(({ offset }) => (offset === null ? [] : [offset]))
  return Math.min(...(offsets.length > 0 ? offsets : found.length > 0 ? found : [0]))
}
