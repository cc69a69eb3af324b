import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  durable,
  headPath,
  journalPath,
  opening,
  otherRunId,
  runId,
  setVariable,
  textOf,
  writeRun,
} from './fixtures.ts'

const rule = 'T57'

export const backupCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'a backup is put back exactly',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"a":1}\n' })
      const before = await store.read(runId)
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('before an edit')
      await writer.append([setVariable('b')], durable)
      await writer.replaceHead('{"a":2}\n')
      await writer.restoreBackup(backup.id)
      const [next] = await writer.append([setVariable('c')], durable)
      await writer.release()

      const after = await store.read(runId)

      assert.equal(backup.reason, 'before an edit')
      assert.deepEqual(backup.files, [headPath, journalPath])
      assert.deepEqual(after.head, before.head)
      assert.deepEqual(after.journal?.records[0], before.journal?.records[0])
      assert.deepEqual([next?.seq, next?.prev], [2, before.journal?.records[0]?.record.sum])
      assert.deepEqual(after.journal?.flaws, [])
    },
  },
  {
    rule,
    title: 'a file that a restored state did not have is kept in a backup of its own',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('without a head')
      await writer.replaceHead('{"a":2}\n')
      await writer.restoreBackup(backup.id)
      await writer.release()

      const [newest] = await store.backups(runId)

      assert.equal((await store.read(runId)).head, null)
      assert.deepEqual(newest?.files, [headPath])
      const kept = await store.readBackup(runId, newest.id, headPath)
      assert.equal(textOf(kept.bytes), '{"a":2}\n')
    },
  },
  {
    rule,
    title: 'backups are listed, newest first, and read file by file',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"a":1}\n' })
      const writer = await store.open(runId, opening)
      const first = await writer.backup('one')
      const second = await writer.backup('two')
      await writer.release()

      assert.deepEqual(await store.backups(runId), [second, first])
      assert.deepEqual(await store.backups(otherRunId), [])
      const { bytes } = await store.readBackup(runId, first.id, headPath)
      assert.equal(textOf(bytes), '{"a":1}\n')
      await assertRefused(store.readBackup(runId, first.id, 'x.json'), 'not-found')
      await assertRefused(store.readBackup(runId, '../x', headPath), 'not-found')
    },
  },
  {
    rule,
    title: 'a document is moved to the backups and put back where no file is',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"old":1}\n' })
      const copy = await store.copyToBackup(headPath, { run: otherRunId, reason: 'copied' })
      await assertRefused(store.restoreDocument(otherRunId, copy.id), 'invalid-input')
      const moved = await store.moveToBackup(headPath, { run: otherRunId, reason: 'migrated' })
      assert.equal((await store.read(runId)).head, null)

      assert.deepEqual(await store.restoreDocument(otherRunId, moved.id), [headPath])
      assert.equal(textOf((await store.read(runId)).head?.bytes), '{"old":1}\n')
      await assertRefused(store.restoreDocument(otherRunId, 'none'), 'not-found')
    },
  },
]
