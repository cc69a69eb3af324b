// Every call of the store that touches the disk, each with the state that it needs.
import { basename, dirname } from 'node:path'
import { z } from 'zod'
import {
  createMemoryFileSystem,
  type MemoryFileSystem,
} from '../../../electron/store/memoryFileSystem.ts'
import { createMemoryMachine, memoryRoot } from '../../../electron/store/memoryStore.ts'
import { createStampTable } from '../../../electron/store/stampTable.ts'
import type { Backup } from '../../../electron/store/documentStore.ts'
import type { RunWriter, Store } from '../../../electron/store/store.ts'
import { temporaryName } from '../../../electron/store/temporaryName.ts'
import type { FileSystem } from '../../../electron/store/fileSystem.ts'
import {
  createdAt,
  day,
  keyframe,
  runId,
  setVariable,
  testing,
} from '../../unit/electron/store/storeFixtures.ts'
import { sampleRun } from '../../conformance/cases/fixtures.ts'
import { createFaultyFileSystem } from '../faultyFileSystem.ts'
import { openProcess } from './process.ts'
import { cipher, type StoreState } from './storeState.ts'

export type StoreCall = {
  readonly name: string
  /** Brings the workspace into the state before the call; what it returns is handed to the call. */
  readonly prepare: (store: Store, disk: MemoryFileSystem) => Promise<string>
  readonly act: (store: Store, prepared: string) => Promise<unknown>
  /** Writes nothing, so that a process that dies in it leaves nothing. */
  readonly isReading?: true
  /** States besides the old and the new one that a failure may leave; parts that are not named are old or new. */
  readonly isBetween?: (state: StoreState) => boolean
}

export const oldDocument = 'archive/old.json'
const durable = { durable: true } as const
const [oldHead, newHead] = ['{"old":1}\n', `{"new":"${'x'.repeat(3000)}"}\n`]
const completed = { type: 'runCompleted' } as const
const resumed = { by: 'ana', reason: null, reset: [] }
const trashing = { reason: 'old', workflow: null, keepDays: 1 }
const changing = { reason: 'test' }
const job = 'batch-1'
const operation = { call: 'run.start', item: runId, by: 'ana', outcome: null } as const

const seal = { ...cipher, clear: Buffer.from(oldHead) }

export const storeCalls: readonly StoreCall[] = [
  {
    name: 'create',
    prepare: prepareDocument,
    act: async (store) =>
      release(await store.create(runId, { ...testing, createdAt }), (writer) =>
        writer.append([keyframe()], durable),
      ),
    isBetween: ({ records }) => records?.length === 0,
  },
  writing('append', (writer) => writer.append([setVariable('b')], { durable: false })),
  writing('append durable', (writer) => writer.append([setVariable('b')], durable)),
  {
    ...writing('append two', (writer) =>
      writer.append([setVariable('b'), setVariable('c')], durable),
    ),
    isBetween: ({ records }) => records?.at(-1) === 'variableSet b',
  },
  {
    ...writing('append behind a torn tail', (writer) => writer.append([setVariable('b')], durable)),
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      return tear(store, disk)
    },
  },
  writing('replaceHead', (writer) => writer.replaceHead(newHead)),
  writing('backup', (writer) => writer.backup('test')),
  {
    ...writing('restoreBackup', (writer, prepared) => writer.restoreBackup(prepared)),
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      const writer = await store.open(runId, testing)
      const { id } = await writer.backup('first')
      await writer.append([setVariable('b')], durable)
      await writer.replaceHead(newHead)
      await writer.release()
      return id
    },
    // [T15] of the two files each is as it was or as it was backed up.
    isBetween: ({ head, records }) => head === oldHead && records?.at(-1) === 'variableSet b',
  },
  {
    ...writing('restoreBackup without a head', (writer, prepared) =>
      writer.restoreBackup(prepared),
    ),
    prepare: async (store, disk) => {
      await prepareRun(store, disk, null)
      const writer = await store.open(runId, testing)
      const { id } = await writer.backup('first')
      await writer.replaceHead(newHead)
      await writer.append([setVariable('b')], durable)
      await writer.release()
      return id
    },
    isBetween: ({ head, records }) => head === newHead && records?.at(-1) === 'variableSet a',
  },
  {
    ...writing('cutJournal', async (writer, prepared) => {
      await writer.cutJournal(Number(prepared))
    }),
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      const { journal } = await store.read(runId)
      return String(journal?.records[1]?.offset ?? 0)
    },
  },
  {
    ...writing('compact', async (writer) => {
      await writer.compact({
        gaps: [{ fromSeq: 2, toSeq: 4, run: sampleRun(runId) }],
        backup: 'b-1',
      })
    }),
    prepare: prepareLong,
  },
  {
    name: 'trashBackup',
    prepare: prepareBackup,
    act: (store, backup) => store.trashBackup(runId, { ...trashing, backup }),
    // A backup is among those of its run or in the trash, and no other state of the run.
    isBetween: () => true,
  },
  {
    name: 'noteTask',
    prepare: async (store, disk) => {
      await store.noteTask('cleanup', { at: 'old' })
      return prepareRun(store, disk)
    },
    act: (store) => store.noteTask('cleanup', { at: 'new' }),
  },
  {
    name: 'exclusively',
    prepare: prepareRun,
    act: (store) => store.exclusively('cleanup', () => store.noteTask('cleanup', { at: 'now' })),
  },
  {
    name: 'adopt',
    prepare: async (store, disk) => {
      await prepareDocument(store, disk)
      return filesOfRun(store)
    },
    act: (store, prepared) => store.adopt(runId, { day, files: adopted(prepared) }),
    // The head comes last: a journal without one is the same run.
    isBetween: ({ head, records }) =>
      head === null && (records === null || records.at(-1) === 'variableSet a'),
  },
  {
    name: 'createJob',
    prepare: prepareRun,
    act: (store) => store.createJob(job, ['{"first":1}', '{"first":2}']),
  },
  {
    name: 'appendToJob',
    prepare: prepareJob,
    act: (store) => store.appendToJob(job, { lines: ['{"second":1}'], durable: true }),
  },
  {
    ...writing('keepEvidence', async (writer, backup) => {
      await writer.keepEvidence(backup, [{ path: oldDocument, bytes: Buffer.from('evidence') }])
    }),
    prepare: prepareBackup,
  },
  {
    name: 'trashDocument',
    prepare: prepareRun,
    act: (store) => store.trashDocument(oldDocument, { ...changing, keepDays: 1 }),
  },
  {
    name: 'replaceDocuments',
    prepare: prepareRun,
    act: async (store) => {
      await replaceDocument(store, newHead)
    },
  },
  {
    name: 'restoreDocuments',
    prepare: prepareChanged,
    act: (store, backup) => store.restoreDocuments(oldDocument, { ...changing, backup }),
  },
  { name: 'settleDocuments', prepare: prepareRun, act: (store) => store.settleDocuments() },
  {
    name: 'moveToBackup',
    prepare: prepareRun,
    act: (store) => store.moveToBackup(oldDocument, { run: runId, reason: 'test' }),
  },
  {
    name: 'copyToBackup',
    prepare: prepareRun,
    act: (store) => store.copyToBackup(oldDocument, { run: runId, reason: 'test' }),
  },
  {
    name: 'restoreDocument',
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      return (await store.moveToBackup(oldDocument, { run: runId, reason: 'test' })).id
    },
    act: (store, prepared) => store.restoreDocument(runId, prepared),
  },
  {
    ...writing('trash', (writer) => writer.trash(trashing)),
    prepare: prepareRunWithFiles,
  },
  {
    name: 'restoreTrashed',
    prepare: async (store, disk) => {
      await prepareRunWithFiles(store, disk)
      const writer = await store.open(runId, testing)
      return (await writer.trash(trashing)).id
    },
    act: (store, prepared) => store.restoreTrashed(prepared),
  },
  {
    name: 'archive',
    prepare: prepareRunWithFiles,
    act: (store) => store.archive(runId),
  },
  {
    name: 'unarchive',
    prepare: prepareArchived,
    act: (store) => store.unarchive(runId),
  },
  {
    name: 'archive, encrypted',
    prepare: prepareRunWithFiles,
    act: (store) => store.archive(runId, { seal }),
  },
  {
    name: 'unarchive, encrypted',
    prepare: async (store, disk) => {
      await prepareRunWithFiles(store, disk)
      await store.archive(runId, { seal })
      return ''
    },
    act: (store) => store.unarchive(runId, { cipher }),
  },
  writing('end, and compress at rest', (writer) => writer.append([completed], durable)),
  {
    ...writing('open what is compressed', (writer) =>
      writer.append([setVariable('b'), { type: 'runResumed', ...resumed }], durable),
    ),
    prepare: prepareEnded,
    isBetween: ({ records }) => records?.at(-1) === 'variableSet b',
  },
  {
    name: 'archive what is compressed',
    prepare: prepareEnded,
    act: (store) => store.archive(runId),
  },
  {
    name: 'purgeTrashed',
    prepare: async (store, disk) => {
      await prepareRunWithFiles(store, disk)
      const writer = await store.open(runId, testing)
      return (await writer.trash({ ...trashing, keepDays: -1 })).id
    },
    act: (store, prepared) => store.purgeTrashed(prepared),
  },
  {
    ...writing('open beside left-over files', async () => undefined),
    prepare: async (store, disk) => {
      await prepareLeftOvers(store, disk)
      await store.open(runId, testing)
      return ''
    },
  },
  {
    name: 'sweepTemporaries',
    prepare: prepareLeftOvers,
    act: (store) => store.sweepTemporaries({ keepDays: 1 }),
  },
  {
    name: 'noteExpired',
    prepare: async (store, disk) => {
      await prepareRunWithFiles(store, disk)
      const writer = await store.open(runId, testing)
      return (await writer.trash(trashing)).id
    },
    act: (store, prepared) => store.noteExpired(prepared, { isExpired: true }),
  },
  writing('open and release', async () => undefined),
  {
    ...writing('take over a stale lock', async () => undefined),
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      await store.open(runId, testing)
      return ''
    },
  },
  {
    name: 'breakLock',
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      await store.open(runId, testing)
      return ''
    },
    act: async (store) => {
      const { holder } = await store.read(runId)
      if (holder !== null) await store.breakLock(holder)
    },
  },
  {
    name: 'logOperation',
    prepare: async (store, disk) => {
      await store.logOperation({ ...operation, phase: 'requested' })
      return prepareRun(store, disk)
    },
    act: (store) => store.logOperation({ ...operation, phase: 'observed' }),
  },
  reading('read', (store) => store.read(runId)),
  reading('list', (store) => store.list()),
  reading('read archived', (store) => store.read(runId), prepareArchived),
  reading('read compressed', (store) => store.read(runId), prepareEnded),
  reading('entry', (store) => store.entry(runId)),
  reading('withHead', (store) =>
    store.withHead(runId, (head) => head.read(new Uint8Array(head.sizeBytes), 0)),
  ),
  reading('newestRuns', (store) => store.newestRuns('deploy', 3)),
  reading('heldRuns', (store) => store.heldRuns()),
  reading('runsBeside', (store) => store.runsBeside()),
  reading('besideBytes', (store) => store.besideBytes(runId)),
  reading('storage', (store) => store.storage()),
  reading('sweep', (store) => store.sweep(createStampTable())),
  reading('readStarts', (store) => store.readStarts([oldDocument], 10)),
  reading('readJournal', (store) => store.readJournal(store.layout.journal(runId))),
  reading('listFolder', (store) => store.listFolder(dirname(oldDocument))),
  {
    name: 'finishPurge',
    prepare: async (store, disk) => {
      await prepareRunWithFiles(store, disk)
      const writer = await store.open(runId, testing)
      const { id } = await writer.trash({ ...trashing, keepDays: -1 })
      // One that died when it had begun to delete.
      for (let at = 1; ; at += 1) {
        const copy = disk.twin()
        const dying = createFaultyFileSystem(copy, { at, kind: 'dead', code: 'EIO' })
        await Promise.allSettled([openProcess(dying, 3).purgeTrashed(id)])
        if ((await openProcess(copy, 4).leftPurges()).length === 0) continue
        const again = createFaultyFileSystem(disk, { at, kind: 'dead', code: 'EIO' })
        await Promise.allSettled([openProcess(again, 3).purgeTrashed(id)])
        return ''
      }
    },
    act: async (store) => {
      for (const { id } of await store.leftPurges()) await store.finishPurge(id)
    },
  },
  reading('taskNote', (store) => store.taskNote('cleanup')),
  reading('jobs', (store) => store.jobs(), prepareJob),
  reading('readJob', (store) => store.readJob(job, 0), prepareJob),
  reading('documentBackups', (store) => store.documentBackups(oldDocument), prepareChanged),
  reading(
    'compactedBytes',
    (store) =>
      store.compactedBytes(runId, { gaps: [{ fromSeq: 2, toSeq: 4, run: sampleRun(runId) }] }),
    prepareLong,
  ),
  reading('readDocument', (store) => store.readDocument(oldDocument)),
  reading('readSlice', (store) => store.readSlice(oldDocument, { offset: 1, limitBytes: 4 })),
  reading('trashed', (store) => store.trashed()),
  reading('temporaries', (store) => store.temporaries()),
  {
    name: 'operations',
    prepare: async (store, disk) => {
      await store.logOperation({ ...operation, phase: 'requested' })
      return prepareRun(store, disk)
    },
    act: (store) => store.operations({ offset: 0, limit: 10 }),
  },
  {
    name: 'backups and readBackup',
    prepare: async (store, disk) => {
      await prepareRun(store, disk)
      return (await store.copyToBackup(oldDocument, { run: runId, reason: 'test' })).id
    },
    act: async (store, prepared) => {
      await store.backups(runId)
      await store.readBackup(runId, prepared, oldDocument)
    },
  },
]

function writing(
  name: string,
  work: (writer: RunWriter, prepared: string) => Promise<unknown>,
): StoreCall {
  return {
    name,
    prepare: prepareRun,
    act: async (store, prepared) =>
      release(await store.open(runId, testing), (writer) => work(writer, prepared)),
  }
}

function reading(
  name: string,
  act: StoreCall['act'],
  prepare: StoreCall['prepare'] = prepareRun,
): StoreCall {
  return { name, prepare, act, isReading: true }
}

/** A release that fails is tried once more, as its promise allows. */
async function release(
  writer: RunWriter,
  work: (writer: RunWriter) => Promise<unknown>,
): Promise<void> {
  const [done] = await Promise.allSettled([work(writer)])
  const [released] = await Promise.allSettled([writer.release()])
  if (released?.status === 'rejected') await writer.release()
  if (done?.status === 'rejected') throw done.reason
}

async function prepareRun(
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

async function prepareLong(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.append([setVariable('b'), setVariable('c'), setVariable('d')], durable)
  await writer.release()
  return ''
}

async function prepareBackup(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  const { id } = await writer.backup('first')
  await writer.release()
  return id
}

async function prepareRunWithFiles(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.backup('first')
  await writer.release()
  return ''
}

async function prepareJob(store: Store, disk: FileSystem): Promise<string> {
  await store.createJob(job, ['{"first":1}'])
  return prepareRun(store, disk)
}

async function prepareChanged(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  return (await replaceDocument(store, newHead)).id
}

async function replaceDocument(store: Store, text: string): Promise<Backup> {
  const { rev } = await store.readDocument(oldDocument)
  return store.replaceDocuments(oldDocument, {
    changes: [{ path: oldDocument, bytes: Buffer.from(text), why: 'it changes' }],
    revs: new Map([[oldDocument, rev]]),
    ...changing,
  })
}

/** Head and journal of the run, made elsewhere, as text. */
async function filesOfRun({ layout }: Store): Promise<string> {
  const disk = createMemoryFileSystem(memoryRoot)
  const elsewhere = openProcess(disk, 9)
  await prepareRun(elsewhere, disk)
  const files = [layout.head(runId), layout.journal(runId)].map(async (path) => [
    path,
    Buffer.from((await elsewhere.readDocument(path)).bytes).toString('utf8'),
  ])
  return JSON.stringify(Object.fromEntries(await Promise.all(files)))
}

function adopted(prepared: string): Parameters<Store['adopt']>[1]['files'] {
  const files = z.record(z.string(), z.string()).parse(JSON.parse(prepared))
  return Object.entries(files).map(([path, text]) => ({
    path,
    parts: async function* () {
      yield Buffer.from(text)
    },
  }))
}

async function prepareArchived(store: Store, disk: FileSystem): Promise<string> {
  await prepareRunWithFiles(store, disk)
  await store.archive(runId)
  return ''
}

async function prepareEnded(store: Store, disk: FileSystem): Promise<string> {
  await prepareRun(store, disk)
  const writer = await store.open(runId, testing)
  await writer.append([completed], durable)
  await writer.release()
  return ''
}

/** Of a process that is gone: beside the head, its lock and the list of changes. */
async function prepareLeftOvers(store: Store, disk: FileSystem): Promise<string> {
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

async function prepareDocument(_store: Store, disk: FileSystem): Promise<string> {
  await disk.makeFolder(`${memoryRoot}/${dirname(oldDocument)}`)
  await disk.syncFolder(memoryRoot)
  const file = await disk.open(`${memoryRoot}/${oldDocument}`, 'create')
  await file.write(Buffer.from('{"workflow_id":"old","status":"failed","states":{}}\n'))
  await file.sync()
  await file.close()
  await disk.syncFolder(`${memoryRoot}/${dirname(oldDocument)}`)
  return ''
}

async function tear(store: Store, disk: FileSystem): Promise<string> {
  const file = await disk.open(`${memoryRoot}/${store.layout.journal(runId)}`, 'append')
  await file.write(Buffer.from('{"seq":3,"at"'))
  await file.close()
  return ''
}
