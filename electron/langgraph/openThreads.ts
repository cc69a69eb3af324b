import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { applicationVersion } from '../../shared/version.ts'
import { now, randomId, sha256, userName } from '../host/hostFacts.ts'
import { readSettings } from '../host/readSettings.ts'
import { createHeldSessions } from '../library/heldSessions.ts'
import type { SessionContext } from '../library/openSession.ts'
import { createFileStore } from '../store/fileStore.ts'
import { createThreads, type Threads } from './threads.ts'

/** How the checkpointer names its graph and holds its threads. */
export type UnstuckSaverOptions = {
  /** Name of the graph, shown as the workflow of its threads. Default `langgraph`. */
  readonly graph?: string
  /** How long a call waits for a thread that another process holds, in milliseconds. Default 10,000. */
  readonly lockWaitMs?: number
  /**
   * How long a thread whose tasks run stays held by this process when nothing is heard of them, in milliseconds. While it is
   * held, nobody else writes it, and the screens say that it is alive. Default 60,000.
   */
  readonly holdMs?: number
}

/** `root` is made if it is not there. */
export async function openThreads(root: string, options: UnstuckSaverOptions): Promise<Threads> {
  await mkdir(root, { recursive: true, mode: 0o700 })
  const application = { version: applicationVersion }
  const store = await createFileStore({ root, now, randomId, application })
  const context: SessionContext = {
    store,
    kind: 'thread',
    program: options.graph ?? 'langgraph',
    user: userName(),
    host: hostname(),
    folder: process.cwd(),
    now,
    sha256,
    lockWaitMs: options.lockWaitMs ?? 10_000,
    maxStateBytes: Infinity,
    trashDays: async () => (await readSettings(store)).value.cleanup.trashDays,
    holdMs: ({ status }) => (status === 'running' ? (options.holdMs ?? 60_000) : null),
  }
  const threads = createThreads(context, createHeldSessions(context))
  return {
    ...threads,
    async close() {
      await threads.close()
      await store.close()
    },
  }
}
