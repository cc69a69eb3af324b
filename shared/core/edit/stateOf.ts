import type { Json } from '../../schema/json.ts'
import { runAsJson, type Run } from '../../schema/run.ts'

/** A run without what every record changes by itself: its checkpoints, its place in the journal, its last change. */
export function stateOf(run: Run): Json {
  const { journal: _journal, checkpoints: _checkpoints, updatedAt: _updatedAt, ...rest } = run
  return runAsJson(rest as Run) // the rest is compared as JSON, and never taken for a run
}
