// Every call of the store that only reads the disk.
import { dirname } from 'node:path'
import { createStampTable } from '../../../electron/store/stampTable.ts'
import { runId } from '../../unit/electron/store/storeFixtures.ts'
import { sampleRun } from '../../conformance/cases/fixtures.ts'
import {
  job,
  oldDocument,
  prepareArchived,
  prepareChanged,
  prepareEnded,
  prepareJob,
  prepareLong,
  prepareRun,
  prepareSealed,
} from './storeCallStates.ts'
import type { StoreCall } from './storeCall.ts'
import { cipher } from './storeState.ts'

const operation = { call: 'run.start', item: runId, by: 'ana', outcome: null } as const

export const readingCalls: readonly StoreCall[] = [
  reading(
    'unlockArchive and lockArchive',
    async (store) => {
      const unlocked = await store.unlockArchive(runId, cipher)
      if (unlocked !== null) store.takeUnlocked(unlocked)
      await store.read(runId)
      store.lockArchive(runId)
    },
    prepareSealed,
  ),
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
  reading(
    'operations',
    (store) => store.operations({ offset: 0, limit: 10 }),
    async (store, disk) => {
      await store.logOperation({ ...operation, phase: 'requested' })
      return prepareRun(store, disk)
    },
  ),
  reading(
    'backups and readBackup',
    async (store, prepared) => {
      await store.backups(runId)
      await store.readBackup(runId, prepared, oldDocument)
    },
    async (store, disk) => {
      await prepareRun(store, disk)
      return (await store.copyToBackup(oldDocument, { run: runId, reason: 'test' })).id
    },
  ),
]

function reading(
  name: string,
  act: StoreCall['act'],
  prepare: StoreCall['prepare'] = prepareRun,
): StoreCall {
  return { name, prepare, act, isReading: true }
}
