import type { RunDetail } from '../../../shared/contract/runs.ts'

type Facts = Pick<RunDetail, 'archive' | 'health' | 'heldHere' | 'holder' | 'liveness'>

/** Why nothing can be decided at a gate of this run; null when it can. */
export function whyNotDecided(
  { archive = null, health, heldHere, holder, liveness }: Facts,
  isWritable: boolean,
): string | null {
  if (!isWritable) return 'The workspace is read-only: it can be decided where it is not.'
  if (archive !== null) return 'The run is archived: bring it back first.'
  if (health === 'damaged') return 'The run is damaged: repair it first.'
  if (holder === null || holder.controlSocket !== null || heldHere) return null
  const held = `Process ${holder.pid} on ${holder.hostName} holds the run and takes no decision.`
  switch (liveness) {
    case 'unknown':
      return `${held} Break its lock once you know that it is gone.`
    case 'alive':
      return `${held} Decide once it has ended.`
    default:
      return null
  }
}
