// Hosts that were connected to, with their tokens where the system keeps them safe.
import { basename } from 'node:path'
import type { Handlers } from '../../shared/contract/contract.ts'
import type { KnownHost } from '../../shared/contract/hosts.ts'
import { AppError } from '../../shared/errors.ts'
import { readHostAddress } from '../remote/hostAddress.ts'
import { openRemoteWorkspace, type RemoteWorkspace } from '../remote/openRemoteWorkspace.ts'
import type { KnownHosts, RecentWorkspaces } from '../services/context.ts'
import type { Remembered, RememberedHost } from './remembered.ts'
import type { Vault } from './vault.ts'

export type KnownHostsOptions = {
  readonly vault: Vault
  readonly recent: RecentWorkspaces
  readonly hosts: () => readonly RememberedHost[]
  readonly note: (change: Pick<Remembered, 'hosts'>) => void
  /** The one that is shown; null: a workspace of this machine is. */
  readonly current: () => RemoteWorkspace | null
  readonly show: (remote: RemoteWorkspace) => void
}

export function createKnownHosts(options: KnownHostsOptions): KnownHosts {
  const { vault, recent, hosts, note, current, show } = options
  const known: KnownHosts = { list, connect, forget }
  return known

  async function list() {
    const shown = await Promise.all(hosts().map((host) => describe(host, current())))
    return { hosts: shown, canConnect: true, whyNotKept: vault.whyNot() }
  }

  async function connect({
    address: text,
    token: given,
    remember,
  }: Parameters<KnownHosts['connect']>[0]) {
    const host = readHostAddress(text)
    const kept = hosts().find(({ address }) => address === host.address)?.token ?? null
    const token = given ?? host.token ?? (kept === null ? null : vault.unseal(kept))
    if (token === null) throw noToken(host.address)
    const remote = await openRemoteWorkspace({ host, token, own: ownHandlers(known, recent) })
    const { address, hostName, name: workspace } = remote
    if (remember) {
      const sealed = vault.whyNot() === null ? vault.seal(token) : null
      const connectedAt = new Date().toISOString()
      const others = hosts().filter((other) => other.address !== address)
      const entry = { address, hostName, workspace, connectedAt, token: sealed }
      note({ hosts: [entry, ...others].slice(0, 20) })
    }
    show(remote)
    return { hostName, workspace }
  }

  function forget(address: string): boolean {
    const left = hosts().filter((host) => host.address !== address)
    const isKnown = left.length < hosts().length
    if (isKnown) note({ hosts: left })
    return isKnown
  }
}

/** What a page asks of this machine while it shows another one. */
function ownHandlers(known: KnownHosts, recent: RecentWorkspaces): Partial<Handlers> {
  return {
    'hosts.list': () => known.list(),
    'hosts.connect': (input) => known.connect(input),
    'hosts.forget': async ({ address }) => ({ forgotten: known.forget(address) }),
    'workspace.recent': async () => ({
      workspaces: recent.list().map(({ path, attention }) => {
        return { path, name: basename(path), attention, isCurrent: false }
      }),
      canOpen: true,
    }),
    'workspace.open': async ({ path, view = '' }) => {
      if (!recent.list().some((one) => one.path === path)) throw notRecent(path)
      recent.open(path, view)
      return { opening: path }
    },
  }
}

async function describe(
  { token, ...host }: RememberedHost,
  shown: RemoteWorkspace | null,
): Promise<KnownHost> {
  const isShown = shown?.address === host.address && shown.isConnected()
  const state = isShown ? 'connected' : (await answers(host.address)) ? 'answers' : 'silent'
  return { ...host, hasToken: token !== null, state }
}

/** Whether somebody answers there: nothing is sent but the question. */
async function answers(address: string): Promise<boolean> {
  const asked = { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(1500) } as const
  const [answer] = await Promise.allSettled([fetch(address, asked)])
  return answer.status === 'fulfilled' && answer.value.ok
}

function noToken(address: string): AppError {
  const message = `The token of ${address} is not known here. Give the address with its token.`
  return new AppError('invalid-input', message, { address })
}

function notRecent(path: string): AppError {
  const message = 'Only workspaces that were open lately are opened from here.'
  return new AppError('invalid-input', message, { path })
}
