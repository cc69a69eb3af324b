import { afterEach, beforeEach, expect, test } from 'vitest'
import { selectRuns } from '../../../../electron/services/selectRuns.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract, maxMessageBytes, type CallInput } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

function select(input: CallInput<'run.select'>) {
  const whole = contract['run.select'].input.parse(input)
  return selectRuns(bench.context, whole, { signal: neverCancelled })
}

async function ids(input: CallInput<'run.select'>): Promise<readonly string[]> {
  return (await select(input)).rows.map(({ document }) => document)
}

test('[L111] a choice is what matches, or what was named, without its exceptions', async () => {
  const good = await bench.run({ a: { run: 'true' } })
  const bad = await bench.run({ a: { run: 'exit 1' } })
  const other = await bench.run({ a: { run: 'true' } })

  expect(await ids({ view: 'completed', except: [other.id] })).toEqual([good.id])
  expect(await ids({ documents: [bad.id, 'nobody', good.id] })).toEqual([bad.id, good.id])
  expect(await ids({ documents: [bad.id], except: [bad.id] })).toEqual([])
})

test('[L111] it is told page by page', async () => {
  const runs = [
    await bench.run({ a: { run: 'true' } }),
    await bench.run({ a: { run: 'true' } }),
    await bench.run({ a: { run: 'true' } }),
  ]
  const sort = { column: 'id', descending: false } as const

  const first = await select({ sort, limit: 2 })
  const second = await select({ sort, offset: first.nextOffset ?? 0, limit: 2 })

  expect([first.nextOffset, second.nextOffset, first.total]).toEqual([2, null, 3])
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual(
    runs.map(({ id }) => id).toSorted(),
  )
  const [one] = first.rows
  expect(one?.path).toBe(bench.store.layout.head(RunId.parse(one?.id)))
  expect(JSON.stringify(first).length).toBeLessThan(maxMessageBytes)
})

test('[L112] with how many an action can be done is counted over all, also where no row is asked for', async () => {
  await bench.run({ a: { run: 'true' } })
  await bench.run({ a: { run: 'exit 1' } })

  const { rows, total, able } = await select({ limit: 0 })

  expect({ rows, total, able }).toEqual({
    rows: [],
    total: 2,
    able: { archive: 2, unarchive: 0, trash: 2, migrate: 0, repair: 0 },
  })
})
