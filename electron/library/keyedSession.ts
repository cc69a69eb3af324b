import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { Json, Timestamp } from '../../shared/schema/json.ts'
import { RunStatus } from '../../shared/schema/run.ts'
import type { State } from './state.ts'
import type { StorageBackend } from './storageBackend.ts'

/** Passes a state on as it is, without a copy, so that a name such as `__proto__` stays what it was. */
const KeptState = z.custom<State>(
  (value) =>
    Json.safeParse(value).success &&
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value),
)

/** A session as a storage backend keeps it. */
const KeyedSession = z.object({
  format: z.literal('unstuck-session'),
  version: z.literal(1),
  id: z.string(),
  status: RunStatus,
  reason: z.string().nullable(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  /** How many checkpoints were ever made of it. */
  made: z.number().int().min(0),
  checkpoints: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      at: Timestamp,
      parent: z.string().nullable(),
      progress: z.number().min(0).max(1),
    }),
  ),
  state: KeptState,
})
export type KeyedSession = z.infer<typeof KeyedSession>

const KeyedCheckpoint = z.object({ state: KeptState })

export const sessionPrefix = 'session/'

export function sessionKey(session: string): string {
  return sessionPrefix + session
}

/** `checkpoint/<length of the id>/<id>/`: no id is the beginning of another one's keys. */
export function checkpointPrefix(session: string): string {
  return `checkpoint/${session.length}/${session}/`
}

/** Null when there is none. Throws `corrupt` for a value that is no session. */
export async function loadKeyed(
  backend: StorageBackend,
  key: string,
): Promise<KeyedSession | null> {
  const value = await backend.load(key)
  if (value === null) return null
  const parsed = KeyedSession.safeParse(value)
  if (parsed.success) return parsed.data
  throw new AppError(
    'corrupt',
    `What is kept under ${JSON.stringify(key)} is no session (${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}). It was written by something else, or changed.`,
    { key },
  )
}

export async function loadKeyedState(
  backend: StorageBackend,
  at: {
    readonly session: string
    readonly checkpoint: { readonly id: string; readonly name: string }
  },
): Promise<State> {
  const { session, checkpoint } = at
  const value = await backend.load(checkpointPrefix(session) + checkpoint.id)
  const parsed = KeyedCheckpoint.safeParse(value)
  if (parsed.success) return parsed.data.state
  throw new AppError(
    'corrupt',
    `The state at checkpoint "${checkpoint.name}" of session ${session} is not kept any more. Choose another one.`,
    { session, checkpoint: checkpoint.id },
  )
}
