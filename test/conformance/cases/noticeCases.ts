import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  durable,
  eventually,
  opening,
  otherRunId,
  runId,
  setVariable,
  textOf,
  writeRun,
} from './fixtures.ts'

const told = 'T59'
const logged = 'T60'

export const noticeCases: readonly ConformanceCase[] = [
  {
    rule: told,
    title: 'tells which run changed, and nothing after it was asked to stop',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const calls: (readonly string[] | null)[] = []
      const stop = store.watch((runs) => calls.push(runs))
      const writer = await store.open(runId, opening)
      await writer.append([setVariable('b')], durable)
      await eventually('the run is told', () => calls.some((runs) => runs?.includes(runId)))
      stop()
      const count = calls.length
      await writer.append([setVariable('c')], durable)
      await writer.release()
      await sleep(250)

      assert.equal(calls.length, count)
    },
  },
  {
    rule: told,
    title: 'many changes are told at most once per 100 ms',
    run: async (open) => {
      const store = await open()
      await writeRun(store)
      const calls: number[] = []
      const beganMs = performance.now()
      const stop = store.watch(() => calls.push(performance.now() - beganMs))
      const writer = await store.open(runId, opening)
      for (let index = 0; index < 40; index += 1) {
        await writer.append([setVariable('b')], durable)
        await sleep(5)
      }
      await writer.release()
      await eventually('a change is told', () => calls.length > 0)
      stop()

      // One that comes late is no sooner followed by the next: all of them are looked at.
      assert.deepEqual(
        calls.filter((ms, index) => ms < index * 95),
        [],
      )
    },
  },
  {
    rule: told,
    title: 'a run in a new day folder is noticed',
    run: async (open) => {
      const store = await open()
      const calls: (readonly string[] | null)[] = []
      const stop = store.watch((runs) => calls.push(runs))
      await writeRun(store)
      await eventually('the first run is told', () => calls.length > 0)
      const before = calls.length
      await writeRun(store, { run: otherRunId, createdAt: '2026-01-03T00:00:00.000Z' })
      await eventually('the second run is told', () => calls.length > before)
      stop()
    },
  },
  {
    rule: logged,
    title: 'the operations log says what was requested and what was found',
    run: async (open) => {
      const store = await open()
      const operation = { call: 'runs.resume', item: runId, by: 'ana' }
      await store.logOperation({ ...operation, phase: 'requested', outcome: null })
      await store.logOperation({ ...operation, phase: 'observed', outcome: 'completed' })

      const log = textOf((await store.readDocument('.unstuck/operations.jsonl')).bytes)
      const lines = log.trimEnd().split('\n')

      assert.equal(lines.length, 2)
      const parsed = lines.map((line): unknown => JSON.parse(line))
      assert.partialDeepStrictEqual(parsed[0], { ...operation, phase: 'requested', outcome: null })
      assert.partialDeepStrictEqual(parsed[1], {
        ...operation,
        phase: 'observed',
        outcome: 'completed',
      })
    },
  },
]
