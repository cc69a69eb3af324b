import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

export type Session = {
  readonly secret: string
  /** Notes that a person used it. */
  readonly touch: () => void
  /** Milliseconds until it ends when nobody uses it; 0 or less: it has ended. */
  readonly remainingMs: () => number
  /** Ends it for good. */
  readonly end: () => void
}

export type Sessions = {
  readonly open: () => Session
  /** The session of that secret; null: there is none, or it has ended. */
  readonly find: (secret: string) => Session | null
}

export type SessionOptions = {
  readonly token: string
  /** Infinity: sessions do not end by themselves. */
  readonly idleMs: number
  /** Milliseconds of a clock that never goes back. */
  readonly nowMs: () => number
}

/**
 * Sessions that were given for the token. Their secrets are signed with it, so that those of before a restart with the same
 * token are known again: each of them was in use at most `idleMs` before this start, or it is refused like any other.
 */
export function createSessions({ token, idleMs, nowMs }: SessionOptions): Sessions {
  const startedMs = nowMs()
  /** When each was used last; null: it has ended. The oldest first. */
  const usedMs = new Map<string, number | null>()
  return {
    open: () => {
      const id = randomBytes(32).toString('base64url')
      note(id, nowMs())
      return sessionOf(id)
    },
    find: (secret) => {
      const id = idOf(secret)
      if (id === null) return null
      if (!usedMs.has(id)) note(id, startedMs)
      const session = sessionOf(id)
      return session.remainingMs() > 0 ? session : null
    },
  }

  function sessionOf(id: string): Session {
    return {
      secret: `${id}.${signatureOf(id).toString('base64url')}`,
      touch: () => {
        if (remainingMs(id) > 0) note(id, nowMs())
      },
      remainingMs: () => remainingMs(id),
      end: () => note(id, null),
    }
  }

  function remainingMs(id: string): number {
    const last = usedMs.get(id) ?? null
    return last === null ? 0 : last + idleMs - nowMs()
  }

  function note(id: string, atMs: number | null): void {
    usedMs.delete(id)
    usedMs.set(id, atMs)
    const [oldest] = usedMs.keys()
    if (usedMs.size > maxSessions && oldest !== undefined) usedMs.delete(oldest)
  }

  function idOf(secret: string): string | null {
    const [id = '', signature = ''] = secret.split('.')
    const given = Buffer.from(signature, 'base64url')
    const expected = signatureOf(id)
    return given.length === expected.length && timingSafeEqual(given, expected) ? id : null
  }

  function signatureOf(id: string): Buffer {
    return createHmac('sha256', token).update(`unstuck-session ${id}`).digest()
  }
}

/** More are not remembered: the one that was used least lately is looked at as one of before the start. */
const maxSessions = 10_000
