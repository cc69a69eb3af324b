// Writes what changed soon after it did: many changes at once, never more often than is useful, never two at a time.

export type Saver = {
  /** Resolves when everything up to now was written; false: it could not be. Never rejects. */
  readonly changed: () => Promise<boolean>
  /** Writes what is due without waiting. */
  readonly flush: () => Promise<boolean>
}

export type SaverOptions = {
  /** Takes what is to be written when it is called. Never rejects. */
  readonly write: () => Promise<boolean>
  /** The least time between the beginnings of two writings. */
  readonly everyMs: number
  readonly nowMs: () => number
  /** Calls back after a time; the returned function forgets it. */
  readonly after: (ms: number, callback: () => void) => () => void
}

export function createSaver(options: SaverOptions): Saver {
  let next: Promise<boolean> | null = null
  let running: Promise<boolean> = Promise.resolve(true)
  let notBeforeMs = Number.NEGATIVE_INFINITY
  let hurries = false
  let hurry: (() => void) | null = null

  async function save(): Promise<boolean> {
    await running
    if (!hurries) await pause(notBeforeMs - options.nowMs())
    next = null
    hurries = false
    running = write()
    return running
  }

  function pause(ms: number): Promise<void> {
    if (ms <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const forget = options.after(ms, resolve)
      hurry = () => {
        forget()
        resolve()
      }
    })
  }

  async function write(): Promise<boolean> {
    const beganMs = options.nowMs()
    const isWritten = await options.write()
    const endedMs = options.nowMs()
    // On a slow disk less often: a tenth of the time at most goes into this.
    notBeforeMs = Math.max(beganMs + options.everyMs, endedMs + 9 * (endedMs - beganMs))
    return isWritten
  }

  const changed = (): Promise<boolean> => (next ??= save())
  return {
    changed,
    flush: () => {
      const saved = changed()
      hurries = true
      hurry?.()
      return saved
    },
  }
}
