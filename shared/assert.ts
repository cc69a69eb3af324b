import { AppError } from './errors.ts'

/** Ends every `switch` over a closed union: a new member does not compile until it is handled. */
export function assertNever(value: never): never {
  throw new AppError('bug', `Unhandled case: ${JSON.stringify(value)}`)
}

/** Throws `bug` unless the condition holds. For what only a programming error can break. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AppError('bug', message)
}
