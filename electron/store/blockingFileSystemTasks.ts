// What a helper is asked and answers.
import type { lookNow, Starts } from './blockingFileSystemCalls.ts'

export type LookTask = {
  readonly kind: 'look'
  readonly id: number
  readonly root: string
  readonly folder: string
  readonly startBytes: number | null
  /** To be filled with starts, where it has room for them: memory that was never used has to be cleared first. */
  readonly spare: Uint8Array | null
}

export type HelperTask =
  | LookTask
  | {
      readonly kind: 'starts'
      readonly id: number
      readonly paths: readonly string[]
      readonly limitBytes: number
    }

export type HelperAnswer =
  | { readonly kind: 'look'; readonly id: number; readonly found: ReturnType<typeof lookNow> }
  | { readonly kind: 'starts'; readonly id: number; readonly starts: Starts }
