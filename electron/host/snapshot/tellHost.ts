import type { BatchFacts, HostDifference, HostFacts } from '../../../shared/contract/host.ts'
import type { HostWorkspace } from '../../../shared/schema/hostState.ts'
import { counted } from './counted.ts'
import type { HostView } from './hostViews.ts'

/** A host's account, as the contract has it. */
export function tellHost(
  view: HostView,
  told: {
    readonly batches: readonly BatchFacts[]
    readonly differences: readonly HostDifference[]
  },
): HostFacts {
  const { workspace } = view
  const known = [workspace, ...view.others]
  return {
    process: view.process,
    stateFile: view.stateFile,
    counters: view.counters,
    workspaces: counted(
      known.map(({ root, name, openedAt, closedAt }) => ({ path: root, name, openedAt, closedAt })),
    ),
    trusted: workspace.trusted,
    definitions: counted(definitionsOf(workspace)),
    runs: counted(workspace.runs),
    approvals: counted(workspace.approvals),
    locks: counted(workspace.locks),
    operations: counted(workspace.operations),
    events: counted(workspace.events),
    batches: counted(told.batches),
    differences: counted(told.differences),
  }
}

type Definition = HostFacts['definitions']['shown'][number]

function definitionsOf({ runs }: HostWorkspace): readonly Definition[] {
  const definitions = new Map<string, Definition>()
  for (const { workflow, version, source, digest } of runs) {
    const key = JSON.stringify([workflow, version, source, digest])
    const before = definitions.get(key)?.runs ?? 0
    definitions.set(key, { workflow, version, source, digest, runs: before + 1 })
  }
  return [...definitions.values()]
}
