// What a host's account is given of: its own memory, or the state file of another host.
import type { HostFacts } from '../../../shared/contract/host.ts'
import type { HostWorkspace } from '../../../shared/schema/hostState.ts'
import type { StateKeeper } from './createStateKeeper.ts'
import type { WorkspaceRecord } from './createWorkspaceRecord.ts'

export type HostView = {
  readonly process: HostFacts['process']
  readonly workspace: HostWorkspace
  readonly others: readonly HostWorkspace[]
  readonly counters: HostFacts['counters']
  readonly said: readonly HostWorkspace[]
  readonly stateFile: HostFacts['stateFile']
}

type Viewed = { readonly keeper: StateKeeper; readonly record: WorkspaceRecord }

export function ownView({ keeper, record }: Viewed): HostView {
  return {
    process: { ...keeper.owner, isAlive: true },
    workspace: record.compose(),
    others: keeper.others(),
    counters: { ...keeper.counters.given() },
    said: record.said(),
    stateFile: keeper.facts(),
  }
}

/** The file of another host, or of one that ended: what it says of this workspace. */
export async function fileView(parts: Viewed): Promise<HostView> {
  const { keeper, record } = parts
  const own = ownView(parts)
  const { found, holder } = await keeper.look()
  const { stateFile } = own
  if (found.kind === 'unusable') {
    const problem = `The state file cannot be used: ${found.sentence}. The next host that keeps its state there puts it aside.`
    return { ...own, stateFile: stateFile === null ? null : { ...stateFile, problem } }
  }
  if (found.kind === 'none') return own
  const { state } = found
  const isAlive = holder !== null && holder.isAlive && holder.holder.pid === state.owner.pid
  const { root, document } = record.compose()
  const isMeant = (one: HostWorkspace): boolean => one.root === root && one.document === document
  const said = state.workspaces.filter(isMeant)
  return {
    process: { ...state.owner, isAlive },
    workspace: isAlive ? (said[0] ?? own.workspace) : ended(own.workspace, said),
    others: state.workspaces.filter((one) => !isMeant(one)),
    counters: state.counters,
    said: isAlive ? [] : said,
    stateFile: stateFile === null ? null : { ...stateFile, writtenAt: state.writtenAt },
  }
}

/** Of a host that ended only its batches are left; all else it held is told as a difference. */
function ended(own: HostWorkspace, said: readonly HostWorkspace[]): HostWorkspace {
  const batches = said.flatMap((one) => one.batches)
  const cut = batches.map((batch) =>
    batch.state === 'running' ? { ...batch, state: 'cut' as const } : batch,
  )
  return { ...own, batches: cut, events: said.flatMap(({ events }) => events) }
}
