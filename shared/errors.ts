/** The closed list of everything that can go wrong by a user's, a disk's or another process's doing. */
export const errorCodes = [
  'invalid-input',
  'not-found',
  'corrupt',
  'locked',
  'version-too-new',
  'stale',
  'untrusted',
  'read-only',
  'cancelled',
  'busy',
  'in-doubt',
  'io',
  'bug',
] as const

/** What kind of failure an error is: decide by it, and show the message to people. `bug` is a defect of Unstuck. */
export type ErrorCode = (typeof errorCodes)[number]

/** What may accompany an error: plain JSON, shown to the user as evidence. */
export type ErrorDetails = { readonly [key: string]: unknown }

/** An expected failure: what happened, to which run, and what to do. Crosses the wire whole, without its stack. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(
    code: ErrorCode,
    message: string,
    details: ErrorDetails = {},
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options)
    this.code = code
    this.details = details
  }
}

/** Returns the error as an `AppError`; anything unexpected becomes `bug`, with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new AppError('bug', `Unexpected failure: ${message}`, {}, { cause: error })
}

/** Whether something cannot be read because it is encrypted. */
export function needsPassphrase(error: unknown): error is AppError {
  return error instanceof AppError && error.details['needs'] === 'passphrase'
}
