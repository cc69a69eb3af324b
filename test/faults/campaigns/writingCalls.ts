// Every call of the store that changes the disk.
import type { RunWriter } from '../../../electron/store/store.ts'
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
import {
  adopted,
  changing,
  filesOfRun,
  job,
  newHead,
  oldDocument,
  oldHead,
  prepareArchived,
  prepareBackup,
  prepareChanged,
  prepareDocument,
  prepareEnded,
  prepareJob,
  prepareLeftOvers,
  prepareLong,
  prepareRun,
  prepareRunWithFiles,
  prepareSealed,
  replaceDocument,
  seal,
  tear,
} from './storeCallStates.ts'
import type { StoreCall } from './storeCall.ts'
import { cipher } from './storeState.ts'

const durable = { durable: true } as const
const resumed = { by: 'ana', reason: null, reset: [] }
const completed = { type: 'runCompleted' } as const
const trashing = { reason: 'old', workflow: null, keepDays: 1 }
const operation = { call: 'run.start', item: runId, by: 'ana', outcome: null } as const

export const writingCalls: readonly StoreCall[] = [
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
    prepare: prepareSealed,
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
