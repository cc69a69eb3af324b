import type { Json } from '../../../shared/schema/json.ts'

/** What Unstuck's own program in an attempt's process does: its call file. What else it needs stands in its environment. */
export type StepCall = ModuleCall | HttpStepCall

export type ModuleCall = {
  readonly kind: 'module'
  /** Absolute. */
  readonly path: string
  /** The export; null: the default one. */
  readonly name: string | null
  /** As the definition has it. */
  readonly written: string
  readonly argument: Json
}

export type HttpStepCall = {
  readonly kind: 'http'
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** Null: none. A text is sent as it is, anything else as JSON. */
  readonly body: Json
  readonly expect: readonly (number | string)[]
  readonly maxOutput: number
}

/** Names of files in an attempt's folder. */
export const callFile = 'call.json'
export const errorFile = 'error.json'
export const stdinFile = 'stdin'
