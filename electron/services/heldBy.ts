import type { ServiceContext } from './context.ts'
import type { OpenedRun } from './openStoredRun.ts'

/** [N11] [N19] Why nothing may be written to a run now, with who is in the way and what to do; null: nothing is. */
export function heldBy(
  { executor, store }: ServiceContext,
  { stored, holder, holderState }: OpenedRun,
): string | null {
  if (stored.archive !== null)
    return `Run ${stored.id} is in the archive. Bring it back first: unstuck unarchive ${stored.id}`
  const isHere = executor.find(stored.id) !== null || (holder !== null && store.isHeldHere(holder))
  if (isHere) return `Run ${stored.id} is carried by this program. Pause it first, then edit it.`
  if (holder === null || holderState === 'gone') return null
  const who = `process ${holder.pid} on ${holder.hostName} (${holder.purpose}) since ${holder.since}`
  return holderState === 'alive'
    ? `Run ${stored.id} is held by ${who}. Pause it first, then edit it.`
    : `Run ${stored.id} is held by ${who}, and from here it cannot be told whether that process lives. Look on its machine, or break the lock.`
}
