import { setImmediate as nextTurn } from 'node:timers/promises'

/** What work in small steps came to; whoever else waits for this thread has a turn first, and every few milliseconds. */
export async function inTurns<T>(work: Generator<void, T, void>): Promise<T> {
  await nextTurn()
  let startedMs = performance.now()
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    if (performance.now() - startedMs < turnMs) continue
    await nextTurn()
    startedMs = performance.now()
  }
}

const turnMs = 8
