import { appendFile, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createIndexCache } from '../../../../electron/host/indexCache.ts'
import type { ServiceContext } from '../../../../electron/services/context.ts'
import { queryRuns } from '../../../../electron/services/queryRuns.ts'
import { createRunIndex, markChanged, saveIndex } from '../../../../electron/services/runIndex.ts'
import type { Store } from '../../../../electron/store/store.ts'
import type { RunId } from '../../../../shared/schema/ids.ts'
import { contract } from '../../../../shared/contract/contract.ts'
import { neverCancelled } from '../../../../shared/cancel.ts'
import { AppError } from '../../../../shared/errors.ts'
import { createWorkbench, type Workbench } from '../executor/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await createWorkbench()
})
afterEach(() => bench.close())

type Counts = { sweeps: number; reads: number; entries: number }

/** The context of the bench, on a clock that the test moves, with the store's calls counted. */
function countingContext(
  options: { readonly sweepMs?: number; readonly onEntry?: (run: RunId) => void } = {},
) {
  const counts: Counts = { sweeps: 0, reads: 0, entries: 0 }
  let nowMs = Date.now()
  const store: Store = {
    ...bench.store,
    sweep: async (known, given) => {
      counts.sweeps += 1
      const found = await bench.store.sweep(known, given)
      nowMs += options.sweepMs ?? 0
      return found
    },
    entry: async (run) => {
      counts.entries += 1
      options.onEntry?.(run)
      return bench.store.entry(run)
    },
    read: async (run) => {
      counts.reads += 1
      return bench.store.read(run)
    },
  }
  const now = () => new Date(nowMs).toISOString()
  const context: ServiceContext = { ...bench.context, store, now, index: createRunIndex() }
  const pass = (ms: number) => {
    nowMs += ms
  }
  return { context, counts, pass }
}

function diskFails(): Promise<never> {
  return Promise.reject(new AppError('io', 'The disk failed.'))
}

async function list(context: ServiceContext) {
  const input = contract['run.list'].input.parse({})
  return (await queryRuns(context, input, { signal: neverCancelled, progress: () => undefined }))
    .rows
}

describe('the index of runs', () => {
  test('[E32] a run that rests is read once, and again when its files changed', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const { context, counts } = countingContext()
    await list(context)
    await list(context)
    expect(counts).toEqual({ sweeps: 2, reads: 1, entries: 0 })

    await appendFile(join(bench.root, bench.store.layout.journal(id)), '{"torn')
    const [row] = await list(context)
    expect([row?.health, counts.reads]).toEqual(['damaged', 2])
  })

  test('[E32] a run that is held is read for every list', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const writer = await bench.store.open(id, { purpose: 'test', controlSocket: null })
    const { context, counts } = countingContext()
    await list(context)
    const [row] = await list(context)
    expect([row?.owner === null, counts.reads]).toEqual([false, 2])
    await writer.release()
    expect((await list(context))[0]?.owner).toBeNull()
  })

  test('[E33] a workspace that is slow to sweep is swept again only after twenty times as long', async () => {
    await bench.run({ a: { run: 'true' } })
    const { context, counts, pass } = countingContext({ sweepMs: 1000 })
    await list(context)
    pass(19_000)
    await list(context)
    expect(counts.sweeps).toBe(1)
    pass(2000)
    await list(context)
    expect(counts.sweeps).toBe(2)
  })

  test('[E33] a sweep that failed is made again for the next question, however slow the last one was', async () => {
    await bench.run({ a: { run: 'true' } })
    const { context, counts } = countingContext({ sweepMs: 1000 })
    await list(context)
    markChanged(context.index, null)
    const failing: ServiceContext = { ...context, store: { ...context.store, sweep: diskFails } }

    await expect(list(failing)).rejects.toThrow('The disk failed.')
    await expect(list(failing)).rejects.toThrow('The disk failed.')
    expect(await list(context)).toHaveLength(1)
    expect(counts.sweeps).toBe(2)
  })

  test('[E33] a changed run that could not be looked at is looked at again for the next question', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const { context, counts } = countingContext({ sweepMs: 1000 })
    await list(context)
    markChanged(context.index, [id])
    const failing: ServiceContext = { ...context, store: { ...context.store, entry: diskFails } }

    await expect(list(failing)).rejects.toThrow('The disk failed.')
    await expect(list(failing)).rejects.toThrow('The disk failed.')
    await list(context)
    expect(counts).toMatchObject({ sweeps: 1, entries: 1 })
  })

  test('[E33] a run of which a change was told is looked at by itself, also a new one and one that is gone', async () => {
    const first = await bench.run({ a: { run: 'true' } })
    const { context, counts } = countingContext({ sweepMs: 1000 })
    await list(context)
    const second = await bench.run({ a: { run: 'false' } })
    expect(await list(context)).toHaveLength(1)

    markChanged(context.index, [second.id])
    expect((await list(context)).map((row) => String(row.status)).toSorted()).toEqual([
      'completed',
      'failed',
    ])
    for (const path of [bench.store.layout.head(first.id), bench.store.layout.journal(first.id)])
      await rm(join(bench.root, path))
    markChanged(context.index, [first.id])
    expect((await list(context)).map((row) => row.id)).toEqual([second.id])
    expect(counts).toMatchObject({ sweeps: 1, entries: 2 })

    markChanged(context.index, null)
    await list(context)
    expect(counts.sweeps).toBe(2)
  })

  test('[E33] a run that changes whenever it is looked at keeps no list waiting', async () => {
    const { id } = await bench.run({ a: { run: 'true' } })
    const mostLooks = 50
    const { context, counts } = countingContext({
      sweepMs: 1000,
      onEntry: (run) => {
        if (counts.entries < mostLooks) markChanged(context.index, [run])
      },
    })
    await list(context)
    markChanged(context.index, [id])
    await list(context)
    await list(context)
    expect(counts.entries).toBe(2)
  })

  test('[E36] the next start reads only what changed since, and opening writes nothing in the workspace', async () => {
    for (let index = 0; index < 200; index++)
      await writeFile(join(bench.root, `old-${index}.json`), oldDocument(`old-${index}`))
    const folder = join(bench.root, '..', `${basename(bench.root)}-cache`)
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const start = async (version: string) => {
      const cache = createIndexCache({ folder, workspace: 'bench', version })
      let reads = 0
      const readDocument: Store['readDocument'] = async (document) => {
        reads += 1
        return bench.store.readDocument(document)
      }
      const store = { ...bench.store, readDocument }
      const context = { ...bench.context, store, index: createRunIndex(cache) }
      expect(await list(context)).toHaveLength(100)
      await saveIndex(context)
      return reads
    }
    const before = await readdir(bench.root, { recursive: true })
    expect(await start('1')).toBe(200)
    expect(await readdir(bench.root, { recursive: true })).toEqual(before)
    expect(await start('1')).toBe(0)

    await writeFile(join(bench.root, 'old-7.json'), oldDocument('old-7-changed'))
    expect(await start('1')).toBe(1)
    expect(await start('2'), 'rows of another version').toBe(200)
    await writeFile(join(folder, 'bench.rows'), 'cut')
    expect(await start('2'), 'a cache that was cut').toBe(200)
  })

  test('[E34] the words of a row are read again after a minute', async () => {
    await bench.run({ a: { run: 'true' } })
    const { context, counts, pass } = countingContext()
    expect((await list(context))[0]?.reason.sentence).toMatch(/Completed \d+ s ago/)
    pass(5 * 60_000)
    expect((await list(context))[0]?.reason.sentence).toMatch(/Completed 5 min ago/)
    expect(counts.reads, 'an age is told anew without reading').toBe(1)
  })
})

function oldDocument(id: string): string {
  return JSON.stringify({
    workflow_id: id,
    status: 'completed',
    states: { a: { status: 'completed' } },
  })
}
