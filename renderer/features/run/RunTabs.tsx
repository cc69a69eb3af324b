import { assertNever } from '../../../shared/assert.ts'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunTab } from '../../state/route.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Tabs, type Tab } from '../../ui/Tabs.tsx'
import { CheckpointsTab } from './CheckpointsTab.tsx'
import { GraphTab } from './GraphTab.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { LogsTab } from './LogsTab.tsx'
import { RawTab } from './RawTab.tsx'
import type { RunRoute } from './RunPage.tsx'
import { RunsInDocument } from './RunsInDocument.tsx'
import { StateTab } from './StateTab.tsx'
import { TimelineTab } from './TimelineTab.tsx'

export type RunTabsProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
  readonly onStep: (step: string) => void
}

export function RunTabs(props: RunTabsProps) {
  const { route, detail } = props
  const { replace } = useNavigation()
  const tabs = tabsOf(detail)
  const selected = tabs.find((tab) => tab.id === route.tab)?.id ?? tabs[0]?.id ?? 'raw'
  return (
    <Tabs
      label="What is shown of the run"
      tabs={tabs}
      selected={selected}
      onSelect={(tab) => replace({ ...route, tab })}
    >
      <TabContent {...props} tab={selected} />
    </Tabs>
  )
}

/** [L210] What cannot be read as a run still has its bytes; another engine's has a history where it keeps a log. */
function tabsOf(detail: RunDetail): readonly Tab<RunTab>[] {
  const raw = { id: 'raw', label: 'Raw', icon: 'file' } as const
  const history = { id: 'history', label: 'History', icon: 'history' } as const
  const native = isNative(detail.ref)
  const log = native || (detail.foreign?.events ?? 0) > 0 ? [history] : []
  const state = { id: 'state', label: 'State', icon: 'list' } as const
  const items = detail.foreign?.items.length ?? 0
  const runs = { id: 'runs', label: 'Runs', icon: 'list', count: items } as const
  if (detail.run === null) {
    if (native) return [raw, ...log]
    // A store of several runs is read as the text that it is.
    const isText = detail.foreign && detail.health !== 'damaged'
    return [...(items > 0 ? [runs] : []), ...(isText ? [state] : []), ...log, raw]
  }
  const readable = [
    { id: 'timeline', label: 'Timeline', icon: 'clock' },
    { id: 'graph', label: 'Graph', icon: 'graph' },
    state,
    {
      id: 'checkpoints',
      label: 'Checkpoints',
      icon: 'flag',
      count: detail.run.checkpointsTotal,
    },
  ] as const
  if (!native) return [...readable, ...log, raw]
  return [...readable, { id: 'logs', label: 'Logs', icon: 'menu' }, ...log, raw]
}

function TabContent({ tab, ...props }: RunTabsProps & { readonly tab: RunTab }) {
  switch (tab) {
    case 'runs':
      return <RunsInDocument detail={props.detail} />
    case 'timeline':
      return <TimelineTab {...props} />
    case 'graph':
      return <GraphTab {...props} />
    case 'state':
      return <StateTab {...props} />
    case 'checkpoints':
      return <CheckpointsTab {...props} />
    case 'logs':
      return <LogsTab {...props} />
    case 'history':
      return (
        <HistoryTab
          route={props.route}
          reference={props.detail.ref}
          findings={props.detail.findings}
          onStep={props.onStep}
        />
      )
    case 'raw':
      return <RawTab {...props} />
    default:
      return assertNever(tab)
  }
}
