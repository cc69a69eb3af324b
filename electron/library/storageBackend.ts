// Where sessions are kept: anything that keeps JSON objects under keys.
import { AppError } from '../../shared/errors.ts'
import type { State } from './state.ts'

/**
 * A place that keeps JSON objects under keys. A key is any well-formed text of 1 to 1,000 characters; keys that differ in
 * anything, also in case only, are different. `storageBackendCases` checks a backend against all that is said here.
 */
export interface StorageBackend {
  /** Keeps the value, instead of one that was there. Whole or not at all; rejects when it is not kept. */
  save(key: string, value: State): Promise<void>
  /** The value as it was saved, as a copy of the caller's own; null when there is none. */
  load(key: string): Promise<State | null>
  /** True when there was one. */
  delete(key: string): Promise<boolean>
  /** Keys that begin with `prefix`, in no order; all of them without one. */
  listKeys(prefix?: string): Promise<readonly string[]>
  exists(key: string): Promise<boolean>
}

/** Throws `invalid-input` for a text that is no key. */
export function checkKey(key: string): void {
  const why =
    key === ''
      ? 'is empty'
      : key.length > maxKeyLength
        ? `has ${key.length} characters`
        : /\p{Surrogate}/u.test(key)
          ? 'holds half a character'
          : null
  if (why === null) return
  throw new AppError(
    'invalid-input',
    `The key ${JSON.stringify(key.slice(0, 80))} ${why}. Expected 1 to ${maxKeyLength} whole characters.`,
    { key: key.slice(0, 80) },
  )
}

const maxKeyLength = 1000
