import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupRuns } from '../../../../../electron/services/groupRuns.ts'
import { headAfter } from '../../../../../electron/services/migrateDocument.ts'
import { createRunIndex } from '../../../../../electron/services/runIndex.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { createWorkbench, type Workbench } from '../../executor/workbench.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.close())

test('[L317] a run that nobody carries is counted in its group as interrupted', async () => {
  const done = await bench.run({ a: { run: 'true' } })
  await leaveRunning({ ...done, id: RunId.parse('left'), checkpoints: [] })
  const context = { ...bench.context, index: createRunIndex() }
  const asked = contract['run.groups'].input.parse({ by: 'workflow' })
  const { groups } = await groupRuns(context, asked, options)
  expect(groups).toMatchObject([{ count: 2, statuses: { completed: 1, interrupted: 1 } }])
})

const options = { signal: neverCancelled, progress: () => undefined }

/** As a process leaves it that is killed. */
async function leaveRunning(from: Run): Promise<void> {
  const run: Run = { ...from, status: 'running', finishedAt: null }
  const opening = { purpose: 'run', controlSocket: null, createdAt: run.createdAt } as const
  const writer = await bench.store.create(run.id, opening)
  try {
    const records = await writer.append([{ type: 'keyframe', run }], { durable: true })
    await writer.replaceHead(headAfter(bench.context, run, { records, writer }))
  } finally {
    await writer.release()
  }
}
