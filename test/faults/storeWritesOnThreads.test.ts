import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startDiskThread, type DiskThread } from '../../electron/store/diskThread.ts'
import { openStoreOnThreads } from '../unit/electron/store/diskFixtures.ts'
import {
  createdAt,
  failureOf,
  openFileStore,
  otherRunId,
  runId,
  setVariable,
  temporaryFolder,
  testing,
} from '../unit/electron/store/storeFixtures.ts'

const durable = { durable: true } as const

describe('a thread of the disk', () => {
  test('[T47] that dies fails what it was handed; its runs are refused until they are opened again, others are written', async () => {
    const dying = join(await temporaryFolder(), 'dying.mjs')
    await writeFile(dying, threadThatDies)
    const started: DiskThread[] = []
    const { store } = await openStoreOnThreads({
      start: (onDeath) => {
        const thread = startDiskThread(onDeath, ...(started.length === 0 ? [dying] : []))
        started.push(thread)
        return thread
      },
    })
    const writer = await store.create(runId, { ...testing, createdAt })
    await writer.append([setVariable('a')], durable)
    await expect.poll(() => started.map((thread) => thread.state())).toEqual(['ready'])

    const first = await failureOf(writer.append([setVariable('b')], durable))
    const [second, head] = [
      await failureOf(writer.append([setVariable('c')], durable)),
      await failureOf(writer.replaceHead('{}')),
    ]
    await writer.release()

    expect(first).toMatchObject({ code: 'io', message: refusal })
    expect(second).toBe(first)
    expect(head).toMatchObject({ code: 'io', message: expect.stringContaining('has ended') })

    for (const run of [runId, otherRunId]) {
      const next =
        run === runId
          ? await store.open(run, testing)
          : await store.create(run, { ...testing, createdAt })
      await next.append([setVariable('d')], durable)
      await expect.poll(() => started.at(-1)?.state()).toBe('ready')
      await next.append([setVariable('e')], durable)
      await next.release()
      expect((await store.read(run)).journal?.flaws).toEqual([])
    }
    expect(started.map((thread) => thread.state())).toEqual(['died', 'ready'])
  })

  test.each([0, 5, 200])(
    '[T51] never keeps a process from its end, and is waited for as long as it writes (%i records before)',
    async (appends) => {
      const root = await temporaryFolder()
      const { stdout } = await run(process.execPath, [child, root, String(appends)], {
        timeout: 60_000,
      })
      const { journal } = await (await openFileStore(root)).read(runId)

      expect(stdout).toBe('done\n')
      expect(journal).toMatchObject({ flaws: [], records: { length: appends + 1 } })
    },
    60_000,
  )
})

const run = promisify(execFile)
const child = join(import.meta.dirname, 'storeWritesChild.ts')
const refusal = `The journal of run ${runId} could not be written, and nothing more will be until it is opened again: the thread that writes to the disk has ended (out of memory). What was being written may be on disk or not. Open the run again.`

/** Says that it is ready, and dies when it is rung for. */
const threadThatDies = `
import { parentPort, workerData } from 'node:worker_threads'
const words = new Int32Array(workerData, 0, 2)
parentPort.postMessage({ kind: 'ready' })
while (Atomics.load(words, 1) === 0) Atomics.wait(words, 0, Atomics.load(words, 0))
throw new Error('out of memory')
`
