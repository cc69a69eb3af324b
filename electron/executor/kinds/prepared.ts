import type { Json } from '../../../shared/schema/json.ts'
import type { RunError } from '../../../shared/schema/run.ts'

/** What an attempt is going to do, with every expression of its definition evaluated. */
export type Prepared = PreparedProcess | PreparedFunction | Refused

export type PreparedProcess = {
  readonly kind: 'process'
  readonly command: readonly string[]
  /** The step's own variables. */
  readonly environment: Readonly<Record<string, string>>
  /** The host's variables that it asks for. */
  readonly passed: readonly string[]
  readonly stdin: string | null
  /** Absolute. */
  readonly workingFolder: string
  /** What the program of Unstuck that is the command does: its last argument is the path of this file. Null: a command of others. */
  readonly callFile: Json | null
}

export type PreparedFunction = {
  readonly kind: 'function'
  readonly name: string
  readonly argument: Json
}

/** Nothing has begun. */
export type Refused = { readonly kind: 'refused'; readonly error: RunError }
