import { setTimeout as sleep } from 'node:timers/promises'

/** Sends a signal to every process of a group; 0 only asks. False when the group is empty. */
export function signalGroup(group: number, signal: NodeJS.Signals | 0): boolean {
  // -1 is every process of the user, and -0 the caller's own group.
  if (!Number.isSafeInteger(group) || group <= 1) return false
  try {
    process.kill(-group, signal)
    return true
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code // what process.kill throws
    if (code === 'ESRCH') return false
    if (code === 'EPERM') return true
    throw error
  }
}

/** TERM to a group, KILL after the grace. Resolves when the group is empty, or a second after KILL. */
export async function endGroup(
  group: number,
  options: { readonly graceMs: number },
): Promise<void> {
  if (!signalGroup(group, 'SIGTERM')) return
  if (await isEmptied(group, options.graceMs)) return
  signalGroup(group, 'SIGKILL')
  await isEmptied(group, afterKillMs)
}

// A zombie that nobody reaps (a container without an init process) counts as alive, so nothing waits for ever.
const afterKillMs = 1000
const pollMs = 20

async function isEmptied(group: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  while (performance.now() < end) {
    if (!signalGroup(group, 0)) return true
    await sleep(pollMs)
  }
  return !signalGroup(group, 0)
}
