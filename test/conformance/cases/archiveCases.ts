import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  durable,
  opening,
  otherRunId,
  runId,
  setVariable,
  writeRun,
} from './fixtures.ts'

const rule = 'T82'
const head = '{\n"summary": {},\n"run": {}\n}\n'

export const archiveCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'an archived run is listed and read as before, and is whole when it is brought back',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head })
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('kept')
      await writer.release()
      const before = await store.read(runId)

      const archived = await store.archive(runId, { rev: before.rev })

      const { path, sizeBytes } = archived
      const read = await store.read(runId)
      assert.deepEqual(
        { ...read, files: [] },
        { ...before, files: [], archive: { path, sizeBytes, isSealed: false } },
      )
      const entries = (await store.list()).filter(({ kind }) => kind === 'run')
      assert.deepEqual(
        entries.map((entry) => [entry.run, entry.archived, entry.sizeBytes]),
        [[runId, true, sizeBytes]],
      )
      assert.deepEqual(await store.backups(runId), [backup])
      const document = store.layout.head(runId)
      assert.equal(Buffer.from((await store.readDocument(document)).bytes).toString(), head)

      assert.deepEqual(await store.unarchive(runId), archived)
      assert.deepEqual(await store.read(runId), before)
    },
  },
  {
    rule,
    title: 'an archived run is not written, made anew or archived over',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head })
      assert.equal(await store.unarchive(runId), null)
      await assertRefused(store.unarchive(otherRunId), 'not-found')
      await assertRefused(store.archive(runId, { rev: 'another' }), 'stale')
      await store.archive(runId)
      await assertRefused(store.open(runId, opening), 'invalid-input')
      await assertRefused(writeRun(store), 'invalid-input')
      assert.equal((await store.archive(runId)).run, runId)
    },
  },
  {
    rule,
    title: 'a trashed run is not put back beside an archived one of the same id',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const trashed = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
      await writeRun(store, { head })
      await store.archive(runId)

      await assertRefused(store.restoreTrashed(trashed.id), 'invalid-input')
      assert.notEqual((await store.read(runId)).archive, null)
    },
  },
  {
    rule,
    title: 'a run that somebody holds is not archived',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head })
      const writer = await store.open(runId, opening)
      await assertRefused(store.archive(runId), 'locked')
      await writer.append([setVariable('x')], durable)
      await writer.release()
      assert.equal((await store.read(runId)).archive, null)
    },
  },
]
