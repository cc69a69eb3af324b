import type { Run } from '../../schema/run.ts'

/** A run after one edit, or why the edit cannot be done. */
export type Applied =
  | {
      readonly kind: 'ok'
      readonly run: Run
      /** What it did besides, a sentence each. */
      readonly also: readonly string[]
    }
  | { readonly kind: 'refused'; readonly path: string; readonly sentence: string }
