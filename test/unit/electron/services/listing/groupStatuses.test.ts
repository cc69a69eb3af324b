import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupRuns } from '../../../../../electron/services/groupRuns.ts'
import { headAfter } from '../../../../../electron/services/migrateDocument.ts'
import { queryRuns } from '../../../../../electron/services/queryRuns.ts'
import { createRunIndex } from '../../../../../electron/services/runIndex.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract, type HandlerInput } from '../../../../../shared/contract/contract.ts'
import { shownStatus } from '../../../../../shared/core/diagnose/shownStatus.ts'
import { questionOf } from '../../../../../shared/core/query/parseQuery.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import type { RunCondition } from '../../../../../shared/schema/runCondition.ts'
import { versionTwo } from '../../../../versionTwo.ts'
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

test('[L269] the filter, the views, the groups and the rows tell the same number by the same word', async () => {
  const failed = await bench.run({ a: { run: 'exit 3' } })
  await bench.run({ a: { run: 'exit 3' } })
  await leaveRunning({ ...failed, id: RunId.parse('left-too'), checkpoints: [] })
  const old = JSON.stringify({ ...versionTwo, status: 'failed' })
  await writeFile(join(bench.root, 'old.json'), old)
  const context = { ...bench.context, index: createRunIndex() }
  const { rows, counts } = await queryRuns(context, listInput({}), options)
  const shown = new Map<string, number>()
  for (const row of rows) shown.set(shownStatus(row), (shown.get(shownStatus(row)) ?? 0) + 1)
  const numbers = [...shown]
  expect(Object.fromEntries(numbers)).toMatchObject({ failed: 2, 'old-version': 1 })

  const byStatus = contract['run.groups'].input.parse({ by: 'status' })
  const { groups } = await groupRuns(context, byStatus, options)
  expect(new Map(groups.map(({ value, count }) => [value, count]))).toEqual(shown)
  expect(groups.map(({ value, count }) => ({ [value ?? '']: count }))).toEqual(
    groups.map(({ statuses }) => statuses),
  )
  for (const [word, count] of numbers) {
    const { filter } = questionOf(`status:${word}`, 0)
    expect(await queryRuns(context, listInput({ filter }), options)).toMatchObject({ total: count })
  }
  for (const view of ['running', 'failed', 'completed'] as const) {
    const { filter } = questionOf(`status:${view}`, 0)
    const { total } = await queryRuns(context, listInput({ filter }), options)
    expect({ [view]: total }).toEqual({ [view]: counts[view] })
  }
})

function listInput(question: { readonly filter?: RunCondition[] }): HandlerInput<'run.list'> {
  return contract['run.list'].input.parse(question)
}

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
