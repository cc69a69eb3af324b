import assert from 'node:assert/strict'
import { createStampTable } from '../../../electron/store/stampTable.ts'
import type { Entry, Store } from '../../../electron/store/store.ts'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  durable,
  headPath,
  opening,
  otherRunId,
  runId,
  setVariable,
  textOf,
  writeRun,
} from './fixtures.ts'

const rule = 'T55'
const otherHead = `runs/2026-01-03/${otherRunId}.json`
const otherDay = { run: otherRunId, createdAt: '2026-01-03T00:00:00.000Z' }

export const listCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'lists runs, and nothing of its own',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{}\n' })
      await writeRun(store, otherDay)

      const entries = (await store.list()).toSorted(byDocument)

      assert.deepEqual(
        entries.map(({ document, run, kind, problem }) => ({ document, run, kind, problem })),
        [
          { document: headPath, run: runId, kind: 'run', problem: null },
          { document: otherHead, run: otherRunId, kind: 'run', problem: null },
        ],
      )
    },
  },
  {
    rule,
    title: 'a stamp changes with any of the files of a run',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{}\n' })
      const stamps = [await stampOf(store)]
      const writer = await store.open(runId, opening)
      await writer.append([setVariable('b')], durable)
      stamps.push(await stampOf(store))
      await writer.replaceHead('{}\n')
      stamps.push(await stampOf(store))
      await writer.release()
      stamps.push(await stampOf(store))

      assert.equal(new Set(stamps.slice(0, 3)).size, 3)
      assert.equal(stamps[3], stamps[2])
    },
  },
  {
    rule,
    title: 'the entry of one run is the one that the listing has',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"head":1}' })
      const listed = await store.list()

      assert.deepEqual(
        await store.entry(runId),
        listed.find(({ run }) => run === runId),
      )
      assert.equal(await store.entry(otherRunId), null)
    },
  },
  {
    rule,
    title: 'listing stops when it is cancelled',
    run: async (open) => {
      const store = await open()

      await assertRefused(store.list({ signal: AbortSignal.abort() }), 'cancelled')
    },
  },
  {
    rule,
    title: 'a sweep tells what is new, changed or gone since the last one',
    run: async (open) => {
      const store = await open()
      const table = createStampTable()
      await writeRun(store, { head: '{}\n' })
      const first = await store.sweep(table)
      const second = await store.sweep(table)
      await writeRun(store, otherDay)
      const third = await store.sweep(table)
      const writer = await store.open(runId, opening)
      await writer.trash({ reason: 'old', workflow: null, keepDays: 1 })
      const fourth = await store.sweep(table)

      const told = [first, second, third, fourth].map(({ changed, removed, total }) => ({
        changed: changed.map(({ document }) => document),
        removed,
        total,
      }))
      assert.deepEqual(told, [
        { changed: [headPath], removed: [], total: 1 },
        { changed: [], removed: [], total: 1 },
        { changed: [otherHead], removed: [], total: 2 },
        { changed: [], removed: [headPath], total: 1 },
      ])
    },
  },
  {
    rule,
    title: 'reads the first bytes of many documents, in their order',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"head":1}' })
      const starts = await store.readStarts(['nowhere.json', headPath], 5)

      assert.deepEqual(
        starts.map((start) => ('bytes' in start ? textOf(start.bytes) : 'a problem')),
        ['a problem', '{"hea'],
      )
    },
  },
]

function byDocument(a: Entry, b: Entry): number {
  return a.document < b.document ? -1 : 1
}

async function stampOf(store: Store): Promise<string> {
  const [entry] = await store.list()
  return entry?.stamp ?? ''
}
