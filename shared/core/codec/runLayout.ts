import { Origin } from '../../schema/origin.ts'
import {
  Annotations,
  Attempt,
  Checkpoint,
  Decision,
  Lineage,
  Run,
  RunError,
  StepProcess,
  StepState,
} from '../../schema/run.ts'
import type { Layout } from './writeCanonical.ts'

const error: Layout = { keys: Object.keys(RunError.shape) }
const attempt: Layout = {
  keys: Object.keys(Attempt.shape),
  of: { error, process: { keys: Object.keys(StepProcess.shape) } },
}
const step: Layout = {
  keys: Object.keys(StepState.shape),
  of: {
    attempts: { each: attempt },
    waitingOn: { keys: ['kind', 'until', 'attempt', 'since', 'who', 'run'] },
  },
}

/** Keys in the order of the schema; each step, checkpoint, decision, input and variable on a line of its own. */
export const runLayout: Layout = {
  keys: Object.keys(Run.shape),
  lines: true,
  of: {
    workflow: { keys: Object.keys(Run.shape.workflow.shape) },
    place: { keys: Object.keys(Run.shape.place.shape) },
    error,
    inputs: { lines: true },
    variables: { lines: true },
    steps: { lines: true, each: step },
    checkpoints: { lines: true, each: { keys: Object.keys(Checkpoint.shape) } },
    decisions: { lines: true, each: { keys: Object.keys(Decision.shape) } },
    lineage: { keys: Object.keys(Lineage.shape) },
    origin: { keys: Object.keys(Origin.shape) },
    annotations: { keys: Object.keys(Annotations.shape) },
    journal: { keys: Object.keys(Run.shape.journal.shape) },
  },
}
