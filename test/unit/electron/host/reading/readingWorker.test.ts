import { mkdtemp, rm } from 'node:fs/promises'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import {
  startReadingWorker,
  type ReadingWorker,
  type ReadingWorkerOptions,
} from '../../../../../electron/host/reading/startReadingWorker.ts'
import type { Ref } from '../../../../../shared/contract/call.ts'
import type { AppError } from '../../../../../shared/errors.ts'
import { RunId } from '../../../../../shared/schema/ids.ts'
import {
  healthy,
  makeLong,
  makeRun,
  makeWorkspace,
  victim,
} from '../../../../faults/campaigns/oddMakers.ts'

let folder: string
const workers: ReadingWorker[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unstuck-reading-'))
  await makeWorkspace(folder)
  await makeLong(folder, 300)
})
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.close()
})
afterAll(() => rm(folder, { recursive: true }))

type Extra = Pick<ReadingWorkerOptions, 'purpose' | 'memoryLimitBytes' | 'cancelMs' | 'report'>

function start(extra: Extra = {}): ReadingWorker {
  const worker = startReadingWorker({
    path: folder,
    host: 'browser',
    configFolder: join(folder, '.config'),
    cacheFolder: join(folder, '.cache'),
    isSample: false,
    ...extra,
  })
  workers.push(worker)
  return worker
}

async function refOf(worker: ReadingWorker, document: string): Promise<Ref> {
  const { id } = await worker.call('workspace.get', {})
  return { workspace: id, format: 'unstuck', document, item: null }
}

describe('a reading worker', () => {
  test('[Q19] answers reading calls as the host does, and refuses those that write', async () => {
    const worker = start({ purpose: 'documents' })
    const ref = await refOf(worker, victim)

    expect(await start().call('run.list', {})).toMatchObject({ total: 2 })
    expect(await worker.call('run.list', {})).toMatchObject({ total: 2 })
    expect(await worker.call('run.check', { ref })).toMatchObject({ health: 'ok', findings: [] })
    await expect(worker.call('run.cancel', { ref })).rejects.toMatchObject({ code: 'read-only' })
  })

  test('[Q26] an answer is not kept by the thread that gave it', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void // a function of V8
    const worker = start()
    const kept: WeakRef<object>[] = []
    for (let count = 0; count < 20; count += 1)
      kept.push(new WeakRef(await worker.call('run.list', {})))
    await new Promise((resolve) => setTimeout(resolve, 10))
    collect()
    expect(kept.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(3)
  })

  test('[Q20] an error of a call crosses with its code and message', async () => {
    const worker = start({ purpose: 'documents' })
    const ref = await refOf(worker, 'nobody-20260102t030405-aa00')

    await expect(worker.call('run.get', { ref })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('nobody-20260102t030405-aa00'),
    })
  })

  test('[Q21] a thread that runs out of memory fails its calls by name, is reported, and is replaced', async () => {
    const reported: AppError[] = []
    const worker = start({
      purpose: 'documents',
      memoryLimitBytes: 48 * 2 ** 20,
      report: (error) => reported.push(error),
    })
    const ref = await refOf(worker, victim)

    await expect(worker.call('run.get', { ref })).rejects.toMatchObject({
      code: 'io',
      message: expect.stringMatching(/Reading "release-.*" needs more memory than it may take\./),
    })
    expect(reported).toMatchObject([{ code: 'io' }])
    const other = { ...ref, document: healthy }
    expect(await worker.call('run.check', { ref: other })).toMatchObject({ health: 'ok' })
  })

  test('[Q22] a cancelled call that is not answered ends the thread, and others are asked again', async () => {
    const worker = start({ purpose: 'documents', cancelMs: 1 })
    const ref = await refOf(worker, victim)
    const leaving = new AbortController()

    const left = worker.call('run.get', { ref }, { signal: leaving.signal })
    const stays = worker.call('run.check', { ref: { ...ref, document: healthy } })
    leaving.abort()

    await expect(left).rejects.toMatchObject({ code: 'cancelled' })
    expect(await stays).toMatchObject({ health: 'ok' })
  })

  test('[Q23] what the host is told of is seen by the next call', async () => {
    const worker = start()
    await worker.call('run.list', {})
    const run = RunId.parse('later-20260102t030405-aa00')
    await makeRun(folder, run, 1)
    worker.notify('runs.changed', { runs: [run] })

    expect((await worker.call('run.list', {})).rows.map(({ id }) => id)).toContain(run)
  })

  test('[X134] a worker that is told to prepare starts its thread, once, before the first call', async () => {
    let started = 0
    const count = () => void (started += 1)
    subscribe('worker_threads', count)
    onTestFinished(() => void unsubscribe('worker_threads', count))
    const worker = start()
    expect(started).toBe(0)

    worker.prepare()
    worker.prepare()
    expect(started).toBe(1)
    expect((await worker.call('run.list', {})).total).toBeGreaterThan(0)
    await worker.close()
    worker.prepare()
    expect(started).toBe(1)
  })

  test('[Q24] a closed worker answers nobody, and a folder that is not there is told', async () => {
    const worker = start()
    const waiting = worker.call('run.list', {})
    await Promise.all([worker.close(), waiting.catch(() => undefined)])

    await expect(worker.call('run.list', {})).rejects.toMatchObject({ code: 'io' })
    const nowhere = startReadingWorker({
      path: join(folder, 'nowhere'),
      host: 'browser',
      configFolder: join(folder, '.config'),
      cacheFolder: join(folder, '.cache'),
      isSample: false,
    })
    workers.push(nowhere)
    await expect(nowhere.call('run.list', {})).rejects.toMatchObject({ code: 'not-found' })
  })
})
