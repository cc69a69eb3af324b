// Keeps the last large state that was read, because whoever opens a tree asks for one branch after the other.
import type { Ref } from '../../shared/contract/call.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { Store } from '../store/store.ts'
import { parseRunId } from './refs.ts'

export type StateMemory = {
  /** What `read` gave last, where no file of the run has changed since; else what it gives now. */
  readonly recall: (
    store: Pick<Store, 'entry' | 'heldRuns'>,
    at: { readonly ref: Ref; readonly checkpoint: string | null },
    read: () => Promise<Run>,
  ) => Promise<Run>
  /** Gives it back at once. */
  readonly forget: () => void
}

/** Smaller ones are read again in no time. */
const smallBytes = 1024 * 1024
/** So long after it was last asked for, the memory is given back. */
const keptMs = 60_000

/** `later` calls back after so many milliseconds, and does not keep the process alive. */
export function createStateMemory(later: (ms: number, work: () => void) => void): StateMemory {
  let kept: { readonly key: string; readonly run: Promise<Run> } | null = null
  let asked = 0

  return {
    forget: () => {
      kept = null
    },
    recall: async (store, at, read) => {
      asked += 1
      const key = await keyOf(store, at)
      if (key === null) return read()
      const reading = kept?.key === key ? kept.run : read()
      kept = { key, run: reading }
      const forget = () => {
        if (kept?.run === reading) kept = null
      }
      reading.catch(forget) // its caller is told
      const own = asked
      later(keptMs, () => {
        if (own === asked) forget()
      })
      return reading
    },
  }
}

/** Null where nothing is to be kept: a run that is held changes while it is looked at. */
async function keyOf(
  store: Pick<Store, 'entry' | 'heldRuns'>,
  { ref, checkpoint }: { readonly ref: Ref; readonly checkpoint: string | null },
): Promise<string | null> {
  if (ref.format !== 'unstuck') return null
  const id = parseRunId(ref.document)
  const entry = await store.entry(id)
  if (entry === null || entry.sizeBytes < smallBytes) return null
  if ((await store.heldRuns()).has(id)) return null
  return JSON.stringify([id, checkpoint, entry.stamp])
}
