import type { OperationEntry } from '../../../shared/contract/upkeep.ts'

/** How an outcome is shown: what was taken back since is no longer so. */
export function outcomeOf({ state, undoneBy }: Pick<OperationEntry, 'state' | 'undoneBy'>): {
  readonly status: string
  readonly word?: string
} {
  if (undoneBy !== null) return { status: 'skipped', word: 'Taken back' }
  if (state === 'unfinished') return { status: 'in-doubt', word: 'No end seen' }
  return { status: state }
}
