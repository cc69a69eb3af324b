// Threads as runs of a workspace: what a graph keeps is recorded under the lock of its thread's run, whole or not at all.
import type { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { Done, HeldSessions } from '../library/heldSessions.ts'
import { listSessions } from '../library/listSessions.ts'
import {
  readAnySession,
  readSession,
  type NamedSession,
  type SessionContext,
} from '../library/openSession.ts'
import { keptIdOf, newSessionRun, runIdOf } from '../library/sessionRun.ts'
import { writeSession, type OpenSession } from '../library/writeSession.ts'
import { createArrivals } from './arrivals.ts'
import { addRecorded, threadOf, type Thread } from './thread.ts'

/** A thread as it is kept; `run` is null where there is none. */
export type ReadThread = { readonly run: Run | null; readonly thread: Thread }

type Say = (now: { readonly run: Run; readonly thread: Thread }) => Promise<Recorded>

type PointName = { readonly namespace: string; readonly checkpoint: string }

/** What a call records of the thread as it is. */
export type Recorded = {
  readonly bodies: readonly RecordBody[]
  /** Where a checkpoint was made; null: none was. */
  readonly made: PointName | null
}

export type Threads = {
  /** Never waits for a lock, and sees all that was kept before it was asked. */
  read<Result>(threadId: string, look: (found: ReadThread) => Promise<Result>): Promise<Result>
  /** [B38] In the order of the calls, and one process at a time. */
  record(threadId: string, say: Say): Promise<void>
  /**
   * The same, once a checkpoint is there: a graph hands on its checkpoints one behind the other, and does not wait with what
   * its tasks write for them. One that does not come is waited for only so long.
   */
  recordBehind(threadId: string, behind: PointName, say: Say): Promise<void>
  /** To the trash. Nothing where there is none. */
  remove(threadId: string): Promise<void>
  /** Ids of all threads of the workspace that can be read, newest change first. */
  list(): Promise<readonly string[]>
  /** The thread that a run of the workspace is; null where it is none, or gone. */
  ofRun(run: RunId): Promise<ReadThread | null>
  close(): Promise<void>
}

export function createThreads(context: SessionContext, held: HeldSessions): Threads {
  // Of runs whose lock is kept here: nobody else changes them meanwhile.
  const known = new WeakMap<Run, Thread>()
  const arrivals = createArrivals(context.lockWaitMs)
  return {
    read,
    record: recordNow,
    async recordBehind(threadId, behind, say) {
      const { namespace, checkpoint } = behind
      const found = await held.use(nameOf(context, threadId), {
        isMade: false,
        work: async (open): Promise<Done<boolean>> => {
          const isThere = threadIn(open).get(namespace)?.has(checkpoint) === true
          if (!isThere) return { result: false, run: open.run }
          return { result: true, run: await record(threadId, open, say) }
        },
      })
      if (found?.result === true) return
      await arrivals.behind([threadId, namespace, checkpoint], () => recordNow(threadId, say))
    },
    async remove(threadId) {
      await held.use(nameOf(context, threadId), {
        isMade: false,
        work: (open) => trash(context, open),
      })
    },
    list: async () =>
      (await listSessions(context)).flatMap(({ id, problem }) => (problem === null ? [id] : [])),
    async ofRun(id) {
      const { run, stored } = await readAnySession(context, { id, session: id })
      if (run === null || keptIdOf(run, 'thread') === null) return null
      return { run, thread: threadOf(run, stored?.journal ?? null) }
    },
    async close() {
      arrivals.letAllGo()
      await held.close()
    },
  }

  function read<Result>(
    threadId: string,
    look: (found: ReadThread) => Promise<Result>,
  ): Promise<Result> {
    const named = nameOf(context, threadId)
    return held.look(named, async (run) => {
      const thread = run === null ? undefined : known.get(run)
      if (run === null || thread === undefined || keptIdOf(run, 'thread') !== threadId)
        return look(await readThread(context, named))
      return look({ run, thread })
    })
  }

  async function recordNow(threadId: string, say: Say): Promise<void> {
    const work = async (open: OpenSession): Promise<Done<void>> => ({
      result: undefined,
      run: await record(threadId, open, say),
    })
    await held.use(nameOf(context, threadId), { isMade: true, work })
  }

  async function record(threadId: string, open: OpenSession, say: Say): Promise<Run> {
    const thread = threadIn(open)
    const before = open.run ?? newThread(context, open.writer.run, threadId)
    const { bodies, made } = await say({ run: before, thread })
    const first: readonly RecordBody[] =
      open.run === null ? [{ type: 'runCreated', run: before }] : []
    const run = await writeSession(context, open, [...first, ...bodies])
    addRecorded(thread, { before: before.variables, after: run.variables }, made)
    known.set(run, thread)
    if (made !== null) arrivals.arrived([threadId, made.namespace, made.checkpoint])
    return run
  }

  function threadIn({ run, stored }: OpenSession): Thread {
    const found = run === null ? undefined : known.get(run)
    if (found !== undefined) return found
    const thread = threadOf(run, stored?.journal ?? null)
    if (run !== null) known.set(run, thread)
    return thread
  }
}

function nameOf({ sha256 }: SessionContext, threadId: string): NamedSession {
  return { session: threadId, id: runIdOf(threadId, sha256, 'thread') }
}

async function readThread(context: SessionContext, named: NamedSession): Promise<ReadThread> {
  const { run, stored } = await readSession(context, named)
  return { run, thread: threadOf(run, stored?.journal ?? null) }
}

function newThread(context: SessionContext, run: RunId, threadId: string): Run {
  const { program, user, host, folder } = context
  const at = context.now()
  const made = newSessionRun({
    run,
    kind: 'thread',
    session: threadId,
    program,
    state: {},
    at,
    user,
    host,
    folder,
  })
  return { ...made, status: 'running' }
}

async function trash(context: SessionContext, { run, writer }: OpenSession): Promise<Done<void>> {
  if (run !== null)
    await writer.trash({
      reason: 'Deleted by its program',
      workflow: run.workflow.name,
      keepDays: await context.trashDays(),
    })
  return { result: undefined, run: null }
}
