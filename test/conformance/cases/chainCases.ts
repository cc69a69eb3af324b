import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  createRun,
  durable,
  keyframe,
  opening,
  repaired,
  runId,
  setVariable,
  writeRun,
} from './fixtures.ts'

const rule = 'T53'

export const chainCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'a run that was opened again goes on in its chain, under a higher epoch',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const writer = await store.open(runId, opening)
      const [record] = await writer.append([setVariable('b')], durable)
      await writer.release()

      const { journal } = await store.read(runId)

      assert.deepEqual([record?.seq, record?.epoch], [2, 2])
      assert.equal(record?.prev, journal?.records[0]?.record.sum)
      assert.deepEqual(journal?.flaws, [])
    },
  },
  {
    rule,
    title: 'appends that are not awaited keep their order',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      const numbers = Array.from({ length: 20 }, (_, index) => index)
      const many = await Promise.all(
        numbers.map((index) =>
          writer.append([setVariable(`v${index}`)], { durable: index % 3 === 0 }),
        ),
      )
      await writer.release()

      const { journal } = await store.read(runId)

      assert.deepEqual(
        many.flat().map(({ seq }) => seq),
        numbers.map((index) => index + 1),
      )
      assert.deepEqual(journal?.flaws, [])
      assert.equal(journal.records.length, 20)
    },
  },
  {
    rule,
    title: 'a keyframe is due after as many bytes as the state has, and at least 64 KiB',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      const fill = (): Promise<unknown> =>
        writer.append([setVariable('x', 'x'.repeat(40_000))], { durable: false })
      const seen: boolean[] = []
      await fill()
      seen.push(writer.isKeyframeDue(10))
      await fill()
      seen.push(writer.isKeyframeDue(10), writer.isKeyframeDue(100_000))
      await fill()
      seen.push(writer.isKeyframeDue(100_000))
      await writer.append([keyframe(), setVariable('y')], durable)
      seen.push(writer.isKeyframeDue(10))
      await writer.release()
      const again = await store.open(runId, opening)
      seen.push(again.isKeyframeDue(10))
      await again.release()

      assert.deepEqual(seen, [false, true, false, true, false, false])
    },
  },
  {
    rule,
    title: 'a cut journal goes on behind the numbers that were lost',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { bodies: [setVariable('a'), setVariable('b'), setVariable('c')] })
      const records = (await store.read(runId)).journal?.records ?? []
      const writer = await store.open(runId, opening)
      await writer.cutJournal(records[1]?.offset ?? 0)
      writer.continueAfter(3)
      const dropped = { fromSeq: 2, toSeq: 3, bytes: 10 }
      await writer.append([repaired(dropped), keyframe()], durable)
      await writer.release()

      const { journal } = await store.read(runId)

      assert.deepEqual(journal?.flaws, [])
      assert.deepEqual(
        journal.records.map(({ record }) => [record.seq, record.type]),
        [
          [1, 'variableSet'],
          [4, 'repaired'],
          [5, 'keyframe'],
        ],
      )
    },
  },
  {
    rule,
    title: 'a journal that was lost goes on behind the head',
    run: async (open) => {
      const store = await open()
      const writer = await createRun(store)
      await writer.replaceHead('{}\n')
      writer.continueAfter(7)
      await writer.append([repaired({ fromSeq: 1, toSeq: 7, bytes: 0 }), keyframe()], durable)
      await writer.release()

      const { journal } = await store.read(runId)

      assert.deepEqual(journal?.flaws, [])
      assert.deepEqual(
        journal.records.map(({ record }) => record.seq),
        [8, 9],
      )
    },
  },
  {
    rule,
    title: 'a chain cannot go on before its last record',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { bodies: [setVariable('a'), setVariable('b')] })
      const writer = await store.open(runId, opening)

      assert.throws(() => writer.continueAfter(1), { code: 'invalid-input' })
      await writer.release()
    },
  },
]
