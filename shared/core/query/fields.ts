// The words of the language in which runs are searched: what can be asked for, and how it is called.
import type { FlagField, RangeField, WordField } from '../../schema/runCondition.ts'

export type QueryField =
  | {
      readonly kind: 'words'
      readonly key: string
      readonly label: string
      readonly field: WordField
      /** Where there are only these. */
      readonly words?: readonly string[]
    }
  | {
      readonly kind: 'range'
      readonly key: string
      readonly label: string
      readonly field: RangeField
      readonly unit: 'moment' | 'age' | 'duration' | 'bytes' | 'count'
    }
  | {
      readonly kind: 'flag'
      readonly key: string
      readonly label: string
      readonly field: FlagField
    }
  | { readonly kind: 'state'; readonly key: string; readonly label: string }

/** In the order in which they are offered. */
export const queryFields: readonly QueryField[] = [
  {
    kind: 'words',
    key: 'status',
    label: 'Status',
    field: 'status',
    // The words that the list shows: what is wrong with a file, or with who carries it, stands before what it says. [L269]
    words: [
      'running',
      'waiting',
      'paused',
      'failed',
      'completed',
      'cancelled',
      'pending',
      'interrupted',
      'said-to-be-running',
      'damaged',
      'old-version',
    ],
  },
  { kind: 'words', key: 'workflow', label: 'Workflow', field: 'workflow' },
  { kind: 'state', key: 'state', label: 'State' },
  { kind: 'range', key: 'age', label: 'In this state for', field: 'since', unit: 'age' },
  { kind: 'words', key: 'step', label: 'Step', field: 'step' },
  { kind: 'words', key: 'error', label: 'Error', field: 'error' },
  { kind: 'words', key: 'version', label: 'Version', field: 'version' },
  {
    kind: 'words',
    key: 'health',
    label: 'Health',
    field: 'health',
    words: [
      'ok',
      'damaged',
      'old-version',
      'newer-version',
      'not-yet-readable',
      'part',
      'unknown',
      'empty',
      'temporary',
      'unreadable',
    ],
  },
  {
    kind: 'words',
    key: 'liveness',
    label: 'Liveness',
    field: 'liveness',
    words: ['alive', 'interrupted', 'unknown', 'none'],
  },
  {
    kind: 'words',
    key: 'severity',
    label: 'Severity',
    field: 'severity',
    words: ['stuck', 'attention', 'moving', 'resting'],
  },
  { kind: 'range', key: 'created', label: 'Created', field: 'createdAt', unit: 'moment' },
  { kind: 'range', key: 'updated', label: 'Last change', field: 'updatedAt', unit: 'moment' },
  { kind: 'range', key: 'finished', label: 'Finished', field: 'finishedAt', unit: 'moment' },
  { kind: 'range', key: 'duration', label: 'Duration', field: 'durationMs', unit: 'duration' },
  { kind: 'range', key: 'attempts', label: 'Attempts', field: 'attempts', unit: 'count' },
  { kind: 'range', key: 'checkpoints', label: 'Checkpoints', field: 'checkpoints', unit: 'count' },
  { kind: 'range', key: 'size', label: 'Size', field: 'sizeBytes', unit: 'bytes' },
  { kind: 'words', key: 'format', label: 'Format', field: 'format' },
  { kind: 'words', key: 'owner', label: 'Owner', field: 'owner' },
  { kind: 'words', key: 'rule', label: 'Rule', field: 'rule' },
  { kind: 'words', key: 'tag', label: 'Tag', field: 'tag' },
  { kind: 'words', key: 'colour', label: 'Colour', field: 'colour' },
  { kind: 'flag', key: 'noted', label: 'Has a note', field: 'noted' },
  { kind: 'flag', key: 'pinned', label: 'Pinned', field: 'pinned' },
  { kind: 'flag', key: 'archived', label: 'Archived', field: 'archived' },
]

export function fieldOf(key: string): QueryField | null {
  return queryFields.find((field) => field.key === key.toLowerCase()) ?? null
}
