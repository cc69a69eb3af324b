// What a helper is asked and answers.
import type { lookNow, Starts } from './blockingFileSystemCalls.ts'

export type LookTask = {
  readonly kind: 'look'
  readonly id: number
  readonly root: string
  readonly folder: string
  readonly startBytes: number | null
  readonly spare: Spare
}

/** To be filled, where there is room: memory that was never used has to be cleared first, and what is not used again is left over. */
export type Spare = {
  readonly starts: Uint8Array | null
  readonly numbers: ArrayBuffer | null
  readonly lines: ArrayBuffer | null
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
