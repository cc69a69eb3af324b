import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { countRuns, groupRuns } from '../../../../../electron/services/groupRuns.ts'
import { queryRuns } from '../../../../../electron/services/queryRuns.ts'
import { createRunIndex } from '../../../../../electron/services/runIndex.ts'
import type { Store } from '../../../../../electron/store/store.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract, type CallProgress } from '../../../../../shared/contract/contract.ts'
import { questionOf } from '../../../../../shared/core/query/parseQuery.ts'
import type { RunId } from '../../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../../executor/workbench.ts'

let bench: Workbench
let paid: RunId
let stuck: RunId
const options = { signal: neverCancelled, progress: () => undefined }

beforeAll(async () => {
  bench = await createWorkbench()
  paid = (await bench.run(charge('true'), { inputs: { orderId: 4710, note: 'Über' } })).id
  stuck = (await bench.run(charge('exit 3'), { inputs: { orderId: 4711 } })).id
  await bench.run(charge('exit 3'), { inputs: { orderId: 'ord-7' } })
  await writeFile(join(bench.root, 'other.json'), '{"orderId": 4.711e3, "note": "\\u00fcber"}')
  await writeFile(join(bench.root, 'torn.json'), '{"orderId": 4711, "no')
}, 60_000)
afterAll(() => bench.close())

function charge(command: string): object {
  return { charge: { run: command, sideEffects: 'none' } }
}

/** A host that has read nothing yet, and how often it reads a document. */
function open(now: () => string = bench.context.now) {
  let reads = 0
  const store: Store = {
    ...bench.store,
    readSlice: async (...given) => {
      // The settings are looked at whenever the list is.
      if (given[0] !== 'unstuck.json') reads += 1
      return bench.store.readSlice(...given)
    },
  }
  const context: ServiceContext = { ...bench.context, store, now, index: createRunIndex() }
  const list = (line: string, more: object = {}) => {
    const asked = { ...questionOf(line, Date.parse(bench.context.now())), ...more }
    return queryRuns(context, contract['run.list'].input.parse(asked), options)
  }
  return { context, list, reads: () => reads }
}

async function ids(
  listed: ReturnType<ReturnType<typeof open>['list']>,
): Promise<readonly string[]> {
  return (await listed).rows.map(({ id }) => id).toSorted()
}

describe('a search inside the state', () => {
  test('[T143] runs and documents of any format are found by a value at a path, and by a text', async () => {
    const { list } = open()
    expect(await ids(list('state:/inputs/orderId=4711'))).toEqual([stuck])
    expect(await ids(list('state:orderId=4711'))).toEqual([stuck, 'other.json'].toSorted())
    expect(await ids(list('state:über'))).toEqual([paid, 'other.json'].toSorted())
    expect(await ids(list('state:orderId>4710 status:failed'))).toEqual([stuck])
    expect((await list('state:orderId=nowhere')).total).toBe(0)
  })

  test('[T144] a document is read once for a question, and again when it changed', async () => {
    const { list, reads } = open()
    await list('state:orderId=4711')
    const before = reads()
    expect(await ids(list('state:orderId=4711'))).toHaveLength(2)
    expect(reads()).toBe(before)
    const path = join(bench.root, 'late.json')
    await writeFile(path, '{"orderId": 4711}')
    expect(await ids(list('state:orderId=4711'))).toContain('late.json')
    await writeFile(path, '{"orderId": 4712, "more": 1}')
    expect(await ids(list('state:orderId=4711'))).not.toContain('late.json')
    await rm(path)
    expect((await list('')).total).toBe(5)
  })

  test('[T145] [E237] asked for a part, it answers with what it found in half a second, and goes on from there', async () => {
    let clockMs = Date.parse('2026-01-02T00:00:00.000Z')
    const slow = open(() => new Date((clockMs += 1000)).toISOString())
    for (let copy = 0; copy < 140; copy++)
      await writeFile(join(bench.root, `copy-${copy}.json`), `{"orderId": ${copy}}`)
    try {
      const first = await slow.list('state:orderId=139 copy', { partial: true })
      expect(first.searching).toMatchObject({ of: 140 })
      expect(first.searching?.searched).toBeLessThan(140)
      let answer = first
      for (let again = 0; again < 10 && answer.searching !== undefined; again++)
        answer = await slow.list('state:orderId=139 copy', { partial: true })
      expect(answer.searching).toBeUndefined()
      expect(answer.rows.map(({ id }) => id)).toEqual(['copy-139.json'])
      const told: (number | string)[] = []
      const whole = open(() => new Date((clockMs += 1000)).toISOString())
      const input = contract['run.list'].input.parse(questionOf('state:orderId=139 copy', clockMs))
      const progress = (value: CallProgress<'run.list'>) =>
        void told.push('listed' in value ? `listed ${value.listed}` : value.searched)
      const found = await queryRuns(whole.context, input, { signal: neverCancelled, progress })
      expect(found).toMatchObject({ total: 1 })
      expect(found.searching).toBeUndefined()
      expect(told.filter((one) => typeof one === 'number')).toEqual([64, 128, 140])
      expect(told[0]).toMatch(/^listed \d+$/)
    } finally {
      for (let copy = 0; copy < 140; copy++)
        await rm(join(bench.root, `copy-${copy}.json`), { force: true })
    }
  }, 60_000)

  test('[T145] a search that nobody waits for any more ends', async () => {
    const { context } = open()
    const input = contract['run.list'].input.parse(questionOf('state:orderId=4711', 0))
    const signal = AbortSignal.abort()
    await expect(queryRuns(context, input, { ...options, signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })

  test('[T146] runs that failed alike are one group, with its runs counted by status and the conditions that open it', async () => {
    const { context } = open()
    const groups = (asked: object) =>
      groupRuns(context, contract['run.groups'].input.parse(asked), options)
    const byError = await groups({ by: 'error', filter: questionOf('status:failed', 0).filter })
    expect(byError).toMatchObject({
      total: 1,
      runs: 2,
      groups: [
        { count: 2, statuses: { failed: 2 }, value: expect.stringMatching(/^charge: ExitCode: /) },
      ],
    })
    const [group] = byError.groups
    const input = contract['run.list'].input.parse({ filter: group?.filter })
    expect((await queryRuns(context, input, options)).total).toBe(2)
    const byStatus = await groups({ by: 'status' })
    expect(byStatus.groups.map(({ value, count }) => [value, count])).toEqual([
      ['failed', 2],
      ['completed', 1],
      ['damaged', 1],
      ['unknown', 1],
    ])
    const byVersion = await groups({ by: 'version', view: 'failed' })
    expect(byVersion.groups).toMatchObject([{ workflow: expect.any(String), count: 2 }])
  })

  test('[T147] runs are counted for many questions at once, and nothing is searched for it', async () => {
    const { context, list } = open()
    const asked = contract['run.count'].input.parse({
      queries: [{}, { view: 'failed' }, { text: 'charge' }, questionOf('state:orderId=4711', 0)],
    })
    const count = async () => (await countRuns(context, asked, options)).totals
    expect(await count()).toEqual([5, 2, 2, null])
    await list('state:orderId=4711')
    expect(await count()).toEqual([5, 2, 2, 2])
  })
})
