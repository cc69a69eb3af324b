// The file in which a host keeps its state: one host writes it, whole or not at all; what cannot be used is put aside.
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { HostState } from '../../../shared/schema/hostState.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { LockHolder } from '../../../shared/schema/lock.ts'
import { replaceFile } from '../../store/atomicWrite.ts'
import { createDiskOverPort } from '../../store/diskLane.ts'
import { decodeText, encodeText, readBytes } from '../../store/files.ts'
import { readHolder, takeLock, type HeldLock } from '../../store/lock.ts'
import { findHolderState, type Machine } from '../../store/machine.ts'
import { createNodeFileSystem } from '../../store/nodeFileSystem.ts'
import { realTimers, type StoreContext } from '../../store/storeContext.ts'
import { asWriteError, explain, isMissing } from '../../store/storeErrors.ts'
import { decodeHostState, encodeHostState, type FoundState } from './hostStateText.ts'

export type StateFileOptions = {
  readonly path: string
  readonly machine: Machine
  readonly now: () => string
  readonly randomId: (length: number) => string
  readonly application: { readonly version: string }
}

export type StateFile = {
  /** Reads, and changes nothing. Never rejects: what cannot be read is told as such. */
  look(): Promise<FoundState>
  /** Who has it, and whether that process lives as far as can be told; null: nobody. */
  holder(): Promise<{ readonly holder: LockHolder; readonly isAlive: boolean } | null>
  /** Throws `locked` while another process has it. */
  take(): Promise<HeldStateFile>
  /** The items of a batch; null when they are not there, or not as they were written. */
  readItems(batch: number): Promise<readonly string[] | null>
}

export type HeldStateFile = {
  /** Throws `locked`, and writes nothing, when another process took it meanwhile. */
  write(state: HostState): Promise<void>
  /** Puts what is there beside itself, and returns where. */
  setAside(): Promise<string>
  keepItems(batch: number, items: readonly string[]): Promise<void>
  dropItems(batch: number): Promise<void>
  release(): Promise<void>
}

export function createStateFile(options: StateFileOptions): StateFile {
  const path = resolve(options.path)
  const place = contextAt(dirname(path), options)
  // What belongs to it: its lock, and the items of batches, which would make every writing of the file slow.
  const beside = contextAt(`${path}.d`, options)
  return {
    look: () => look(place, path),
    holder: async () => {
      const holder = await readHolder(beside, lockName)
      if (holder === null) return null
      return { holder, isAlive: (await findHolderState(options.machine, holder)) !== 'gone' }
    },
    readItems: async (batch) => {
      const [read] = await Promise.allSettled([
        readBytes(beside.fileSystem, join(beside.root, itemsName(batch))),
      ])
      return read.status === 'fulfilled' ? decodeItems(decodeText(read.value)) : null
    },
    take: async () => {
      await makeFolders(beside.root)
      const lock = await take(beside, path)
      return { ...held(place, { path, lock }), ...itemsIn(beside), release: () => lock.release() }
    },
  }
}

function contextAt(root: string, options: StateFileOptions): StoreContext {
  const { machine, now, randomId, application } = options
  const port = { fileSystem: createNodeFileSystem(), timers: realTimers }
  const disk = createDiskOverPort(port)
  return { root, ...port, disk, machine, now, randomId, application, onProblem: () => undefined }
}

async function look({ fileSystem }: StoreContext, path: string): Promise<FoundState> {
  try {
    const { kind, sizeBytes } = await fileSystem.status(path)
    if (kind === 'file' && sizeBytes > largestBytes)
      return { kind: 'unusable', why: 'foreign', sentence: 'it is far too large' }
    return decodeHostState(decodeText(await readBytes(fileSystem, path)))
  } catch (error) {
    if (isMissing(error)) return { kind: 'none' }
    return { kind: 'unusable', why: 'unreadable', sentence: explain(error).replace(/\.$/, '') }
  }
}

async function makeFolders(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw asWriteError(error, `The folder ${folder} could not be made`)
  }
}

async function take(beside: StoreContext, path: string): Promise<HeldLock> {
  const opening = { purpose: 'keep the state of a host', controlSocket: null }
  try {
    return await takeLock(beside, lockName, { ...opening, readEpoch: async () => 0 })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'locked') throw error
    const found = await readHolder(beside, lockName)
    const who = found === null ? 'Another process' : `Process ${found.pid} on ${found.hostName}`
    const message = `${who} keeps its state in ${path}, and two hosts do not share one file. This host keeps none: give it a file of its own, or start it again when the other one has ended.`
    throw new AppError('locked', message, { path, holder: found }, { cause: error })
  }
}

function held(
  place: StoreContext,
  { path, lock }: { readonly path: string; readonly lock: HeldLock },
): Pick<HeldStateFile, 'write' | 'setAside'> {
  return {
    write: async (state) => {
      await lock.verify()
      await replaceFile(place, basename(path), encodeText(encodeHostState(state)))
    },
    setAside: async () => {
      const stamp = place.now().replaceAll(/[:.]/g, '-')
      const plain = `${path}.damaged-${stamp}`
      const isTaken = place.fileSystem.existsNow(plain)
      const aside = isTaken ? `${plain}-${place.randomId(6)}` : plain
      await place.fileSystem.rename(path, aside)
      await place.fileSystem.syncFolder(place.root)
      return aside
    },
  }
}

function itemsIn(beside: StoreContext): Pick<HeldStateFile, 'keepItems' | 'dropItems'> {
  return {
    keepItems: (batch, items) =>
      replaceFile(beside, itemsName(batch), encodeText(JSON.stringify(items))),
    dropItems: async (batch) => {
      const [removed] = await Promise.allSettled([
        beside.fileSystem.remove(join(beside.root, itemsName(batch))),
      ])
      if (removed.status === 'rejected' && !isMissing(removed.reason)) throw removed.reason
    },
  }
}

function itemsName(batch: number): string {
  return `batch-${batch}.json`
}

function decodeItems(text: string): readonly string[] | null {
  try {
    const items = z.array(z.string()).safeParse(JSON.parse(text))
    return items.success ? items.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const lockName = RunId.parse('host-state')
const largestBytes = 64 * 1024 * 1024
