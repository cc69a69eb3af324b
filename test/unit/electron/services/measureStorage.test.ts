import { afterEach, beforeEach, expect, test } from 'vitest'
import { breakDown, measureStorage } from '../../../../electron/services/measureStorage.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await createWorkbench()
})

afterEach(() => bench.close())

const options = { signal: neverCancelled, progress: () => undefined }

test('[K18] sizes are summed by kind and by workflow, the largest first', async () => {
  await bench.run({ a: { run: 'echo hello' } })
  await bench.run({ a: { run: 'echo hello' } })

  const { kinds, workflows, rest, files, bytes } = await measureStorage(bench.context, options)

  expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['head', 'journal', 'log']))
  expect(workflows).toMatchObject([{ workflow: 'test', runs: 2 }])
  expect(rest).toEqual({ workflows: 0, runs: 0, files: 0, bytes: 0 })
  expect(files).toBe(kinds.reduce((sum, kind) => sum + kind.files, 0))
  expect(bytes).toBe(kinds.reduce((sum, kind) => sum + kind.bytes, 0))
})

test('[K18] workflows behind the twentieth are one sum', async () => {
  const ids = Array.from({ length: 46 }, (_, index) => RunId.parse(`r${index}`))
  const runs = new Map(ids.map((id, index) => [id, { files: 2, bytes: 100 + index }]))
  const storage = { ...(await bench.store.storage()), runs }

  const { workflows, rest } = breakDown(storage, {
    workflowOf: (run) => `w${Number(run.slice(1)) % 23}`,
    outcomeOf: () => 'completed',
  })

  expect(workflows.length).toBe(20)
  expect(workflows[0]).toEqual({ workflow: 'w22', runs: 2, files: 4, bytes: 122 + 145 })
  expect(rest).toEqual({
    workflows: 3,
    runs: 6,
    files: 12,
    bytes: 100 + 123 + 101 + 124 + 102 + 125,
  })
})

test('[K18] an empty workspace takes nothing', async () => {
  const storage = await measureStorage(bench.context, options)

  expect([storage.files, storage.bytes, storage.workflows, storage.kinds]).toEqual([0, 0, [], []])
  expect(storage.disk?.totalBytes).toBeGreaterThan(0)
})
