// Whether files of the desktop are held over the window, and how many.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { hasFiles } from './hasFiles.ts'

export type DragState = {
  /** Null: none is. Names and kinds are known only once they are dropped. */
  readonly files: number | null
  readonly open: () => () => void
}
export type DragStore = StoreApi<DragState>

/** `after` forgets with what it returns. */
export function createDragStore(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>,
  after: (delayMs: number, action: () => void) => () => void,
): DragStore {
  return createStore<DragState>()((set, get) => {
    let forget: (() => void) | null = null
    const show = (files: number | null) => {
      forget?.()
      if (get().files !== files) set({ files })
    }
    const over = (event: Event) => {
      const dragged = draggedFiles(event)
      if (dragged === null) return
      show(dragged)
      // What takes the drop itself, or ends the drag elsewhere, does not say so here; while it lasts, it is told again and again.
      forget = after(silentMs, () => show(null))
    }
    const leave = (event: Event) => {
      // From one element to the next it stays over the window.
      if (!('relatedTarget' in event) || event.relatedTarget === null) show(null)
    }
    const end = () => show(null)
    const heard = [
      ['dragenter', over],
      ['dragover', over],
      ['dragleave', leave],
      ['drop', end],
      ['dragend', end],
    ] as const
    return {
      files: null,
      open: () => {
        for (const [name, listener] of heard) target.addEventListener(name, listener)
        return () => {
          forget?.()
          for (const [name, listener] of heard) target.removeEventListener(name, listener)
        }
      },
    }
  })
}

/** Chromium tells of a drag every 50 ms, Firefox every 350 ms. */
const silentMs = 1000

function draggedFiles(event: Event): number | null {
  if (!hasFiles(event)) return null
  const { items } = event.dataTransfer
  return [...items].filter(({ kind }) => kind === 'file').length
}
