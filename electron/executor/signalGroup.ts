import { readdir, readFile } from 'node:fs/promises'
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

/** TERM to a group, KILL after the grace. Resolves when nothing of it runs any more, or a second after KILL. */
export async function endGroup(
  group: number,
  options: { readonly graceMs: number },
): Promise<void> {
  if (!signalGroup(group, 'SIGTERM')) return
  if (await isEmptied(group, options.graceMs)) return
  signalGroup(group, 'SIGKILL')
  await isEmptied(group, afterKillMs)
}

// A process that hangs in the kernel cannot be killed, and nothing waits for ever.
const afterKillMs = 1000
const pollMs = 20
const looksBeforeScan = 5

async function isEmptied(group: number, withinMs: number): Promise<boolean> {
  const end = performance.now() + withinMs
  for (let look = 1; performance.now() < end; look++) {
    if (!signalGroup(group, 0)) return true
    if (look % looksBeforeScan === 0 && !(await hasRunning(group))) return true
    await sleep(pollMs)
  }
  return !signalGroup(group, 0)
}

/** Whether something of a group runs. A dead process that nobody collects (a container without an init) does not. */
export async function hasRunning(group: number): Promise<boolean> {
  if (!signalGroup(group, 0)) return false
  if (process.platform !== 'linux') return true
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const stats = await Promise.allSettled(ids.map((id) => readFile(`/proc/${id}/stat`, 'latin1')))
  return stats.some((stat) => stat.status === 'fulfilled' && isRunningIn(stat.value, group))
}

/** Fields 3 and 5 are state and process group. The name, field 2, may hold blanks and brackets. */
function isRunningIn(stat: string, group: number): boolean {
  const [state, , ownGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(ownGroup) === group && state !== 'Z' && state !== 'X'
}
