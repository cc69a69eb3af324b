import type { RunView } from '../../../shared/contract/runs.ts'
import type { IconName } from '../../ui/Icon.tsx'

/** The views of the list of runs, in the order in which they matter to somebody whose run is stuck. */
export const views = [
  { view: 'all', label: 'All runs', icon: 'list', tone: 'neutral' },
  { view: 'attention', label: 'Needs attention', icon: 'alert', tone: 'warn' },
  { view: 'running', label: 'Running', icon: 'play', tone: 'busy' },
  { view: 'waiting', label: 'Waiting', icon: 'clock', tone: 'wait' },
  { view: 'failed', label: 'Failed', icon: 'cross', tone: 'bad' },
  { view: 'completed', label: 'Completed', icon: 'checkCircle', tone: 'good' },
  { view: 'damaged', label: 'Damaged or old', icon: 'broken', tone: 'bad' },
  { view: 'parts', label: 'Parts, definitions', icon: 'file', tone: 'neutral' },
] as const satisfies readonly {
  readonly view: RunView
  readonly label: string
  readonly icon: IconName
  readonly tone: string
}[]
