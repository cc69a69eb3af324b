import type { CancelSignal } from '../cancel.ts'

export type CancelSource = { readonly signal: CancelSignal; readonly cancel: () => void }

/** An `AbortController` for rooms that have neither Node nor the DOM. */
export function createCancelSource(): CancelSource {
  const listeners = new Set<() => void>()
  let aborted = false
  const signal: CancelSignal = {
    get aborted() {
      return aborted
    },
    addEventListener: (_type, listener) => {
      listeners.add(listener)
    },
    removeEventListener: (_type, listener) => {
      listeners.delete(listener)
    },
  }
  return { signal, cancel }

  function cancel(): void {
    if (aborted) return
    aborted = true
    const told = [...listeners]
    listeners.clear()
    for (const listener of told) listener()
  }
}
