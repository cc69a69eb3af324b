import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  createRun,
  durable,
  opening,
  runId,
  setVariable,
  writeRun,
} from './fixtures.ts'

const rule = 'T54'

export const lockCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'a run that is held is locked, in this process too, and says by whom',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      await assertRefused(store.open(runId, opening), 'not-found')
      await writer.append([setVariable('a')], durable)
      const { holder } = await store.read(runId)

      await assertRefused(store.open(runId, opening), 'locked', {
        holder: { purpose: 'test', epoch: 1 },
        state: 'alive',
      })
      assert.ok(holder !== null)
      assert.equal(await store.holderState(holder), 'alive')
      assert.equal(store.isHeldHere(holder), true)
      await writer.release()
    },
  },
  {
    rule,
    title: 'of many who ask at once one gets the lock',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, () => store.open(runId, opening)),
      )
      const writers = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))

      assert.equal(writers.length, 1)
      await writers[0]?.release()
      assert.equal((await store.read(runId)).holder, null)
    },
  },
  {
    rule,
    title: 'a run is among the held ones as long as its lock is there',
    run: async (open) => {
      const store = await open()
      assert.deepEqual(await store.heldRuns(), new Set())
      const writer = await createRun(store)
      assert.deepEqual(await store.heldRuns(), new Set([runId]))
      await writer.release()
      assert.deepEqual(await store.heldRuns(), new Set())
    },
  },
  {
    rule,
    title: 'a writer that was released writes nothing more, and may be released again',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      await writer.release()
      await writer.release()

      await assertRefused(writer.append([setVariable('b')], durable), 'locked')
      await assertRefused(writer.replaceHead('{}'), 'locked')
      assert.equal((await store.read(runId)).journal?.records.length, 1)
    },
  },
  {
    rule,
    title: 'a lock that a person breaks is lost to its holder',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const { holder } = await store.read(runId)
      assert.ok(holder !== null)
      await store.breakLock(holder)
      const thief = await store.open(runId, opening)

      await assertRefused(writer.append([setVariable('b')], durable), 'locked')
      await writer.release()
      const [record] = await thief.append([setVariable('c')], durable)
      assert.equal(record?.seq, 2)
      await thief.release()
    },
  },
  {
    rule,
    title: 'only the lock that was looked at is broken',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const first = await store.open(runId, opening)
      const { holder } = await store.read(runId)
      await first.release()
      const second = await store.open(runId, opening)

      assert.ok(holder !== null)
      await assertRefused(store.breakLock(holder), 'stale')
      assert.equal((await second.append([setVariable('b')], durable)).length, 1)
      await second.release()
    },
  },
]
