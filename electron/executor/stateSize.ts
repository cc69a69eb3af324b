import type { Run, StepState } from '../../shared/schema/run.ts'

/**
 * Tells how many bytes a run takes as JSON. A step's state is a value, so that only those are measured that were not
 * there at the last look: asking again and again costs no more than the run grows.
 */
export function createStateSize(): (run: Run) => number {
  const known = new WeakMap<StepState, number>()
  const sizeOf = (state: StepState): number => {
    const before = known.get(state)
    if (before !== undefined) return before
    const size = jsonBytes(state)
    known.set(state, size)
    return size
  }
  return (run) => {
    let bytes = jsonBytes({ ...run, steps: {} })
    for (const [step, state] of Object.entries(run.steps)) {
      bytes += Buffer.byteLength(step) + quotesAndColon + sizeOf(state)
    }
    return bytes
  }
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

const quotesAndColon = '"":,'.length
