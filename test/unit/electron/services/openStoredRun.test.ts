import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readStoredRun } from '../../../../electron/services/openStoredRun.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { createRunIndex } from '../../../../electron/services/runIndex.ts'
import type { Store } from '../../../../electron/store/store.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

test('[T174] a run that its process ended after its files were read is not said to be interrupted', async () => {
  const { id } = await bench.run({ a: { run: 'true' } })
  const writer = await bench.store.open(id, { purpose: 'test', controlSocket: null })
  const held = await bench.store.read(id)
  await writer.release()
  const { journal } = held
  if (journal === null) throw new Error('no journal')
  // As it was found in the middle of the run, by whoever looks at the holder when all is over.
  const early = {
    ...held,
    head: null,
    journal: { ...journal, records: journal.records.slice(0, 3) },
  }
  let reads = 0
  const read: Store['read'] = async (run) => {
    reads += 1
    return reads === 1 ? early : bench.store.read(run)
  }
  const store: Store = { ...bench.store, read, holderState: async () => 'gone' }

  const { run, liveness, holder } = await readStoredRun({ ...bench.context, store }, id)

  expect({ status: run?.status, liveness, holder, reads }).toEqual({
    status: 'completed',
    liveness: 'none',
    holder: null,
    reads: 2,
  })
})

test('[T175] a run that is just being created is not there yet, and is no damage', async () => {
  const context = { ...bench.context, index: createRunIndex() }
  const input = contract['run.list'].input.parse({})
  const listed = async () => {
    const { rows } = await queryRuns(context, input, { signal: neverCancelled })
    return rows.map(({ health, reason }) => `${health} ${reason.rule}`)
  }
  const source = await bench.run({ a: { run: 'true' } })
  const journalOf = (id: RunId) => join(bench.root, bench.store.layout.journal(id))
  expect(await listed()).toHaveLength(1)

  const id = RunId.parse('late-20260102t030405z-a1b2c3')
  const createdAt = '2026-01-02T03:04:05.000Z'
  const writer = await bench.store.create(id, { purpose: 'run', controlSocket: null, createdAt })
  expect(await listed()).toHaveLength(1)
  await writeFile(journalOf(id), '')
  expect(await listed()).toHaveLength(1)
  await expect(readStoredRun(context, id)).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/^Run late-\S+ is being created by process \d+ on /),
  })

  const [first = ''] = (await readFile(journalOf(source.id), 'utf8')).split('\n')
  await writeFile(journalOf(id), `${first}\n`)
  expect(await listed()).toHaveLength(2)
  await truncate(journalOf(id))
  await writer.release()
  expect(await listed()).toContain('damaged G5')
})
