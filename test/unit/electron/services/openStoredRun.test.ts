import { afterEach, beforeEach, expect, test } from 'vitest'
import { readStoredRun } from '../../../../electron/services/openStoredRun.ts'
import type { Store } from '../../../../electron/store/store.ts'
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
