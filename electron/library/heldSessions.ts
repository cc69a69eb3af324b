import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import { createKeyedQueue } from './keyedQueue.ts'
import {
  readSession,
  requireSame,
  takeWriter,
  type NamedSession,
  type SessionContext,
} from './openSession.ts'
import type { OpenSession } from './writeSession.ts'

/** What a piece of work came to, and the session as it left it; null where its run is gone. */
export type Done<Result> = { readonly result: Result; readonly run: Run | null }

export type HeldSessions = {
  /**
   * Does the work under the session's lock, after all that was handed in before. Null where there is no such session and
   * none is to be made.
   */
  use<Result>(
    named: NamedSession,
    options: {
      readonly isMade: boolean
      readonly work: (open: OpenSession) => Promise<Done<Result>>
    },
  ): Promise<Done<Result> | null>
  /** Reads, after all that was handed in before: `held` is the session as it was left while its lock is kept here. */
  look<Result>(named: NamedSession, read: (held: Run | null) => Promise<Result>): Promise<Result>
  /** Frees all locks. */
  close(): Promise<void>
}

type Held = { readonly open: OpenSession; readonly sinceMs: number; readonly timer: NodeJS.Timeout }

/**
 * Keeps a session's lock for a moment after it was used: taking it and reading the session again costs ten times what a save
 * costs. Not for long at a time, so that other processes get their turn.
 */
export function createHeldSessions(context: SessionContext): HeldSessions {
  const inOrder = createKeyedQueue()
  const held = new Map<RunId, Held>()
  const freeFromMs = new Map<RunId, number>()
  return {
    use: (named, { isMade, work }) =>
      inOrder(named.id, async () => {
        const before = held.get(named.id)
        if (before !== undefined && before.open.run !== null)
          requireSame(context.kind, named, before.open.run)
        clearTimeout(before?.timer)
        const open = before?.open ?? (await take(named, isMade))
        if (open === null) return null
        try {
          const done = await work(open)
          await keepOrFree(named.id, { open, run: done.run, sinceMs: before?.sinceMs })
          return done
        } catch (error) {
          held.delete(named.id)
          await open.writer.release()
          throw error
        }
      }),
    look: (named, read) => inOrder(named.id, () => read(held.get(named.id)?.open.run ?? null)),
    close: async () => {
      await Promise.all([...held.keys()].map((id) => inOrder(id, () => free(id))))
    },
  }

  async function take(named: NamedSession, isMade: boolean): Promise<OpenSession | null> {
    const notBeforeMs = freeFromMs.get(named.id) ?? 0
    freeFromMs.delete(named.id)
    const writer = await takeWriter(context, named, { isMade, notBeforeMs })
    if (writer === null) return null
    try {
      const { run, stored } = await readSession(context, named)
      return { writer, run, hasHead: (stored?.head ?? null) !== null, stored }
    } catch (error) {
      await writer.release()
      throw error
    }
  }

  async function keepOrFree(
    id: RunId,
    used: {
      readonly open: OpenSession
      readonly run: Run | null
      readonly sinceMs: number | undefined
    },
  ): Promise<void> {
    const { open, run, sinceMs = performance.now() } = used
    const holdMs = run === null ? null : context.holdMs(run)
    const timer = setTimeout(
      () => void Promise.allSettled([inOrder(id, () => free(id, timer))]),
      holdMs ?? idleMs,
    )
    // A program that has nothing else to do may end: its lock is then one of a process that is gone.
    if (holdMs !== null) timer.unref()
    held.set(id, { open: { ...open, run, hasHead: run !== null, stored: null }, sinceMs, timer })
    if (run === null) return free(id)
    if (holdMs !== null || performance.now() - sinceMs < longestMs) return undefined
    freeFromMs.set(id, performance.now() + turnMs)
    return free(id)
  }

  /** With a timer: unless it was used again since that was set. What cannot be released is tried again by the store. */
  async function free(id: RunId, timer?: NodeJS.Timeout): Promise<void> {
    const one = held.get(id)
    if (one === undefined || (timer !== undefined && one.timer !== timer)) return
    clearTimeout(one.timer)
    held.delete(id)
    await Promise.allSettled([one.open.writer.release()])
  }
}

const idleMs = 25
const longestMs = 400
/** Longer than another process waits between two tries. */
const turnMs = 60
