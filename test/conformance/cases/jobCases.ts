import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import { assertRefused } from './fixtures.ts'

export const jobCases: readonly ConformanceCase[] = [
  {
    rule: 'R101',
    title: 'work on many runs is there with all its lines, and is added to and read on',
    run: async (open) => {
      const store = await open()
      await store.createJob('two', ['{"n":1}', '{"n":2}'])
      await store.createJob('one', ['{}'])
      const first = await store.readJob('two', 0)
      await store.appendToJob('two', { lines: ['{"n":3}', '{"n":4}'], durable: true })
      await store.appendToJob('two', { lines: ['{"n":5}'], durable: false })
      const next = await store.readJob('two', first.nextByte)

      assert.deepEqual(await store.jobs(), ['one', 'two'])
      assert.deepEqual(first.lines, ['{"n":1}', '{"n":2}'])
      assert.deepEqual(next.lines, ['{"n":3}', '{"n":4}', '{"n":5}'])
      assert.deepEqual((await store.readJob('two', next.nextByte)).lines, [])
    },
  },
  {
    rule: 'R101',
    title: 'work that is not there is not found, and what is no id of it is refused',
    run: async (open) => {
      const store = await open()
      assert.deepEqual(await store.jobs(), [])
      await assertRefused(store.readJob('none', 0), 'not-found')
      await assertRefused(store.createJob('../none', []), 'invalid-input')
    },
  },
]
