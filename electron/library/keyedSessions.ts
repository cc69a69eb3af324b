// Sessions over any storage backend: a value for each session, and one for each of its checkpoints.
import { isDeepStrictEqual } from 'node:util'
import { toAppError } from '../../shared/errors.ts'
import {
  checkpointPrefix,
  loadKeyed,
  loadKeyedState,
  sessionKey,
  sessionPrefix,
  type KeyedSession,
} from './keyedSession.ts'
import { createKeyedQueue } from './keyedQueue.ts'
import { clipName, findCheckpoint, noSession } from './sessionErrors.ts'
import type { SaveOptions, Session, SessionCheckpoint, Sessions } from './sessions.ts'
import { asState, type State } from './state.ts'
import { checkKey, type StorageBackend } from './storageBackend.ts'

export type KeyedContext = {
  readonly backend: StorageBackend
  readonly now: () => string
  readonly maxStateBytes: number
}

/** Calls take effect one after another in this process only: a backend knows no locks. */
export function createKeyedSessions(context: KeyedContext): Sessions {
  const { backend, now, maxStateBytes } = context
  const queue = createKeyedQueue()
  const inOrder: typeof queue = async (session, work) => {
    checkKey(session)
    return queue(session, work)
  }
  return {
    save: (session, change, options) =>
      inOrder(session, async () => {
        const found = await loadKeyed(backend, sessionKey(session))
        const state = asState(await change(found === null ? null : structuredClone(found.state)), {
          maxBytes: maxStateBytes,
        })
        await keep(savedSession(found, { session, state, options }))
        return state
      }),
    async load(session) {
      checkKey(session)
      return (await loadKeyed(backend, sessionKey(session)))?.state ?? null
    },
    list: () => list(backend),
    remove: (session) =>
      inOrder(session, async () => {
        // The session first: what is left of it when this is cut short is found by nobody.
        const wasThere = await backend.delete(sessionKey(session))
        for (const key of await backend.listKeys(checkpointPrefix(session)))
          await backend.delete(key)
        return wasThere
      }),
    createCheckpoint: (session, name, { progress }) =>
      inOrder(session, async () => {
        const found = await require(session)
        const last = found.checkpoints.at(-1)
        return add(found, {
          name,
          parent: last?.id ?? null,
          progress: progress ?? last?.progress ?? 0,
        })
      }),
    async loadCheckpoint(session, wanted) {
      const found = await require(session)
      const checkpoint = findCheckpoint(session, found.checkpoints, wanted)
      return loadKeyedState(backend, { session, checkpoint })
    },
    restoreCheckpoint: (session, wanted) => inOrder(session, () => restore(session, wanted)),
    async listCheckpoints(session) {
      return (await require(session)).checkpoints
    },
  }

  async function require(session: string): Promise<KeyedSession> {
    checkKey(session)
    const found = await loadKeyed(backend, sessionKey(session))
    if (found === null) throw noSession(session)
    return found
  }

  async function keep(session: KeyedSession): Promise<void> {
    await backend.save(sessionKey(session.id), session)
  }

  function savedSession(
    found: KeyedSession | null,
    saved: { readonly session: string; readonly state: State; readonly options: SaveOptions },
  ): KeyedSession {
    const { session, state, options } = saved
    const at = now()
    const base = found ?? newSession(session, at)
    const status = options.status ?? base.status
    return { ...base, status, reason: options.reason ?? base.reason, updatedAt: at, state }
  }

  /** Its state before its name: a checkpoint that is listed can be restored. */
  async function add(
    found: KeyedSession,
    made: Pick<SessionCheckpoint, 'name' | 'parent' | 'progress'>,
    state: State = found.state,
  ): Promise<SessionCheckpoint> {
    const checkpoint = { id: `cp-${found.made + 1}`, at: now(), ...made }
    await backend.save(checkpointPrefix(found.id) + checkpoint.id, { state })
    const checkpoints = [...found.checkpoints, checkpoint]
    const { at: updatedAt } = checkpoint
    await keep({ ...found, made: found.made + 1, checkpoints, updatedAt, state })
    return checkpoint
  }

  /** A state that no checkpoint has is made one before, so that a restore takes nothing away. */
  async function restore(session: string, wanted: string): Promise<State> {
    const found = await require(session)
    const { id, name, progress } = findCheckpoint(session, found.checkpoints, wanted)
    const state = await loadKeyedState(backend, { session, checkpoint: { id, name } })
    const last = found.checkpoints.at(-1)
    const isKept =
      last !== undefined &&
      isDeepStrictEqual(await loadKeyedState(backend, { session, checkpoint: last }), found.state)
    if (!isKept)
      await add(found, {
        name: clipName(`before restoring ${name}`),
        parent: last?.id ?? null,
        progress: last?.progress ?? 0,
      })
    const named = { name: clipName(`restored ${name}`), parent: id, progress }
    await add(await require(session), named, state)
    return state
  }
}

function newSession(id: string, createdAt: string): KeyedSession {
  return {
    format: 'unstuck-session',
    version: 1,
    id,
    status: 'paused',
    reason: null,
    createdAt,
    updatedAt: createdAt,
    made: 0,
    checkpoints: [],
    state: {},
  }
}

async function list(backend: StorageBackend): Promise<readonly Session[]> {
  const keys = await backend.listKeys(sessionPrefix)
  const rows = await Promise.all(keys.map((key) => rowOf(backend, key)))
  return rows.flat().toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt))
}

async function rowOf(backend: StorageBackend, key: string): Promise<readonly Session[]> {
  try {
    const found = await loadKeyed(backend, key)
    if (found === null) return []
    const { id, status, createdAt, updatedAt, checkpoints } = found
    const times = { createdAt, updatedAt }
    return [{ id, run: null, status, ...times, checkpoints: checkpoints.length, problem: null }]
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code !== 'corrupt') throw error
    const id = key.slice(sessionPrefix.length)
    const unknown = { status: 'paused', createdAt: '', updatedAt: '', checkpoints: 0 } as const
    return [{ id, run: null, ...unknown, problem: message }]
  }
}
