import { z } from 'zod'

/** The first message on a remote connection, and the only place where the token travels. */
export const AuthFrame = z.strictObject({
  kind: z.literal('auth'),
  /** The host's token, or the secret of a session that was given for it. */
  token: z.string().max(500),
  /** Asks for a session in exchange: the token need not be kept, and the session ends when nobody uses it. */
  exchange: z.boolean().optional(),
})
export type AuthFrame = z.input<typeof AuthFrame>

/** The host's answer to an auth frame that asks for a session. It comes before every other frame. */
export const SessionFrame = z.strictObject({
  kind: z.literal('session'),
  secret: z.string().max(500),
})
export type SessionFrame = z.infer<typeof SessionFrame>

/** An auth frame is small; anything larger is no auth frame. */
export const maxAuthBytes = 1000

/** Close codes of a remote connection, in the range that RFC 6455 leaves to applications. */
export const closeCodes = {
  unauthorised: 4401,
  tooLate: 4408,
  tooSlow: 4413,
  /** Nobody used the session for longer than the host allows. */
  idle: 4440,
} as const
