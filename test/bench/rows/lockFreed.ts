import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import lockfile from 'proper-lockfile'
import type { Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { LockHolderSays } from '../lockHolder.ts'
import { openBenchStore } from '../openBenchStore.ts'
import { median } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const run = RunId.parse('bench-20260101t000000z-aaaaaa')
const opening = { purpose: 'bench', controlSocket: null }
const rounds = 11
/** Each takes more than ten seconds. */
const peerRounds = 3

/** From the kill of a process that holds a lock to the lock in the hands of the next one, who asks without a pause. */
export const lockFreedRows: readonly BenchRow[] = [
  {
    id: 'lock-freed',
    what: "a killed holder's lock taken over, p50",
    peer: 'proper-lockfile with its own settings, asked every 10 ms',
    goal: { atMost: 0.05 },
    measure: async ({ folder }) => measureBoth(folder),
  },
]

async function measureBoth(folder: string): Promise<Measured> {
  const root = join(folder, 'workspace')
  const { store } = await openBenchStore(root)
  const created = await store.create(run, { ...opening, createdAt: '2026-01-01T00:00:00.000Z' })
  await created.append([{ type: 'variableSet', name: 'a', value: 1 }], { durable: true })
  await created.release()
  const locked = join(folder, 'locked.txt')
  await writeFile(locked, '')

  const ours: number[] = []
  const peer: number[] = []
  for (let round = 0; round < rounds; round++)
    ours.push(await freedMs(['unstuck', root, run], () => takeRun(store)))
  for (let round = 0; round < peerRounds; round++)
    peer.push(await freedMs(['proper-lockfile', locked], () => takePeer(locked)))
  await store.close()
  const detail = `p50 ${median(ours).toFixed(1)} ms, most ${Math.max(...ours).toFixed(1)} ms beside ${median(peer).toFixed(0)} ms`
  return { ratio: median(ours) / median(peer), detail }
}

async function freedMs(
  holder: readonly string[],
  take: () => Promise<() => Promise<void>>,
): Promise<number> {
  const child = fork(join(import.meta.dirname, '../lockHolder.ts'), [...holder])
  const [said]: LockHolderSays[] = await once(child, 'message')
  if (said !== 'held') throw new Error(`The holder said ${said}.`)
  const gone = once(child, 'exit')
  const killedAt = performance.now()
  child.kill('SIGKILL')
  const release = await take()
  const tookMs = performance.now() - killedAt
  await gone
  await release()
  return tookMs
}

async function takeRun(store: Store): Promise<() => Promise<void>> {
  for (;;) {
    try {
      const writer = await store.open(run, opening)
      return () => writer.release()
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'locked') throw error
    }
  }
}

function takePeer(path: string): Promise<() => Promise<void>> {
  const everyTenMs = { retries: 100_000, minTimeout: 10, maxTimeout: 10, factor: 1 }
  return lockfile.lock(path, { realpath: false, retries: everyTenMs })
}
