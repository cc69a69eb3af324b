import { toAppError, type AppError } from '../../shared/errors.ts'

/** Something that the host was asked for. While it is asked for again, what was known stays shown. */
export type Remote<Value> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly value: Value; readonly problem: AppError | null }

export const loading = { kind: 'loading' } as const

export function ready<Value>(value: Value): Remote<Value> {
  return { kind: 'ready', value, problem: null }
}

/** What is shown after a failed reading: what was known before with the problem beside it, or the error alone. */
export function failed<Value>(before: Remote<Value>, cause: unknown): Remote<Value> {
  const error = toAppError(cause)
  return before.kind === 'ready' ? { ...before, problem: error } : { kind: 'failed', error }
}
