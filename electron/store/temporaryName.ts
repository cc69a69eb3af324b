// Names of temporary files: whose each is can be told when it is found again, by any process on any machine.
import { hash } from 'node:crypto'
import { findHolderState, type Machine, type ProcessIdentity } from './machine.ts'
import type { HolderState } from '../../shared/schema/lock.ts'

export type TemporaryName = {
  /** The name of the file that was to be written; of a very long one its start. */
  readonly base: string
  readonly pid: number
  /** Digests of what tells the owner from every other process; null in names of older versions. */
  readonly marks: Marks | null
}

type Marks = {
  readonly machine: string
  readonly boot: string
  readonly pidNamespace: string
  readonly start: string
}

/** `.<name>.<pid>.<machine>-<boot>-<pid namespace>-<start>-<random>.tmp`; a part that the system does not tell is empty. */
export function temporaryName(identity: ProcessIdentity, name: string, random: string): string {
  const { machine, boot, pidNamespace, start } = marksOf(identity)
  const marks = `${machine}-${boot}-${pidNamespace}-${start}-${random}`
  return `.${fitting(name)}.${identity.pid}.${marks}.tmp`
}

/** Null for any other name. */
export function parseTemporaryName(name: string): TemporaryName | null {
  const match = /^\.(.+)\.(\d{1,10})\.([0-9a-z-]+)\.tmp$/.exec(name)
  const [, base, pid, rest = ''] = match ?? []
  if (base === undefined || pid === undefined) return null
  const parts = rest.split('-')
  if (parts.length === 1) return { base, pid: Number(pid), marks: null }
  const [machine, boot, pidNamespace, start, random] = parts
  const isWhole = random !== undefined && random !== '' && parts.length === 5
  const isNamed = machine !== undefined && boot !== undefined
  if (!isWhole || !isNamed || pidNamespace === undefined || start === undefined) return null
  return { base, pid: Number(pid), marks: { machine, boot, pidNamespace, start } }
}

/** By the rule for locks. A name without marks does not say on which machine its process was, so nothing is proved. */
export async function findOwnerState(machine: Machine, name: TemporaryName): Promise<HolderState> {
  const { marks, pid } = name
  if (marks === null) return 'unknown'
  const own = marksOf(machine.identity)
  const marked: Machine = {
    identity: identityOf(own, machine.identity.pid),
    findProcess: async (asked) => {
      const found = await machine.findProcess(asked)
      if (found.kind === 'none' || found.startTime === null) return found
      return { kind: 'found', startTime: mark(found.startTime, startLength) }
    },
  }
  return findHolderState(marked, identityOf(marks, pid))
}

function identityOf(marks: Marks, pid: number): ProcessIdentity {
  return {
    machineId: marks.machine,
    hostName: '',
    bootId: marks.boot,
    pidNamespace: marks.pidNamespace,
    pid,
    processStartTime: marks.start,
  }
}

function marksOf(identity: ProcessIdentity): Marks {
  const { machineId, hostName } = identity
  return {
    // Copied machines and containers share a machine id.
    machine: machineId === '' ? '' : mark(`${machineId}\n${hostName}`, machineLength),
    boot: mark(identity.bootId, bootLength),
    pidNamespace: mark(identity.pidNamespace, namespaceLength),
    start: mark(identity.processStartTime, startLength),
  }
}

function mark(text: string, length: number): string {
  return text === '' ? '' : hash('sha256', text).slice(0, length)
}

/** File systems take 255 bytes. */
function fitting(name: string): string {
  return Buffer.byteLength(name) <= 160 ? name : name.slice(0, 40)
}

const machineLength = 12
const bootLength = 8
const namespaceLength = 6
const startLength = 8
