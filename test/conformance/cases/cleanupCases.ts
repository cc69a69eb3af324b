import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  durable,
  keyframe,
  opening,
  runId,
  sampleRun,
  setVariable,
  writeRun,
} from './fixtures.ts'

const [gap, tasks] = ['X33', 'X40']

export const cleanupCases: readonly ConformanceCase[] = [
  {
    rule: gap,
    title: 'a keyframe takes the place of records, and what stands behind it keeps its sums',
    run: async (open) => {
      const store = await open()
      const names = ['a', 'b', 'c', 'd', 'e']
      await writeRun(store, { bodies: [keyframe(), ...names.map((name) => setVariable(name))] })
      const before = (await store.read(runId)).journal
      const gaps = [{ fromSeq: 2, toSeq: 4, run: sampleRun() }]
      const promised = await store.compactedBytes(runId, { gaps })
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('before')
      const { seq, savedBytes } = await writer.compact({ gaps, backup: backup.id })
      await writer.append([setVariable('f')], durable)
      await writer.release()

      const { journal } = await store.read(runId)
      assert.deepEqual(journal?.flaws, [])
      assert.deepEqual(
        journal?.records.map(({ record }) => [record.seq, record.type]),
        [
          [1, 'keyframe'],
          [4, 'keyframe'],
          [5, 'variableSet'],
          [6, 'variableSet'],
          [7, 'thinned'],
          [8, 'variableSet'],
        ],
      )
      assert.deepEqual(
        journal?.records.slice(2, 4).map(({ record }) => record.sum),
        before?.records.slice(4).map(({ record }) => record.sum),
      )
      assert.equal(seq, 7)
      assert.equal(savedBytes, promised)
    },
  },
  {
    rule: 'X35',
    title: 'a backup goes to the trash by itself, and comes back among those of its run',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('kept')
      await writer.release()
      const before = await store.besideBytes(runId)
      const request = { backup: backup.id, workflow: null, reason: 'old', keepDays: 1 }
      const trashed = await store.trashBackup(runId, request)

      assert.deepEqual([trashed.kind, trashed.run, trashed.backup], ['thinned', runId, backup.id])
      assert.deepEqual(await store.backups(runId), [])
      assert.equal(await store.besideBytes(runId), 0)
      await assertRefused(store.trashBackup(runId, request), 'not-found')
      assert.equal(await store.restoreTrashed(trashed.id), runId)
      assert.deepEqual(await store.backups(runId), [backup])
      assert.equal(await store.besideBytes(runId), before)
      assert.deepEqual([...(await store.runsBeside())], [runId])
    },
  },
  {
    rule: tasks,
    title: 'a task is done by one at a time, and what was noted of it is read again',
    run: async (open) => {
      const store = await open()
      assert.equal(await store.taskNote('cleanup'), null)
      const inner = await store.exclusively('cleanup', async () => {
        await store.noteTask('cleanup', { at: 'now' })
        return store.exclusively('cleanup', async () => 'twice')
      })
      assert.equal(inner, null)
      assert.deepEqual(await store.taskNote('cleanup'), { at: 'now' })
      assert.equal(await store.exclusively('cleanup', async () => 'again'), 'again')
    },
  },
]
