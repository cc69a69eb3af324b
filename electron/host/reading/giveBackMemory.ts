// A first list throws away as much as it keeps, and a thread that then rests would hold on to all of it.
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { RunIndex } from '../../services/runIndex.ts'

/** Some time after a list of many runs, once. Answers wait for it as for any collection: fifty milliseconds. */
export function createGivingBack(index: RunIndex): () => void {
  let isDone = false
  return () => {
    if (isDone) return
    isDone = true
    void giveBackLater()
  }

  async function giveBackLater(): Promise<void> {
    await Promise.allSettled([index.refreshing, index.saving])
    await sleep(restMs, null, { ref: false })
    if (index.rows.size() >= manyRows) collectGarbage()
  }
}

const restMs = 1000
const manyRows = 10_000

/** Nothing is done where flags of V8 cannot be set any more. */
function collectGarbage(): void {
  if (process.versions['electron'] !== undefined) return
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('globalThis.gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect !== 'function') return
  Reflect.apply(collect, undefined, [{ type: 'major', execution: 'sync', flavor: 'last-resort' }])
}
