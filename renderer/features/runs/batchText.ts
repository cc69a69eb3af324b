import { writeTerm } from '../../../shared/core/query/writeTerm.ts'
import type { RunsQuestion } from '../../state/runsStore.ts'
import type { Selection } from '../../state/selection.ts'
import type { BatchAction } from '../../../shared/schema/batchAction.ts'
import { formatCount } from '../../ui/formatCount.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { titles } from './chips.ts'

type ActionText = {
  readonly label: string
  readonly icon: IconName
  readonly title: string
  /** While it works. */
  readonly verb: string
  /** What would be, and then was, done with so many runs. */
  readonly would: string
  readonly done: string
  readonly undo: string
  readonly undoing: string
  /** Why it cannot be done with any of them. */
  readonly none: string
}

export const batchText = {
  archive: {
    label: 'Archive',
    icon: 'archive',
    title: 'Archive runs',
    verb: 'Moving runs into the archive',
    would: 'would be moved into the archive: one compressed file each, still listed.',
    done: 'were moved into the archive.',
    undo: 'Bring them back',
    undoing: 'Bringing runs back from the archive',
    none: 'None of these can be archived: only runs at rest, in Unstuck’s own format, that are not archived yet.',
  },
  unarchive: {
    label: 'Bring back',
    icon: 'undo',
    title: 'Bring runs back from the archive',
    verb: 'Bringing runs back from the archive',
    would: 'would be brought back from the archive, with all their files.',
    done: 'were brought back from the archive.',
    undo: 'Archive them again',
    undoing: 'Moving runs into the archive',
    none: 'None of these is in the archive.',
  },
  trash: {
    label: 'To the trash',
    icon: 'trash',
    title: 'Move runs to the trash',
    verb: 'Moving runs to the trash',
    would: 'would be moved to the trash. They can be put back until they expire there.',
    done: 'were moved to the trash.',
    undo: 'Put them back',
    undoing: 'Putting runs back from the trash',
    none: 'None of these can go: only finished runs that nothing needs.',
  },
  migrate: {
    label: 'Migrate',
    icon: 'migrate',
    title: 'Migrate old documents',
    verb: 'Migrating documents',
    would: 'would become runs of the current version. The old documents go to the backups.',
    done: 'were migrated.',
    undo: 'Roll back',
    undoing: 'Putting the old documents back',
    none: 'None of these is a document of an older version.',
  },
  repair: {
    label: 'Repair',
    icon: 'wrench',
    title: 'Repair damaged runs',
    verb: 'Repairing runs',
    would:
      'would be repaired from the best source, the first one alone. The originals go to the backups.',
    done: 'were repaired and read back.',
    undo: 'Undo the repairs',
    undoing: 'Putting the damaged files back',
    none: 'None of these can be repaired: only damaged runs in Unstuck’s own format.',
  },
} as const satisfies Record<BatchAction, ActionText>

export function countRuns(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'run' : 'runs'}`
}

/** What came of so many: `done` and `undone` texts begin with “were”. */
export function doneSentence(count: number, text: string): string {
  return `${countRuns(count)} ${count === 1 ? text.replace(/^were /, 'was ') : text}`
}

/** What is chosen, in words. */
export function selectionSentence(selection: Selection, count: number | null): string {
  const many = count === null ? 'Counting…' : `${formatCount(count)} selected`
  if (selection.kind === 'rows') return many
  const left = selection.except.size
  const without = left === 0 ? '' : `, without ${formatCount(left)}`
  return `${many}: all that match${questionWords(selection.question)}${without}`
}

function questionWords({ view, text, filter }: RunsQuestion): string {
  const terms = [...filter.map((condition) => writeTerm(condition)), text].filter(Boolean).join(' ')
  const searched = terms === '' ? '' : ` “${terms}”`
  return view === 'all' ? searched : `${searched} in ${titles[view]}`
}
