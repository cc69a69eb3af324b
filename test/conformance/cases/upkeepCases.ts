import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import { assertRefused, createRun, journalPath, opening, runId, writeRun } from './fixtures.ts'

export const upkeepCases: readonly ConformanceCase[] = [
  {
    rule: 'T93',
    title: 'what has not expired is not deleted for good',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const { id } = await writer.trash({ reason: 'old', workflow: null, keepDays: 30 })

      await assertRefused(store.purgeTrashed(id), 'stale')
      assert.deepEqual(
        (await store.trashed()).map((entry) => entry.id),
        [id],
      )
      assert.deepEqual(await store.leftPurges(), [])
    },
  },
  {
    rule: 'T96',
    title: 'when an entry was first found expired is noted, and can be forgotten',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const { id } = await writer.trash({ reason: 'old', workflow: null, keepDays: 30 })
      const noted = async () => (await store.trashed())[0]?.seenExpiredAt ?? null

      await store.noteExpired(id, { isExpired: true })
      const first = await noted()
      await store.noteExpired(id, { isExpired: true })
      assert.notEqual(first, null)
      assert.equal(await noted(), first)
      await store.noteExpired(id, { isExpired: false })
      assert.equal(await noted(), null)
    },
  },
  {
    rule: 'T97',
    title: 'operations are read newest first, the request and its end as one',
    run: async (open) => {
      const store = await open()
      const by = 'ana'
      await store.logOperation({
        call: 'run.pause',
        item: runId,
        by,
        id: 'one',
        phase: 'requested',
        outcome: null,
      })
      await store.logOperation({
        call: 'run.pause',
        item: runId,
        by,
        id: 'one',
        phase: 'observed',
        outcome: 'done',
      })
      await store.logOperation({
        call: 'run.cancel',
        item: runId,
        by,
        id: 'two',
        phase: 'requested',
        outcome: null,
      })

      const { operations, nextOffset } = await store.operations({ offset: 0, limit: 10 })
      assert.deepEqual(
        operations.map(({ call, state }) => [call, state]),
        [
          ['run.cancel', 'unfinished'],
          ['run.pause', 'done'],
        ],
      )
      assert.equal(nextOffset, null)
      const begun = await store.operations({ offset: 0, limit: 10, state: 'unfinished' })
      assert.deepEqual(
        begun.operations.map(({ call }) => call),
        ['run.cancel'],
      )
    },
  },
  {
    rule: 'T101',
    title: 'the sizes of a run’s files are counted as its own',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"a":1}\n' })
      const { files } = await store.read(runId)
      const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)

      const { runs, problems } = await store.storage()

      assert.deepEqual(problems, [])
      assert.equal(runs.get(runId)?.bytes, bytes)
    },
  },
  {
    rule: 'T52',
    title: 'a journal that is read by its path says what the run says',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const { journal } = await store.read(runId)

      const read = await store.readJournal(journalPath)

      assert.deepEqual([read.records, read.flaws], [journal?.records, []])
      await assertRefused(store.readJournal('runs/nowhere.jsonl'), 'not-found')
    },
  },
  {
    rule: 'T57',
    title: 'evidence is kept in one file beside a backup, and can be read',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      const backup = await writer.backup('before a repair')
      const files = [{ path: 'head.json', bytes: new TextEncoder().encode('{"broken') }]
      const path = await writer.keepEvidence(backup.id, files)
      await writer.release()

      assert.ok((await store.readDocument(path)).bytes.length > 0)
      assert.deepEqual(
        (await store.backups(runId)).map(({ id }) => id),
        [backup.id],
      )
    },
  },
  {
    rule: 'T89',
    title: 'where no file was left over there is none to sweep',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{}\n' })
      assert.deepEqual(await store.temporaries(), [])
      assert.deepEqual(await store.sweepTemporaries({ keepDays: 30 }), [])
    },
  },
]
