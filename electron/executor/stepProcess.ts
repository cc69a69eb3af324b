import type { StepProcess } from '../../shared/schema/run.ts'
import type { ProcessTable } from './executorContext.ts'
import { hasRunning } from './signalGroup.ts'

/** The identity of a process that this host has just started as the leader of its own group. */
export async function identifyProcess(machine: ProcessTable, pid: number): Promise<StepProcess> {
  const found = await machine.findProcess(pid)
  const startTime = found.kind === 'found' ? (found.startTime ?? '') : ''
  const { bootId, pidNamespace } = machine.identity
  return { pid, startTime, processGroup: pid, bootId, pidNamespace }
}

/**
 * Whether an attempt's wrapper lives, or only what it had started (`orphans`: somebody killed the wrapper alone).
 * Where the system does not tell start times, a process of that number counts as the wrapper.
 */
export async function findAttempt(
  machine: ProcessTable,
  process: StepProcess,
): Promise<'wrapper' | 'orphans' | 'none'> {
  if (!isOfThisBoot(machine, process) || process.processGroup !== process.pid) return 'none'
  const found = await machine.findProcess(process.pid)
  // A number is not given anew while a group bears it, so a group without its leader is still the attempt's.
  if (found.kind === 'none') return (await hasRunning(process.pid)) ? 'orphans' : 'none'
  const isSame =
    found.startTime === null || process.startTime === '' || found.startTime === process.startTime
  return isSame ? 'wrapper' : 'none'
}

/** Whether what is seen here of processes and of files that were not synced says anything about this process. */
export function isOfThisBoot(machine: ProcessTable, process: StepProcess): boolean {
  const { bootId, pidNamespace } = machine.identity
  return process['bootId'] === bootId && process['pidNamespace'] === pidNamespace
}
