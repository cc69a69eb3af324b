// Runs the fault campaigns at full size; results go to dist/faults, and a run that was cut goes on from there.
import { runNode } from './run.mjs'

export function faults(args) {
  return runNode(['test/faults/campaigns/main.ts', ...args])
}
