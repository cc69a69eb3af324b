import type { RunView } from '../../../shared/contract/runs.ts'
import type { FilterChip } from '../../ui/FilterChips.tsx'

export const titles = {
  all: 'All runs',
  attention: 'Needs attention',
  running: 'Running',
  waiting: 'Waiting',
  failed: 'Failed',
  completed: 'Completed',
  damaged: 'Damaged or old',
  parts: 'Parts, definitions',
} as const satisfies Record<RunView, string>

/** Said of a view that is empty though nothing narrows it. */
export const nothingIn = {
  all: 'No runs',
  attention: 'No run needs attention',
  running: 'No run is running',
  waiting: 'No run is waiting or paused',
  failed: 'No run has failed',
  completed: 'No run is completed',
  damaged: 'No run is damaged or of an old version',
  parts: 'No parts and no definitions',
} as const satisfies Record<RunView, string>

export const chips = [
  { id: 'all', label: 'All' },
  { id: 'attention', label: titles.attention, icon: 'alert', tone: 'warn' },
  { id: 'running', label: titles.running, icon: 'play', tone: 'busy' },
  { id: 'waiting', label: titles.waiting, icon: 'clock', tone: 'wait' },
  { id: 'failed', label: titles.failed, icon: 'cross', tone: 'bad' },
  { id: 'completed', label: titles.completed, icon: 'checkCircle', tone: 'good' },
  { id: 'damaged', label: titles.damaged, icon: 'broken', tone: 'bad' },
] as const satisfies readonly Omit<FilterChip<RunView>, 'count'>[]
