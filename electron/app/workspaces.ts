// The workspace that the window shows, and those that it left while runs were still going on in them.
import type { Host } from '../host/createHost.ts'
import { openHost } from '../host/openHost.ts'
import { createProcessKeeper } from '../host/snapshot/createProcessKeeper.ts'
import type { RemoteWorkspace } from '../remote/openRemoteWorkspace.ts'
import type { KnownHosts, RecentWorkspaces } from '../services/context.ts'
import { reportText } from '../host/reportText.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Channel } from '../../shared/rpc/channel.ts'

export type LiveRun = ReturnType<Host['liveRuns']>[number]

export interface Workspaces {
  /** Opens a folder, a file or a bundle. When it fails, what was open stays open. */
  open(path: string, options?: { readonly isSample?: boolean }): Promise<Host>
  /** Shows a workspace of another host in place of what is open here. */
  showRemote(remote: RemoteWorkspace): void
  /** Null: a workspace of this machine is shown. */
  remote(): RemoteWorkspace | null
  /** Serves the current workspace to a page. */
  attach(channel: Channel): void
  /** Runs that this process carries, in all workspaces. */
  liveRuns(): readonly LiveRun[]
  /** Resolves when no run is carried any more. */
  whenIdle(): Promise<void>
  close(): Promise<void>
}

/** What the hosts of this process hold in memory is kept in one file; null: nowhere. */
export function createWorkspaces(options: {
  readonly stateFile: string | null
  readonly reveal: (path: string) => void
  readonly recent: RecentWorkspaces
  readonly knownHosts: KnownHosts
}): Workspaces {
  const { stateFile, ...desktop } = options
  const keeper = createProcessKeeper({ path: stateFile, host: 'electron', report })
  const hosts = new Set<Host>()
  let current: Host | null = null
  let remote: RemoteWorkspace | null = null
  const liveRuns = (): readonly LiveRun[] => [...hosts].flatMap((host) => host.liveRuns())

  async function closeIdle(): Promise<void> {
    const idle = [...hosts].filter((host) => host !== current && host.liveRuns().length === 0)
    for (const host of idle) hosts.delete(host)
    await Promise.all(idle.map((host) => host.close()))
  }

  function leaveRemote(): void {
    remote?.close()
    remote = null
  }

  return {
    liveRuns,
    attach: (channel) => {
      const detach = (remote ?? current)?.attach(channel)
      if (detach !== undefined) channel.onClose(detach)
    },
    open: async (path, { isSample = false } = {}) => {
      const host = await openHost({
        path,
        host: 'electron',
        isSample,
        keeper,
        report,
        ...desktop,
      })
      hosts.add(host)
      host.prepare()
      current = host
      leaveRemote()
      await closeIdle()
      return host
    },
    remote: () => remote,
    showRemote: (next) => {
      leaveRemote()
      remote = next
    },
    whenIdle: async () => {
      while (liveRuns().length > 0) await new Promise((resolve) => setTimeout(resolve, 500))
    },
    close: async () => {
      const all = [...hosts]
      hosts.clear()
      current = null
      leaveRemote()
      await Promise.all(all.map((host) => host.close()))
      await keeper.close()
    },
  }
}

function report(error: AppError, call: string): void {
  process.stderr.write(reportText(error, call))
}
