import type { RunDetail } from '../../../shared/contract/runs.ts'

/** [M26] An old document of ours names its checkpoints, and holds no state but the last. */
export function hasOnlyMarks({ health, foreign }: RunDetail): boolean {
  return health === 'old-version' && !foreign
}
