// A process that lists many runs as a host does, and prints how long it took, or what memory it took.
import { appendFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHost, type Host } from '../../../electron/host/createHost.ts'
import { openContext } from '../../../electron/host/openContext.ts'
import { queryRuns } from '../../../electron/services/queryRuns.ts'
import { markChanged } from '../../../electron/services/runIndex.ts'
import { createBlockingFileSystem } from '../../../electron/store/blockingFileSystem.ts'
import { invariant } from '../../../shared/assert.ts'
import { neverCancelled } from '../../../shared/cancel.ts'
import { contract } from '../../../shared/contract/contract.ts'
import { questionOf } from '../../../shared/core/query/parseQuery.ts'
import { RunId } from '../../../shared/schema/ids.ts'

const [way = '', root = '', folder = ''] = process.argv.slice(2)
const cacheFolder = join(folder, 'cache')
const place = { path: root, configFolder: join(folder, 'config'), cacheFolder }

const ways: Readonly<Record<string, () => Promise<number>>> = {
  /** Nothing was ever read; the list is complete. */
  first: async () => {
    rmSync(cacheFolder, { recursive: true, force: true })
    const host = await openHost()
    const start = performance.now()
    await ask(host)
    const tookMs = performance.now() - start
    await host.close()
    return tookMs
  },
  /** As `first`, for what a clean-up of all that has ended would take. */
  cleanup: async () => {
    rmSync(cacheFolder, { recursive: true, force: true })
    const host = await openHost()
    const days = { completed: 0, failed: 0, cancelled: 0 }
    const start = performance.now()
    const { plan } = await host.client().call('cleanup.plan', { policy: { days } })
    const tookMs = performance.now() - start
    invariant(plan.total > plan.victims.length, 'More would go than a page shows.')
    await host.close()
    return tookMs
  },
  /** From nothing but loaded modules to the first 50 rows. */
  warm: async () => {
    const start = performance.now()
    const host = await openHost()
    const { rows } = await ask(host, { limit: 50 })
    const tookMs = performance.now() - start
    invariant(rows.length === 50, 'The first page is full.')
    await host.close()
    return tookMs
  },
  /** The slowest page of many filters, each of which has a column of its own. */
  filter: () => timeFilters(),
  /** Searches every document for a value that one run has. */
  searchState: () => timeStateSearch(),
  changed: () => timeChange(1),
  checkAll: () => timeChange(null),
  /** Bytes that a host takes more when it has listed all. */
  memory: async () => {
    const host = await openHost()
    await sleep(500)
    const before = process.memoryUsage().rss
    await listAll(host)
    await sleep(3000)
    const used = process.memoryUsage().rss - before
    await host.close()
    return used
  },
  /** The longest that the host's own thread did not answer, from its start on and through keystrokes. */
  blocked: async () => {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    await sleep(20)
    delay.enable()
    const host = await openHost()
    await listAll(host)
    for (const text of ['d', 'de', 'dep', 'depl', 'deploy', 'deploy f', 'deploy failed'])
      await ask(host, { text })
    delay.disable()
    await host.close()
    return delay.max / 1e6
  },
}
const figure = await ways[way]?.()
console.log(figure)

function openHost(): Promise<Host> {
  return createHost({ ...place, host: 'browser' })
}

function ask(host: Host, asked: object = {}) {
  return host.client().call('run.list', contract['run.list'].input.parse(asked))
}

/** Until the answer is not that of the last start any more. */
async function listAll(host: Host): Promise<void> {
  for (;;) {
    const { asOf } = await ask(host, { text: '' })
    if (asOf === undefined) return
  }
}

async function openListed() {
  const opened = await openContext({
    ...place,
    host: 'cli',
    isSample: false,
    controlDirectory: null,
    fileSystem: createBlockingFileSystem(),
    emit: () => undefined,
  })
  const { context } = opened
  const list = (asked: object) =>
    queryRuns(context, contract['run.list'].input.parse(asked), {
      signal: neverCancelled,
      progress: () => undefined,
    })
  await list({ limit: 50 })
  return { ...opened, list }
}

/** As they are typed: a filter more at each keystroke, and letters of a word between them. */
async function timeFilters(): Promise<number> {
  const { context, list, close } = await openListed()
  const nowMs = Date.parse(context.now())
  const lines = [
    'status:failed',
    'status:failed workflow:deploy',
    'status:failed,completed -workflow:deploy d',
    'status:failed,completed -workflow:deploy de',
    'age>1h attempts>1',
    'age>1h attempts>1 size>1kB duration>1s',
    // Interrupted runs would be read whole the first time that they are shown: that is another row's matter.
    'severity:resting rule:G29 health:ok',
  ]
  let slowest = 0
  // The order of the list and the texts are there once a person types.
  await list({ text: 'e', limit: 50 })
  for (const line of lines) {
    const start = performance.now()
    await list({ ...questionOf(line, nowMs), limit: 50 })
    slowest = Math.max(slowest, performance.now() - start)
  }
  await close()
  return slowest
}

async function timeStateSearch(): Promise<number> {
  const { list, close } = await openListed()
  const filter = [{ kind: 'state', path: '/inputs/branch', op: 'equals', value: 'feature/17' }]
  const start = performance.now()
  const { total } = await list({ filter })
  invariant(total > 0, 'Some runs have it.')
  const tookMs = performance.now() - start
  await close()
  return tookMs
}

/** One run changes and is told of (1), or something changed and nobody said what (null): until its row is new. */
async function timeChange(told: 1 | null): Promise<number> {
  const opened = await openContext({
    ...place,
    host: 'cli',
    isSample: false,
    controlDirectory: null,
    fileSystem: createBlockingFileSystem(),
    emit: () => undefined,
  })
  const { context } = opened
  const list = (asked: object) =>
    queryRuns(context, contract['run.list'].input.parse(asked), {
      signal: neverCancelled,
      progress: () => undefined,
    })
  const [row] = (await list({ view: 'completed', limit: 1 })).rows
  invariant(row !== undefined, 'A run is completed.')
  const path = join(root, context.store.layout.journal(RunId.parse(row.id)))
  const { size } = statSync(path)
  appendFileSync(path, ' ')
  try {
    markChanged(context.index, told === null ? null : [row.id])
    const start = performance.now()
    const { rows } = await list({ text: row.id })
    const tookMs = performance.now() - start
    invariant(rows[0]?.sizeBytes === row.sizeBytes + 1, 'The row is new.')
    return tookMs
  } finally {
    truncateSync(path, size)
    await opened.close()
  }
}
