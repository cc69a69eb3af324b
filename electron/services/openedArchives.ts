// Encrypted archives that are open in memory: which passphrase is tried, and when each is locked again.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'

/** Long enough to read why a run is stuck; a host that nobody looks at any more holds nothing open. */
export const openForMs = 60 * 60_000

export type OpenedArchives = {
  /** Each guess takes a second of a core, and much memory. Throws `busy` while another one is made. */
  readonly tryOne: <T>(work: () => Promise<T>) => Promise<T>
  /** Locks it once its time is over, unless it was opened again meanwhile. */
  readonly lockLater: (run: RunId, lock: () => void) => void
}

/** `later`: does work after so many milliseconds, where the process still lives. */
export function createOpenedArchives(
  later: (ms: number, work: () => void) => void,
): OpenedArchives {
  let isTrying = false
  const openings = new Map<RunId, symbol>()
  return {
    tryOne: async (work) => {
      if (isTrying) throw new AppError('busy', 'Another passphrase is being tried. Wait for it.')
      isTrying = true
      try {
        return await work()
      } finally {
        isTrying = false
      }
    },
    lockLater: (run, lock) => {
      const opening = Symbol(run)
      openings.set(run, opening)
      later(openForMs, () => {
        if (openings.get(run) !== opening) return
        openings.delete(run)
        lock()
      })
    },
  }
}
