import { afterAll, beforeAll, expect, test } from 'vitest'
import { annotateRuns } from '../../../../../electron/services/annotateRuns.ts'
import { groupRuns } from '../../../../../electron/services/groupRuns.ts'
import { queryRuns } from '../../../../../electron/services/queryRuns.ts'
import { createRunIndex } from '../../../../../electron/services/runIndex.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract } from '../../../../../shared/contract/contract.ts'
import { questionOf } from '../../../../../shared/core/query/parseQuery.ts'
import type { AnnotationChange } from '../../../../../shared/schema/annotationChange.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import { createWorkbench, until, type Workbench } from '../../executor/workbench.ts'

const options = { signal: neverCancelled, progress: () => undefined }
const long = 'x'.repeat(60)
const tags = Array.from({ length: 20 }, (_, index) => `${index}${long}`.slice(0, 60))

let bench: Workbench
let runs: readonly string[] = []
beforeAll(async () => {
  bench = await createWorkbench()
  const said: readonly AnnotationChange[] = [
    { pinned: true, tags: ['eu', 'Payments'], colour: 'red', note: 'kept for the audit\nand more' },
    { tags: ['eu'], note: 'see ticket 71' },
    // Longer than the summary has room for.
    { tags, note: long },
    {},
  ]
  for (const change of said) runs = [...runs, await start(change)]
}, 60_000)
afterAll(() => bench.close())

async function start(change: AnnotationChange): Promise<string> {
  const id = await bench.start({ a: { run: 'true' } })
  // Not only completed: nobody carries it any more.
  await until('it ended', async () => (await bench.read(id)).status === 'completed')
  await until('it is let go', async () => bench.context.executor.find(RunId.parse(id)) === null)
  const asked = { runs: [RunId.parse(id)], change }
  const { rows } = await annotateRuns(bench.context, asked, options)
  expect(rows).toMatchObject([{ outcome: 'done' }])
  return id
}

/** With nothing known of the workspace, as a host that was just started. */
async function found(query: string): Promise<readonly number[]> {
  const input = contract['run.list'].input.parse(questionOf(query, 0))
  const context = { ...bench.context, index: createRunIndex() }
  const { rows } = await queryRuns(context, input, options)
  return rows.map(({ id }) => runs.indexOf(id)).toSorted((one, other) => one - other)
}

test('[X112] a row says what people say of its run, also where the summary has no room for it', async () => {
  const input = contract['run.list'].input.parse({})
  const { rows } = await queryRuns({ ...bench.context, index: createRunIndex() }, input, options)
  const marks = runs.map((run) => rows.find(({ id }) => id === run)?.marks)

  expect(marks).toEqual([
    { colour: 'red', tags: ['eu', 'Payments'], note: 'kept for the audit' },
    { colour: null, tags: ['eu'], note: 'see ticket 71' },
    { colour: null, tags, note: long },
    undefined,
  ])
})

test('[X113] runs are found by tag, colour, note and pin, and by the letters of what people say', async () => {
  expect(await found('tag:EU')).toEqual([0, 1])
  expect(await found('-tag:eu')).toEqual([2, 3])
  expect(await found('tag:payments,eu colour:red')).toEqual([0])
  expect(await found('noted:yes')).toEqual([0, 1, 2])
  expect(await found('noted:no')).toEqual([3])
  expect(await found('pinned:yes')).toEqual([0])
  expect(await found('ticket')).toEqual([1])
  expect(await found('payments')).toEqual([0])
})

test('[X113] a run is in the group of each of its tags, and in the one of those without any', async () => {
  const input = contract['run.groups'].input.parse({ by: 'tag' })
  const { groups, total, runs: all } = await groupRuns(bench.context, input, options)

  expect([total, all]).toEqual([23, 4])
  expect(groups[0]).toMatchObject({
    value: 'eu',
    count: 2,
    statuses: { completed: 2 },
    filter: [{ field: 'tag', values: ['eu'] }],
  })
  expect(groups.at(-1)).toMatchObject({ value: null, count: 1 })
})

async function pinnedFirst(descending: boolean): Promise<readonly string[]> {
  const sort = { column: 'id' as const, descending, pinnedFirst: true }
  const input = contract['run.list'].input.parse({ sort })
  const { rows } = await queryRuns(bench.context, input, options)
  return rows.map(({ id }) => id)
}

test('[X114] pinned runs stand before all others, each of both in the order that is asked for', async () => {
  const [pinned = '', ...others] = runs
  const sorted = others.toSorted()

  expect(await pinnedFirst(false)).toEqual([pinned, ...sorted])
  expect(await pinnedFirst(true)).toEqual([pinned, ...sorted.toReversed()])
})
