import type { StepProcess } from '../../shared/schema/run.ts'
import type { ProcessTable } from './executorContext.ts'

/** The identity of a process that this host has just started as the leader of its own group. */
export async function identifyProcess(machine: ProcessTable, pid: number): Promise<StepProcess> {
  const found = await machine.findProcess(pid)
  const startTime = found.kind === 'found' ? (found.startTime ?? '') : ''
  const { bootId, pidNamespace } = machine.identity
  return { pid, startTime, processGroup: pid, bootId, pidNamespace }
}

/** True unless the process is proved to be gone: where no start time is told, a process of that number counts. */
export async function isProcessAlive(
  machine: ProcessTable,
  process: StepProcess,
): Promise<boolean> {
  if (!isOfThisBoot(machine, process)) return false
  const found = await machine.findProcess(process.pid)
  if (found.kind === 'none') return false
  return (
    found.startTime === null || process.startTime === '' || found.startTime === process.startTime
  )
}

/** Whether what is seen here of processes and of files that were not synced says anything about this process. */
export function isOfThisBoot(machine: ProcessTable, process: StepProcess): boolean {
  const { bootId, pidNamespace } = machine.identity
  return process['bootId'] === bootId && process['pidNamespace'] === pidNamespace
}
