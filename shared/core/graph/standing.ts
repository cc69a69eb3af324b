import type { StepState } from '../../schema/run.ts'

/** What a dependency means for the steps that need it. */
export type Standing =
  | { readonly kind: 'settled' }
  | { readonly kind: 'open' }
  | { readonly kind: 'broken'; readonly word: string }

const open: Standing = { kind: 'open' }
const settled: Standing = { kind: 'settled' }
const failed: Standing = { kind: 'broken', word: 'failed' }
const cancelled: Standing = { kind: 'broken', word: 'was cancelled' }
const skipped: Standing = {
  kind: 'broken',
  word: 'was skipped because of a step before it',
}

/** What a person or a condition skipped is settled: they said to go on without. `goesOn`: the step may fail. */
export function standingOf(state: StepState | undefined, goesOn: boolean): Standing {
  switch (state?.status) {
    case 'succeeded':
      return settled
    case 'failed':
      return goesOn ? settled : failed
    case 'cancelled':
      return goesOn ? settled : cancelled
    case 'skipped':
      return goesOn || state.skippedBy !== 'dependency' ? settled : skipped
    default:
      return open
  }
}

export function blockedReason(need: string, word: string): string {
  return `${need} ${word}.`
}
