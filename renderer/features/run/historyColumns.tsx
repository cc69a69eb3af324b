import type { JournalLine } from '../../../shared/contract/reading.ts'
import type { HistoryEntry } from '../../state/historyStore.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import { MaskedLine } from './MaskedLine.tsx'

export type HistoryLook = {
  /** How much of the log was not read, in words. */
  readonly sizeOf: (size: number) => string
  /** Engines have long words for what happens, and their sentences begin with them. */
  readonly typePx: number
}

export function historyColumns({
  sizeOf,
  typePx,
}: HistoryLook): readonly DataColumn<HistoryEntry>[] {
  return [
    {
      id: 'seq',
      header: 'Record',
      width: 72,
      align: 'end',
      cell: (entry) => recordOf(entry)?.seq ?? '⋮',
    },
    {
      id: 'at',
      header: 'When',
      width: 164,
      cell: (entry) => {
        const record = recordOf(entry)
        return record && <TimeText at={record.at} />
      },
    },
    {
      id: 'type',
      header: 'Type',
      width: typePx,
      cell: (entry) => {
        if (entry.kind === 'gap') return null
        const { line } = entry
        if (line.kind === 'flaw') return <Badge tone="bad">damaged</Badge>
        return <Badge tone={tones[line.type] ?? 'neutral'}>{line.type}</Badge>
      },
    },
    {
      id: 'step',
      header: 'Step',
      width: 120,
      yields: 1,
      cell: (entry) => (entry.kind === 'gap' ? null : (recordOf(entry)?.step ?? '–')),
    },
    {
      id: 'sentence',
      header: 'What it says',
      width: 200,
      grow: true,
      cell: (entry) => {
        if (entry.kind === 'gap') return `${sizeOf(entry.bytes)} that were not read yet`
        return <MaskedLine text={sentenceOf(entry.line)} />
      },
    },
  ]
}

/** What the column before it says already is not said again. */
function sentenceOf(line: JournalLine): string {
  const { sentence } = line
  if (line.kind === 'flaw' || !sentence.startsWith(line.type)) return sentence
  const rest = sentence.slice(line.type.length).trim()
  return rest === '' ? '–' : rest
}

function recordOf(entry: HistoryEntry) {
  return entry.kind === 'line' && entry.line.kind === 'record' ? entry.line : null
}

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
