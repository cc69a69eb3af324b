import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createIndexCache } from '../../../../../electron/host/indexCache.ts'
import { withFirstPage } from '../../../../../electron/host/firstPage.ts'
import { createHandlers } from '../../../../../electron/host/handlers.ts'
import { planCleanupOf } from '../../../../../electron/services/planCleanupOf.ts'
import type { ServiceContext } from '../../../../../electron/services/context.ts'
import { queryRuns } from '../../../../../electron/services/queryRuns.ts'
import { createRunIndex, saveIndex } from '../../../../../electron/services/runIndex.ts'
import type { Store } from '../../../../../electron/store/store.ts'
import { neverCancelled } from '../../../../../shared/cancel.ts'
import { contract, type HandlerInput } from '../../../../../shared/contract/contract.ts'
import { AppError } from '../../../../../shared/errors.ts'
import { runPair, type RunPair } from '../../../../bench/makeRuns/runPair.ts'
import { createWorkbench, until, type Workbench } from '../../executor/workbench.ts'

let bench: Workbench
let pairs: readonly RunPair[]
const many = 260
const quiet = { signal: neverCancelled, progress: () => undefined }

beforeAll(async () => {
  bench = await createWorkbench()
  pairs = Array.from({ length: many }, (_, index) => runPair(index))
  for (const { day, id, head, journal } of pairs) {
    await mkdir(join(bench.root, 'runs', day), { recursive: true })
    await writeFile(join(bench.root, 'runs', day, `${id}.json`), head)
    await writeFile(join(bench.root, 'runs', day, `${id}.jsonl`), journal)
  }
})
afterAll(() => bench.close())

type Given = {
  readonly host?: ServiceContext['application']['host']
  readonly cacheFolder?: string
  readonly wrap?: (store: Store) => Partial<Store>
}

function open(given: Given = {}) {
  const { host = 'cli', wrap } = given
  let reads = 0
  const told: (readonly string[] | null)[] = []
  const counting: Store = {
    ...bench.store,
    read: async (run) => {
      reads += 1
      return bench.store.read(run)
    },
  }
  const cache =
    given.cacheFolder === undefined
      ? null
      : createIndexCache({ folder: given.cacheFolder, workspace: 'many', version: '1' })
  const context: ServiceContext = {
    ...bench.context,
    application: { version: '1', host },
    store: { ...counting, ...wrap?.(counting) },
    index: createRunIndex(cache),
    emit: (_name, value) => {
      if ('runs' in value) told.push(value.runs)
    },
  }
  const list = (asked: object = {}) =>
    queryRuns(context, input(asked), { signal: neverCancelled, progress: () => undefined })
  return { context, cache, list, told, reads: () => reads }
}

function input(asked: object): HandlerInput<'run.list'> {
  return contract['run.list'].input.parse(asked)
}

async function damaged(pair: RunPair): Promise<string> {
  const path = join(bench.root, 'runs', pair.day, `${pair.id}.json`)
  const text = await readFile(path, 'utf8')
  onTestFinished(() => writeFile(path, text))
  await writeFile(
    path,
    text.replace('"user": "ci"', '"user": "cj"').replace('"user":"ci"', '"user":"cj"'),
  )
  return path
}

async function cacheFolder(): Promise<string> {
  const folder = `${bench.root}-${basename(import.meta.filename)}-cache`
  await rm(folder, { recursive: true, force: true })
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a list of many runs', () => {
  test('[E40] runs at rest are told by the start of their heads, and the same is said of them as when all is read', async () => {
    const quick = open()
    const answer = await quick.list({ limit: 500 })
    const resting = answer.rows.filter(({ liveness }) => liveness === 'none')
    expect(resting.length).toBeGreaterThan(many / 2)
    expect(quick.reads()).toBe(many - resting.length)

    const whole = open({ host: 'browser' })
    await whole.list()
    await whole.context.index.checking
    const verified = await whole.list({ limit: 500 })
    expect(answer).toEqual({ ...verified, unverified: resting.length })
    await saveIndex(whole.context)
  }, 120_000)

  test('[E41] all of each run is read when there is time, and a row that turns out to be damaged is told of', async () => {
    const pair = pairs.find(({ head }) => head.includes('"status":"completed"'))
    if (pair === undefined) throw new Error('No run is completed.')
    await damaged(pair)
    const { list, told, context } = open({ host: 'browser' })
    const first = await list({ limit: 500 })
    expect(first.counts.damaged).toBe(0)
    expect(first.unverified).toBeGreaterThan(many / 2)
    await context.index.checking
    expect((await list({ view: 'damaged' })).rows.map(({ id }) => id)).toEqual([pair.id])
    expect(told.flat()).toContain(pair.id)
    await saveIndex(context)
  }, 120_000)

  test('[E41] while somebody asks for rows, few runs a second are read', async () => {
    const { list, context } = open({ host: 'browser' })
    const first = await list()
    const startMs = performance.now()
    let last = first
    for (let asked = 0; asked < 10; asked += 1) {
      await sleep(20)
      last = await list()
    }
    const checked = (first.unverified ?? 0) - (last.unverified ?? 0)
    expect(checked).toBeLessThanOrEqual((performance.now() - startMs) / 50 + 1)
    await saveIndex(context)
  })

  test('[E41] a command checks nothing, and what is closed reads on no more', async () => {
    const command = open()
    await command.list()
    expect(command.context.index.checking).toBeNull()
    const closed = open({ host: 'browser' })
    await closed.list()
    await saveIndex(closed.context)
    const before = closed.reads()
    await sleep(60)
    expect(closed.reads()).toBe(before)
  })

  test('[E42] the next start shows the page that was saved before it looks at any file', async () => {
    const folder = await cacheFolder()
    const before = open({ cacheFolder: folder })
    const shown = await before.list()
    await saveIndex(before.context)

    const next = open({ cacheFolder: folder })
    const announced: string[] = []
    const handlers = withFirstPage(
      createHandlers(next.context, () => {
        throw new Error('No sample is made.')
      }),
      { cache: next.cache, now: next.context.now, announce: (name) => announced.push(name) },
    )
    const call = { signal: neverCancelled, progress: () => undefined }
    const first = await handlers['run.list'](input({ limit: 50 }), call)
    expect(first).toMatchObject({ total: many, counts: shown.counts, asOf: expect.any(String) })
    expect(first.rows).toEqual(shown.rows.slice(0, 50))
    await until('it was told', () => announced.length === 1)
    const second = await handlers['run.list'](input({ limit: 50 }), call)
    expect(second.asOf).toBeUndefined()
    expect(second.rows).toEqual(first.rows)
  })

  test('[E43] a cache that is damaged anywhere is none', async () => {
    const folder = await cacheFolder()
    const before = open({ cacheFolder: folder })
    const shown = await before.list()
    await saveIndex(before.context)
    const again = open({ cacheFolder: folder })
    expect(await again.list()).toEqual(shown)
    expect(again.reads()).toBe(0)

    for (const name of ['many.rows', 'many.page']) {
      const file = join(folder, name)
      const bytes = await readFile(file)
      const cache = createIndexCache({ folder, workspace: 'many', version: '1' })
      const load = () => (name === 'many.rows' ? cache.load() : cache.firstPage())
      expect(await load()).not.toBeNull()
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
        const flipped = Buffer.from(bytes)
        flipped[at] = (flipped[at] ?? 0) ^ 4
        for (const other of [flipped, bytes.subarray(0, at)]) {
          await writeFile(file, other)
          expect(await load(), `${name} at ${at}`).toBeNull()
        }
      }
      await writeFile(file, bytes)
    }
    const other = createIndexCache({ folder, workspace: 'many', version: '2' })
    expect([await other.load(), await other.firstPage()]).toEqual([null, null])
  }, 120_000)

  test('[E44] what a list that failed had not read is read by the next one', async () => {
    let fails = true
    const broken = open({
      wrap: (store) => ({
        readStarts: async (...given) => {
          if (fails) throw new AppError('io', 'The disk is gone.')
          return store.readStarts(...given)
        },
      }),
    })
    await expect(broken.list()).rejects.toThrow('The disk is gone.')
    fails = false
    expect(await broken.list()).toMatchObject({ total: many })
  })

  test('[K14] a clean-up chooses only runs of which all was read', async () => {
    const oldest = pairs.filter(({ head }) => head.includes('"status":"completed"'))
    const [pair] = oldest.toSorted((a, b) => (a.day < b.day ? -1 : 1))
    if (pair === undefined) throw new Error('No run is completed.')
    const { context } = open()
    const asked = contract['cleanup.plan'].input.parse({
      policy: {
        days: { completed: 0, failed: null, cancelled: null },
        maxRunsPerWorkflow: null,
        maxBytes: null,
      },
    })
    const sound = await planCleanupOf(context, asked, quiet)
    expect(sound.plan.victims.map(({ run }) => run)).toContain(pair.id)
    await damaged(pair)
    const other = open()
    const careful = await planCleanupOf(other.context, asked, quiet)
    expect(careful.plan.victims.map(({ run }) => run)).not.toContain(pair.id)
    expect(careful.plan.victims).toHaveLength(sound.plan.victims.length - 1)
  }, 120_000)
})
