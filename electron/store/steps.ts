// Work in small steps, so that a thread which others wait for can do something else in between.
import { setImmediate } from 'node:timers/promises'

/** Yields where it may pause; returns what it came to. */
export type Steps<T> = Generator<void, T, void>

/** Without a pause. */
export function runSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Whoever waits has a turn every few milliseconds. */
export async function runStepsInTurns<T>(steps: Steps<T>): Promise<T> {
  let startedMs = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - startedMs < turnMs) continue
    await setImmediate()
    startedMs = performance.now()
  }
}

const turnMs = 8
