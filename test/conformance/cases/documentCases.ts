import assert from 'node:assert/strict'
import type { ConformanceCase } from '../conformanceCase.ts'
import {
  assertRefused,
  headPath,
  journalPath,
  otherRunId,
  runId,
  textOf,
  writeRun,
} from './fixtures.ts'

const rule = 'T56'
const foreignPaths = [
  '../outside.json',
  '/etc/passwd',
  'runs/../../x',
  '',
  'runs//x',
  './x',
  'a\0b',
]

export const documentCases: readonly ConformanceCase[] = [
  {
    rule,
    title: 'reads a document, and a piece of it',
    run: async (open) => {
      const store = await open()
      await writeRun(store, { head: '{"a":1}\n' })
      const slice = async (offset: number, limitBytes: number): Promise<string> =>
        textOf((await store.readSlice(headPath, { offset, limitBytes })).bytes)

      assert.equal(textOf((await store.readDocument(headPath)).bytes), '{"a":1}\n')
      assert.equal(await slice(1, 3), '"a"')
      assert.equal(await slice(6, 100), '}\n')
      assert.equal(await slice(50, 5), '')
      const { sizeBytes } = await store.readSlice(headPath, { offset: 0, limitBytes: 1 })
      assert.equal(sizeBytes, 8)
    },
  },
  ...foreignPaths.map(refusesPath),
  {
    rule,
    title: 'says not-found of a document that is not there, and invalid-input of a folder',
    run: async (open) => {
      const store = await open()
      await writeRun(store)

      await assertRefused(store.readDocument('state.json'), 'not-found')
      await assertRefused(store.readDocument('runs'), 'invalid-input')
    },
  },
  {
    rule,
    title: 'knows the places of a run, also of one that does not exist',
    run: async (open) => {
      const store = await open()
      const { layout } = store
      await writeRun(store)

      assert.deepEqual([layout.head(runId), layout.journal(runId)], [headPath, journalPath])
      assert.equal(layout.head(otherRunId), `runs/2026-01-03/${otherRunId}.json`)
      assert.equal(layout.log(runId, 'build[0]', 2), `logs/${runId}/build[0].2.log`)
      assert.equal(layout.step(runId, 'build', 1), `.unstuck/steps/${runId}/build.1`)
      assert.throws(() => layout.log(runId, '../x', 1), { code: 'invalid-input' })
    },
  },
]

function refusesPath(path: string): ConformanceCase {
  return {
    rule,
    title: `refuses the path ${JSON.stringify(path)}`,
    run: async (open) => {
      const store = await open()
      const moved = store.moveToBackup(path, { run: runId, reason: '' })

      await assertRefused(moved, 'invalid-input')
      await assertRefused(store.readDocument(path), 'invalid-input')
      await assertRefused(store.readSlice(path, { offset: 0, limitBytes: 1 }), 'invalid-input')
    },
  }
}
