// What just happened, for a few seconds; errors, and what leads somewhere, stay until they are dismissed.
import { createStore, type StoreApi } from 'zustand/vanilla'

export type NoticeKind = 'done' | 'info' | 'warning' | 'error'
export type NoticeRow = {
  readonly id: string
  readonly kind: NoticeKind
  readonly text: string
  /** Where it leads; left out: it leads nowhere. */
  readonly href?: string
}

export type NoticesState = {
  readonly notices: readonly NoticeRow[]
  readonly notify: (kind: NoticeKind, text: string, href?: string) => void
  readonly dismiss: (id: string) => void
}
export type NoticesStore = StoreApi<NoticesState>

export function createNoticesStore(after: (delayMs: number, action: () => void) => void) {
  let lastId = 0
  return createStore<NoticesState>()((set, get) => ({
    notices: [],
    notify: (kind, text, href) => {
      lastId += 1
      const id = String(lastId)
      set({
        notices: [
          ...get().notices.slice(-3),
          { id, kind, text, ...(href === undefined ? {} : { href }) },
        ],
      })
      // [B66] What was waited for comes when it comes: whoever is away by then finds it when they are back.
      if (kind !== 'error' && href === undefined) after(7000, () => get().dismiss(id))
    },
    dismiss: (id) => set({ notices: get().notices.filter((notice) => notice.id !== id) }),
  }))
}
