// The states of a workspace from which the campaign of failing calls calls the store.
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import type { Backup } from '../../../electron/store/documentStore.ts'
import type { FileSystem } from '../../../electron/store/fileSystem.ts'
import { createMemoryFileSystem } from '../../../electron/store/memoryFileSystem.ts'
import { createMemoryMachine, memoryRoot } from '../../../electron/store/memoryStore.ts'
import type { Store } from '../../../electron/store/store.ts'
import { temporaryName } from '../../../electron/store/temporaryName.ts'
import {
  createdAt,
  keyframe,
  runId,
  setVariable,
  testing,
} from '../../unit/electron/store/storeFixtures.ts'
import { openProcess } from './process.ts'
import { cipher } from './storeState.ts'

export const oldDocument = 'archive/old.json'
export const oldHead = '{"old":1}\n'
export const seal = { ...cipher, clear: Buffer.from(oldHead) }
export const newHead = `{"new":"${'x'.repeat(3000)}"}\n`
export const changing = { reason: 'test' }
export const job = 'batch-1'
const durable = { durable: true } as const
const completed = { type: 'runCompleted' } as const

export async function prepareRun(
  store: Store,
  disk: FileSystem,
  head: string | null = oldHead,
): Promise<string> {
  await prepareDocument(store, disk)
  const writer = await store.create(runId, { ...testing, createdAt })
  await writer.append([keyframe(), setVariable('a')], durable)
  if (head !== null) await writer.replaceHead(head)
  await writer.release()
  return ''
}

export async function prepareLong(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.append([setVariable('b'), setVariable('c'), setVariable('d')], durable)
  await writer.release()
  return ''
}

export async function prepareBackup(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  const { id } = await writer.backup('first')
  await writer.release()
  return id
}

export async function prepareRunWithFiles(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.backup('first')
  await writer.release()
  return ''
}

export async function prepareJob(store: Store, disk: FileSystem): Promise<string> {
  await store.createJob(job, ['{"first":1}'])
  return prepareRun(store, disk)
}

export async function prepareChanged(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  return (await replaceDocument(store, newHead)).id
}

export async function replaceDocument(store: Store, text: string): Promise<Backup> {
  const { rev } = await store.readDocument(oldDocument)
  return store.replaceDocuments(oldDocument, {
    changes: [{ path: oldDocument, bytes: Buffer.from(text), why: 'it changes' }],
    revs: new Map([[oldDocument, rev]]),
    ...changing,
  })
}

/** Head and journal of the run, made elsewhere, as text. */
export async function filesOfRun({ layout }: Store): Promise<string> {
  const disk = createMemoryFileSystem(memoryRoot)
  const elsewhere = openProcess(disk, 9)
  await prepareRun(elsewhere, disk)
  const files = [layout.head(runId), layout.journal(runId)].map(async (path) => [
    path,
    Buffer.from((await elsewhere.readDocument(path)).bytes).toString('utf8'),
  ])
  return JSON.stringify(Object.fromEntries(await Promise.all(files)))
}

export function adopted(prepared: string): Parameters<Store['adopt']>[1]['files'] {
  const files = z.record(z.string(), z.string()).parse(JSON.parse(prepared))
  return Object.entries(files).map(([path, text]) => ({
    path,
    parts: async function* () {
      yield Buffer.from(text)
    },
  }))
}

export async function prepareSealed(store: Store, disk: FileSystem): Promise<string> {
  await prepareRunWithFiles(store, disk)
  await store.archive(runId, { seal })
  return ''
}

export async function prepareArchived(store: Store, disk: FileSystem): Promise<string> {
  await prepareRunWithFiles(store, disk)
  await store.archive(runId)
  return ''
}

export async function prepareEnded(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.append([completed], durable)
  await writer.release()
  return ''
}

/** Of a process that is gone: beside the head, its lock and the list of changes. */
export async function prepareLeftOvers(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const { identity } = createMemoryMachine('machine')
  const gone = { ...identity, pid: 99, bootId: 'boot' }
  const head = `${memoryRoot}/${store.layout.head(runId)}`
  const state = `${memoryRoot}/.unstuck`
  for (const path of [head, `${state}/locks/${runId}.json`, `${state}/changes`]) {
    const name = temporaryName(gone, basename(path), 'abcd1234')
    const file = await disk.open(`${dirname(path)}/${name}`, 'create')
    await file.write(Buffer.from('{"half'))
    await file.sync()
    await file.close()
    await disk.syncFolder(dirname(path))
  }
  return ''
}

export async function prepareDocument(_store: Store, disk: FileSystem): Promise<string> {
  await disk.makeFolder(`${memoryRoot}/${dirname(oldDocument)}`)
  await disk.syncFolder(memoryRoot)
  const file = await disk.open(`${memoryRoot}/${oldDocument}`, 'create')
  await file.write(Buffer.from('{"workflow_id":"old","status":"failed","states":{}}\n'))
  await file.sync()
  await file.close()
  await disk.syncFolder(`${memoryRoot}/${dirname(oldDocument)}`)
  return ''
}

export async function tear(store: Store, disk: FileSystem): Promise<string> {
  const file = await disk.open(`${memoryRoot}/${store.layout.journal(runId)}`, 'append')
  await file.write(Buffer.from('{"seq":3,"at"'))
  await file.close()
  return ''
}
