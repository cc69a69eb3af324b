import type { Run, RunStatus } from '../../schema/run.ts'
import type { Liveness } from './diagnosis.ts'

/** Whether a process carries the run, as far as its lock proves it. Only a running or waiting run needs one. */
export function deriveLiveness(
  run: Run | null,
  holderState: 'alive' | 'gone' | 'unknown' | null,
): Liveness {
  if (run !== null && restful.includes(run.status)) return 'none'
  if (holderState === 'alive' || holderState === 'unknown') return holderState
  // [B43] What a thread asks is answered through its program, which need not stay for it.
  if (run?.kind === 'thread' && run.status === 'waiting') return 'none'
  return run === null || run.status === 'pending' ? 'none' : 'interrupted'
}

const restful: readonly RunStatus[] = ['paused', 'failed', 'completed', 'cancelled']
