import type { HistoryRecord } from '../../../shared/contract/runs.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import { MaskedLine } from './MaskedLine.tsx'

export const historyColumns: readonly DataColumn<HistoryRecord>[] = [
  { id: 'seq', header: 'Record', width: 72, align: 'end', cell: ({ seq }) => seq },
  { id: 'at', header: 'When', width: 164, cell: ({ at }) => <TimeText at={at} /> },
  {
    id: 'type',
    header: 'Type',
    width: 128,
    cell: ({ type }) => <Badge tone={tones[type] ?? 'neutral'}>{type}</Badge>,
  },
  { id: 'step', header: 'Step', width: 120, yields: 1, cell: ({ step }) => step ?? '–' },
  {
    id: 'sentence',
    header: 'What it says',
    width: 200,
    grow: true,
    cell: ({ sentence }) => <MaskedLine text={sentence} />,
  },
]

const tones: { readonly [type: string]: Tone } = {
  stepStarted: 'busy',
  runStarted: 'busy',
  runResumed: 'busy',
  stepSucceeded: 'good',
  runCompleted: 'good',
  stepFailed: 'bad',
  runFailed: 'bad',
  stepWaiting: 'wait',
  retryScheduled: 'wait',
  runPaused: 'wait',
  decision: 'warn',
  edited: 'warn',
  repaired: 'warn',
  migrated: 'warn',
}
