import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { FileSystem } from '../../../../electron/store/fileSystem.ts'
import { createNodeFileSystem } from '../../../../electron/store/nodeFileSystem.ts'
import type { AppError } from '../../../../shared/errors.ts'
import { watchStops } from '../../../faults/campaigns/stops.ts'
import { since } from '../../../processorTime.ts'
import { openFileStore, temporaryFolder } from './storeFixtures.ts'

type Told = readonly string[] | null

const runName = (number: number): string => `deploy-20260102t030405z-${number}`

/** A workspace with day folders, and what its watch tells. */
async function watched(
  days: readonly string[],
  fileSystem?: FileSystem,
): Promise<{ root: string; told: Told[]; problems: AppError[] }> {
  const root = join(await temporaryFolder(), 'flows')
  await mkdir(join(root, '.unstuck', 'locks'), { recursive: true })
  for (const day of days) await mkdir(join(root, 'runs', day), { recursive: true })
  const problems: AppError[] = []
  const store = await openFileStore(root, {
    onProblem: (error) => problems.push(error),
    ...(fileSystem === undefined ? {} : { fileSystem }),
  })
  const told: Told[] = []
  onTestFinished(store.watch((runs) => told.push(runs)))
  return { root, told, problems }
}

function write(root: string, day: string, number: number): Promise<void> {
  return writeFile(join(root, 'runs', day, `${runName(number)}.json`), '{}')
}

async function untilTold(told: readonly Told[], run: string): Promise<void> {
  await expect.poll(() => told.flat(), { timeout: 60_000, interval: 20 }).toContain(run)
}

async function untilAny(told: readonly Told[]): Promise<void> {
  await expect.poll(() => told, { timeout: 60_000, interval: 20 }).toContain(null)
}

/** The machine's, whose watches fail with a code while `failing()` says so. */
function withoutWatches(code: string, isFailing: (path: string) => boolean): FileSystem {
  const real = createNodeFileSystem()
  return {
    ...real,
    watch: (path, observer) => {
      if (isFailing(path)) throw Object.assign(new Error(code), { code })
      return real.watch(path, observer)
    },
  }
}

describe('watching a workspace', () => {
  test('[T105] a burst of 10,000 changes is told in a few calls, and no thread stands still for it', async () => {
    const { root, told } = await watched(['2026-01-02'])
    const stop = watchStops()
    const startMs = performance.now()
    const began = process.threadCpuUsage()
    for (let number = 0; number < 10_000; number += 1)
      await appendFile(join(root, 'runs/2026-01-02', `${runName(number % 2000)}.jsonl`), 'x')
    // Told as any, or each by its name: that depends on how many come within 100 ms.
    await expect
      .poll(() => told.includes(null) || new Set(told.flat()).size === 2000, { timeout: 60_000 })
      .toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 300))

    const calls = told.length
    expect(calls).toBeLessThanOrEqual((performance.now() - startMs) / 100)
    expect(stop()).toBeLessThan(since(began) / 1000 / 3)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(told).toHaveLength(calls)
  })

  test('[T106] a folder that was removed and made again is watched again', async () => {
    const { root, told } = await watched(['2026-01-02'])
    for (const folder of ['runs/2026-01-02', 'runs', '.unstuck']) {
      await rm(join(root, folder), { recursive: true })
      told.length = 0
      await mkdir(join(root, 'runs/2026-01-02'), { recursive: true })
      await mkdir(join(root, '.unstuck/locks'), { recursive: true })
      await untilAny(told)
      await new Promise((resolve) => setTimeout(resolve, 250))
      told.length = 0
      await write(root, '2026-01-02', 1)
      await untilTold(told, runName(1))
      await writeFile(join(root, '.unstuck/locks', `${runName(2)}.json`), '{}')
      await untilTold(told, runName(2))
    }
  })

  test('[T106] a new day folder is watched, and what it got before is told as any', async () => {
    const { root, told } = await watched([])
    await mkdir(join(root, 'runs/2026-01-03'), { recursive: true })
    await write(root, '2026-01-03', 1)
    await untilAny(told)
    await new Promise((resolve) => setTimeout(resolve, 250))
    told.length = 0
    await write(root, '2026-01-03', 2)

    await untilTold(told, runName(2))
  })

  test('[T112] many day folders are watched some at a time, and then any run is told', async () => {
    const days = Array.from(
      { length: 28 },
      (_, day) => `2026-01-${String(day + 1).padStart(2, '0')}`,
    )
    const { root, told } = await watched(days)
    await untilAny(told)
    await new Promise((resolve) => setTimeout(resolve, 250))
    told.length = 0
    await write(root, '2026-01-28', 1)

    await untilTold(told, runName(1))
  })

  test('[T134] a line of the list of changes is told when it is whole', async () => {
    const { root, told } = await watched([])
    const changes = join(root, '.unstuck/changes')
    await writeFile(changes, `${runName(1)}\n`)
    await untilAny(told)
    await new Promise((resolve) => setTimeout(resolve, 250))
    told.length = 0
    await appendFile(changes, `${runName(2)}\n${runName(3).slice(0, -2)}`)
    await untilTold(told, runName(2))
    await appendFile(changes, `${runName(3).slice(-2)}\n`)

    await untilTold(told, runName(3))
    expect(told.flat()).toEqual([runName(2), runName(3)])
  })

  test('[T135] changes that could not be read are told as any', async () => {
    const real = createNodeFileSystem()
    let isFailing = false
    const { root, told, problems } = await watched([], {
      ...real,
      open: (path, mode) => {
        if (!isFailing || !path.endsWith('changes')) return real.open(path, mode)
        isFailing = false
        return Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }))
      },
    })
    const changes = join(root, '.unstuck/changes')
    await writeFile(changes, `${runName(1)}\n`)
    await untilAny(told)
    await new Promise((resolve) => setTimeout(resolve, 250))
    told.length = 0
    isFailing = true
    await appendFile(changes, `${runName(2)}\n`)

    await untilAny(told)
    expect(problems).toHaveLength(1)
  })

  test('[T107] a workspace that was moved away is told, and is watched again when it is back', async () => {
    const { root, told, problems } = await watched(['2026-01-02'])
    await rename(root, `${root}-elsewhere`)
    await expect
      .poll(() => problems.map(({ message }) => message), { timeout: 60_000 })
      .toEqual([expect.stringContaining('was moved or removed. Put it back, or open it')])
    await rename(`${root}-elsewhere`, root)
    const writing = async () => {
      await write(root, '2026-01-02', 1)
      return told.flat()
    }

    await expect.poll(writing, { timeout: 60_000, interval: 100 }).toContain(runName(1))
    expect(problems).toHaveLength(1)
  })

  test('[T108] watches that the system refuses are told once, with what to do, and tried again', async () => {
    let isFull = true
    const fileSystem = withoutWatches('ENOSPC', (path) => isFull && /2026-01-0\d$/.test(path))
    const { root, told, problems } = await watched(['2026-01-02', '2026-01-03'], fileSystem)

    expect(problems).toMatchObject([
      { code: 'io', message: expect.stringContaining('Raise fs.inotify.max_user_watches') },
    ])
    await untilAny(told)
    isFull = false
    told.length = 0
    await untilAny(told)
    await new Promise((resolve) => setTimeout(resolve, 250))
    told.length = 0
    await write(root, '2026-01-03', 1)
    await untilTold(told, runName(1))
    expect(problems).toHaveLength(1)
  })

  test('[T109] a watch that ends by itself begins again, and what was missed is told as any', async () => {
    const real = createNodeFileSystem()
    const ends: (() => void)[] = []
    const fileSystem: FileSystem = {
      ...real,
      watch: (path, observer) => {
        const stop = real.watch(path, observer)
        if (path.endsWith('2026-01-02'))
          ends.push(() => {
            stop()
            observer.onEnd(Object.assign(new Error('EIO'), { code: 'EIO' }))
          })
        return stop
      },
    }
    const { root, told, problems } = await watched(['2026-01-02'], fileSystem)
    ends[0]?.()
    await untilAny(told)
    told.length = 0
    await write(root, '2026-01-02', 1)

    await untilTold(told, runName(1))
    expect(problems).toMatchObject([{ code: 'io', details: { folder: 'runs/2026-01-02' } }])
  })
})
