import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRun } from '../../../../electron/services/checkRun.ts'
import { checkRuns } from '../../../../electron/services/checkRuns.ts'
import { nativeRef } from '../../../../electron/services/refs.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract, type CallInput } from '../../../../shared/contract/contract.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

function checkAll(input: CallInput<'run.checkAll'>) {
  const whole = contract['run.checkAll'].input.parse(input)
  return checkRuns(bench.context, whole, { signal: neverCancelled, progress: () => undefined })
}
const sort = { column: 'id', descending: false } as const

describe('checkRuns', () => {
  it('[I85] each page goes on where the one before ended, in the order of the ids', async () => {
    const runs = [
      await bench.run({ a: { run: 'true' } }),
      await bench.run({ a: { run: 'exit 1' } }),
    ]
    await writeFile(join(bench.root, 'torn.json'), '{"name": "orders", "open": [1')
    const ids = [...runs.map(({ id }) => id), 'torn.json'].toSorted()

    const first = await checkAll({ sort, limit: 2 })
    const second = await checkAll({ sort, limit: 2, offset: first.nextOffset ?? 0 })

    expect([first.nextOffset, second.nextOffset, first.total]).toEqual([2, null, 3])
    const items = [...first.items, ...second.items]
    expect(items.map(({ item }) => item)).toEqual(ids)
    const torn = items.find(({ item }) => item === 'torn.json')
    expect(torn).toMatchObject({ health: 'damaged', counts: { error: 1, warning: 0, info: 0 } })
    expect(items.flatMap(({ findings }) => findings).map(({ rule }) => rule)).toEqual(['I28'])
  })

  it('[I85] a journal that lies elsewhere is checked line by line', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const text = await bench.text(bench.store.layout.journal(id))
    await writeFile(join(bench.root, 'sound.jsonl'), text)
    await writeFile(join(bench.root, 'odd.jsonl'), text.replace('"exitCode":0', '"exitCode":1'))

    const found = await Promise.all(
      ['sound.jsonl', 'odd.jsonl'].map(async (document) => {
        const ref = { ...nativeRef(bench.context, id), format: 'unknown', document } as const
        return (await checkRun(bench.context, { ref })).findings
      }),
    )

    expect(found.map((findings) => findings.map(({ rule, file }) => [rule, file]))).toEqual([
      [],
      [['I31', 'document']],
    ])
  })

  it('[I85] [I74] left-over files come with the last page, and with the run that they are of', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const head = join(bench.root, bench.store.layout.head(id))
    const name = `.${id}.json.999999.a-b-c-d-e.tmp`
    await writeFile(join(bench.root, 'x.tmp'), '')
    await rename(join(bench.root, 'x.tmp'), join(head, '..', name))

    // Its marks are of no machine: nothing proves that its owner is gone, and it is no finding.
    expect((await checkAll({ sort })).around).toEqual([])
    expect((await checkRun(bench.context, { ref: nativeRef(bench.context, id) })).findings).toEqual(
      [],
    )
  })
})
