import { z } from 'zod'

/** The first message on a remote connection, and the only place where the token travels. */
export const AuthFrame = z.strictObject({ kind: z.literal('auth'), token: z.string().max(500) })
export type AuthFrame = z.infer<typeof AuthFrame>

/** An auth frame is small; anything larger is no auth frame. */
export const maxAuthBytes = 1000

/** Close codes of a remote connection, in the range that RFC 6455 leaves to applications. */
export const closeCodes = { unauthorised: 4401, tooLate: 4408, tooSlow: 4413 } as const
