import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  createRun,
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

const rule = 'T52'

export const runCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'a created run is read back as it was written',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      const paused = { type: 'runPaused', by: 'ana', reason: null } as const
      const records = await writer.append([setVariable('a'), paused], durable)
      await writer.replaceHead('{"head":1}\n')
      await writer.release()

      const run = await store.read(runId)

      assert.deepEqual(
        records.map(({ seq, epoch, type }) => ({ seq, epoch, type })),
        [
          { seq: 1, epoch: 1, type: 'variableSet' },
          { seq: 2, epoch: 1, type: 'runPaused' },
        ],
      )
      assert.equal(run.id, runId)
      assert.equal(run.holder, null)
      assert.equal(run.head?.document, headPath)
      assert.equal(textOf(run.head.bytes), '{"head":1}\n')
      assert.deepEqual(
        run.journal?.records.map(({ record }) => record),
        records,
      )
      assert.deepEqual(
        run.files.map(({ path, kind }) => [path, kind]),
        [
          [headPath, 'head'],
          [journalPath, 'journal'],
        ],
      )
    },
  },
  {
    rule: 'D72',
    title: 'a head is read in pieces, beside the journal, and none where there is none',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      await writer.append([setVariable('a')], durable)
      const before = await store.withHead(runId, () => Promise.resolve('read'))
      await writer.replaceHead('{"head":1}\n')

      const read = await store.withHead(runId, async (head) => {
        await writer.replaceHead('{"head":22}\n')
        const piece = new Uint8Array(6)
        const count = await head.read(piece, 6)
        const last = head.journal?.records.at(-1)?.record.seq
        return { text: textOf(piece.subarray(0, count)), sizeBytes: head.sizeBytes, last }
      })
      await writer.release()

      assert.equal(before, null)
      assert.equal(await store.withHead(otherRunId, () => Promise.resolve('read')), null)
      // The one that was opened, also where another takes its place meanwhile.
      assert.deepEqual(read, { text: '":1}\n', sizeBytes: 11, last: 1 })
    },
  },
  {
    rule,
    title: 'no record is appended when none is given',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)

      assert.deepEqual(await writer.append([], durable), [])
      await writer.release()
      await assertRefused(store.read(runId), 'not-found')
    },
  },
  {
    rule,
    title: 'a run that is nowhere is not found, and one that exists is not created',
    run: async (open) => {
      const store = await open()
      await writeRun(store)

      await assertRefused(store.read(otherRunId), 'not-found')
      await assertRefused(store.open(otherRunId, opening), 'not-found')
      await assertRefused(createRun(store), 'invalid-input')
      await assertRefused(createRun(store, '2027-05-05T00:00:00.000Z'), 'invalid-input')
    },
  },
  {
    rule,
    title: 'the revision changes with the head and with the last record',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const revisions = [(await store.read(runId)).rev]
      await writer.append([setVariable('b')], durable)
      revisions.push((await store.read(runId)).rev)
      await writer.replaceHead('{}\n')
      revisions.push((await store.read(runId)).rev)
      await writer.release()
      revisions.push((await store.read(runId)).rev)

      assert.equal(new Set(revisions.slice(0, 3)).size, 3)
      assert.equal(revisions[3], revisions[2])
      assert.match(revisions[0] ?? '', /^sha256:[0-9a-f]{64}$/)
    },
  },
  {
    rule,
    title: 'a writer knows the size of its journal',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      const sizes = [writer.journalBytes()]
      await writer.append([setVariable('a')], durable)
      sizes.push(writer.journalBytes())
      await writer.release()
      const again = await store.open(runId, opening)
      sizes.push(again.journalBytes())
      await again.release()

      const { journal } = await store.read(runId)
      assert.deepEqual(sizes, [0, journal?.sizeBytes, journal?.sizeBytes])
    },
  },
]
