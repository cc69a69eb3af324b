import type { Kind } from './textWindow.ts'

/** A unit that has no equal one in its place: its text, and which child of its block it is. */
export type LeftUnit = { readonly index: number; readonly text: string }

/** What is not the same in a block of lines on both sides. */
export type Section = {
  readonly kind: Kind
  /** Under which it stands in the record around it. */
  readonly key: string
  /** Of a record, also the blocks that stand on both sides under one key. */
  readonly gone: readonly (LeftUnit | Section)[]
  readonly come: readonly LeftUnit[]
  /** Runs of equal units: index in the earlier block, in the later one, and how many; three numbers a run. */
  readonly runs: readonly number[]
  readonly lengths: { readonly before: number; readonly after: number }
}
