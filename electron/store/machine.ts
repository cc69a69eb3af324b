// Tells this process from every other one, on this machine and elsewhere, and finds out whether a process lives.
import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { LockHolder, HolderState } from '../../shared/schema/lock.ts'
import { readMachineId } from './machineId.ts'
import { errorCode } from './storeErrors.ts'

export type ProcessIdentity = Pick<
  LockHolder,
  'machineId' | 'hostName' | 'bootId' | 'pidNamespace' | 'pid' | 'processStartTime'
>

/** `startTime` is null when the process is there and the system does not tell more. */
export type FoundProcess =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly startTime: string | null }

export interface Machine {
  readonly identity: ProcessIdentity
  findProcess(pid: number): Promise<FoundProcess>
}

/** An empty part of the identity is one that the system does not tell; it never proves anything. */
export async function createMachine(options: {
  /** Where an id is kept for a machine that has none: the user's configuration folder. */
  readonly configFolder: string
  readonly randomId: (length: number) => string
  /** Where Linux tells of processes; one that tells of none is as where others' are hidden. */
  readonly processFolder?: string
}): Promise<Machine> {
  const find = (pid: number): Promise<FoundProcess> => findProcess(pid, options.processFolder)
  const [machineId, bootId, pidNamespace, own] = await Promise.all([
    readMachineId(options),
    readBootId(),
    readPidNamespace(),
    find(process.pid),
  ])
  const processStartTime = own.kind === 'found' ? (own.startTime ?? '') : ''
  const identity = { machineId, bootId, pidNamespace, processStartTime }
  return { identity: { ...identity, hostName: hostname(), pid: process.pid }, findProcess: find }
}

/**
 * `gone` is said only when it is proved: the same boot of the same machine, the same pid namespace and no such process;
 * or an earlier boot. The host name must agree too, because copied machines and containers share a machine id.
 */
export async function findHolderState(
  machine: Machine,
  holder: ProcessIdentity,
): Promise<HolderState> {
  const own = machine.identity
  const isHere =
    holder.machineId !== '' &&
    holder.machineId === own.machineId &&
    holder.hostName === own.hostName
  if (!isHere || holder.bootId === '' || own.bootId === '') return 'unknown'
  if (holder.bootId !== own.bootId) return 'gone'
  if (holder.pidNamespace !== own.pidNamespace) return 'unknown'
  const found = await machine.findProcess(holder.pid)
  if (found.kind === 'none') return 'gone'
  if (found.startTime === null || holder.processStartTime === '') return 'unknown'
  return found.startTime === holder.processStartTime ? 'alive' : 'gone'
}

export function isSameProcess(one: ProcessIdentity, other: ProcessIdentity): boolean {
  return (
    one.machineId === other.machineId &&
    one.hostName === other.hostName &&
    one.bootId === other.bootId &&
    one.pidNamespace === other.pidNamespace &&
    one.pid === other.pid &&
    one.processStartTime === other.processStartTime
  )
}

async function findProcess(pid: number, folder = '/proc'): Promise<FoundProcess> {
  if (!exists(pid)) return { kind: 'none' }
  if (process.platform !== 'linux') return findByCommand(pid)
  try {
    return readStat(await readFile(join(folder, `${pid}/stat`), 'latin1'))
  } catch (error) {
    // It ended just now, or /proc hides other users' processes: asking for the process itself decides.
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ESRCH') throw error
    return exists(pid) ? { kind: 'found', startTime: null } : { kind: 'none' }
  }
}

/** A signal that is not allowed proves that there is somebody to receive it. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return errorCode(error) !== 'ESRCH'
  }
}

/** Field 22 is the start time in ticks since boot. The name, field 2, may hold blanks and brackets. */
function readStat(stat: string): FoundProcess {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, threads, startTime] = [fields[0], Number(fields[17]), fields[19]]
  // Killed and not yet collected by its parent: it writes no more.
  if ((state === 'Z' || state === 'X') && threads <= 1) return { kind: 'none' }
  return { kind: 'found', startTime: startTime ?? null }
}

async function readBootId(): Promise<string> {
  if (process.platform === 'linux') {
    return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  }
  if (process.platform === 'darwin') return ask('sysctl', ['-n', 'kern.bootsessionuuid'])
  const boot = '(Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc()'
  return ask('powershell', ['-NoProfile', '-Command', boot])
}

async function readPidNamespace(): Promise<string> {
  return process.platform === 'linux' ? readlink('/proc/self/ns/pid') : ''
}

async function findByCommand(pid: number): Promise<FoundProcess> {
  const answer =
    process.platform === 'win32'
      ? await ask('powershell', [
          '-NoProfile',
          '-Command',
          `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
        ])
      : await ask('ps', ['-o', 'lstart=', '-p', String(pid)])
  if (answer !== '') return { kind: 'found', startTime: answer }
  return exists(pid) ? { kind: 'found', startTime: null } : { kind: 'none' }
}

const run = promisify(execFile)

/** The answer of a system command; empty when it knows none. */
async function ask(command: string, parameters: readonly string[]): Promise<string> {
  // The answer is compared as text, so language and time zone must not move it.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const [answer] = await Promise.allSettled([run(command, parameters, { env, timeout: 10_000 })])
  return answer?.status === 'fulfilled' ? answer.value.stdout.trim() : ''
}
