import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { cancelRun } from '../../../../electron/services/cancelRun.ts'
import { logged } from '../../../../electron/services/logged.ts'
import { planResumeOf } from '../../../../electron/services/planResumeOf.ts'
import { startResume } from '../../../../electron/services/startResume.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
afterEach(() => bench.close())

const options = { signal: new AbortController().signal }
const twoSteps = {
  a: { run: 'true', sideEffects: 'none' },
  b: { run: 'echo b >> done', needs: ['a'], sideEffects: 'external' },
} as const

const cancelInput = (run: RunId) =>
  ({
    ref: { workspace: 'bench', format: 'unstuck', document: run, item: null },
    reason: null,
  }) as const

async function resumeElsewhere(run: RunId): Promise<void> {
  const other = await bench.another()
  const from = { from: null, fork: false, inputs: null, decisions: {}, stopAfter: null, asOf: null }
  const input = { ...from, ref: cancelInput(run).ref, definition: 'recorded' } as const
  const { rev, digest, asOf } = await planResumeOf(other.context, input)
  await startResume(other.context, { ...input, rev, digest, asOf })
  await other.executor.find(run)?.done
  await other.close()
}

describe('cancelling', () => {
  test('[E25] a run that came to its end before its lock was taken stays as it ended', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run(twoSteps, { stopAfter: 'a' })
    const { store } = bench
    const open: typeof store.open = async (...given) => {
      await resumeElsewhere(id)
      return store.open(...given)
    }
    const cancelled = await cancelRun(
      { ...bench.context, store: { ...store, open } },
      cancelInput(id),
      options,
    )
    expect(cancelled).toEqual({ status: 'completed', observed: false })
    expect((await bench.read(id)).status).toBe('completed')
    expect(await bench.records(id)).not.toContain('runCancelled')
    const again = await bench.store.open(id, { purpose: 'test', controlSocket: null })
    await again.release()
  })

  test('[E25] what cannot be written is told with its reason', async () => {
    bench = await createWorkbench()
    const { id } = await bench.run(twoSteps, { stopAfter: 'a' })
    const journal = join(bench.root, bench.store.layout.journal(id))
    const text = await readFile(journal, 'utf8')
    // Of another size: in one tick of the disk's clock nothing else tells that a file changed.
    await writeFile(journal, text.replace(/"at":"2(?=[^\n]*\n$)/, '"at":"'))
    await expect(cancelRun(bench.context, cancelInput(id), options)).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('Repair the run first'),
    })
  })
})

describe('the operations log', () => {
  test('[E31] that cannot take its last line does not make a change undone', async () => {
    bench = await createWorkbench()
    const place = join(bench.root, '.unstuck/operations.jsonl')
    const change = async (): Promise<string> => {
      await rm(place)
      await mkdir(place)
      return 'started'
    }
    expect(await logged(bench.context, { call: 'run.start', item: 'x' }, change)).toBe('started')
  })

  test('[E31] that cannot take its last line does not hide why a change failed', async () => {
    bench = await createWorkbench()
    const place = join(bench.root, '.unstuck/operations.jsonl')
    const change = async (): Promise<string> => {
      await rm(place)
      await mkdir(place)
      throw new Error('the disk is full')
    }
    await expect(logged(bench.context, { call: 'run.start', item: 'x' }, change)).rejects.toThrow(
      'the disk is full',
    )
  })
})
