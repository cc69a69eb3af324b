import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import { assertRefused, durable, opening, runId, setVariable, writeRun } from './fixtures.ts'

const rule = 'T58'
const dayMs = 86_400_000

export const trashCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'a run is taken away with its backups, and put back',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{}\n' })
      const before = await store.read(runId)
      const writer = await store.open(runId, opening)
      const backup = await writer.backup('kept')
      const trashed = await writer.trash({ reason: 'old', workflow: 'deploy', keepDays: 30 })

      const { run, workflow, reason } = trashed
      assert.deepEqual({ run, workflow, reason }, { run: runId, workflow: 'deploy', reason: 'old' })
      assert.equal(Date.parse(trashed.expiresAt) - Date.parse(trashed.at), 30 * dayMs)
      assert.deepEqual(await store.list(), [])
      assert.deepEqual(await store.trashed(), [trashed])
      await assertRefused(store.read(runId), 'not-found')
      await assertRefused(writer.append([setVariable('x')], durable), 'locked')

      assert.equal(await store.restoreTrashed(trashed.id), runId)
      assert.deepEqual(await store.trashed(), [])
      const after = await store.read(runId)
      assert.deepEqual({ ...after, files: [] }, { ...before, files: [] })
      assert.deepEqual(await store.backups(runId), [backup])
    },
  },
  {
    rule,
    title: 'a run is not put back over one of the same id',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const trashed = await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
      await writeRun(store, { createdAt: '2026-02-02T00:00:00.000Z' })

      await assertRefused(store.restoreTrashed(trashed.id), 'invalid-input')
      assert.deepEqual(await store.trashed(), [trashed])
      await assertRefused(store.restoreTrashed('none'), 'not-found')
    },
  },
]
