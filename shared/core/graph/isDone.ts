import type { StepStatus } from '../../schema/run.ts'

/** Nothing more happens to the step unless the run is resumed: it succeeded, failed, was skipped or cancelled. */
export function isDone(status: StepStatus): boolean {
  return status !== 'pending' && status !== 'running' && status !== 'waiting'
}
