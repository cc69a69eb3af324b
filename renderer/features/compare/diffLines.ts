import type { ChangeRow, UnchangedRow } from '../../../shared/contract/compare.ts'
import type { StateNode } from '../../../shared/contract/runReading.ts'
import {
  maxUnchanged,
  unchangedId,
  type CompareState,
  type Comparison,
} from '../../state/compareStore.ts'
import type { DiffLine } from '../../ui/diffLine.ts'

type Shown = CompareState['unchanged']

/** The lines of a comparison: its changes, and between them what is unchanged, folded or open. */
export function diffLines(
  { changes, unchangedAfter, byChance }: Comparison,
  shown: Shown,
): readonly DiffLine[] {
  const word = byChance === 0 ? 'unchanged' : 'unchanged but for ids and times'
  const fold = (rows: readonly UnchangedRow[]) => foldLines(rows, shown, word)
  return [
    ...changes.flatMap((change: ChangeRow, index): readonly DiffLine[] => [
      ...fold(change.unchangedBefore ?? []),
      { kind: 'change', id: `${index} ${change.kind} ${change.path}`, index, change },
    ]),
    ...fold(unchangedAfter ?? []),
  ]
}

/** All that is passed over between two changes is one line, however many values hold it. */
function foldLines(rows: readonly UnchangedRow[], shown: Shown, word: string): readonly DiffLine[] {
  const [first] = rows
  if (first === undefined) return []
  const known = rows.map((row) => shown.get(unchangedId(row)))
  const problem = known.find((one) => one?.kind === 'failed')
  const fold: DiffLine = {
    kind: 'unchanged',
    id: unchangedId(first),
    rows,
    word,
    isOpen: known.some((one) => one !== undefined),
    problem: problem?.kind === 'failed' ? problem.error.message : null,
  }
  return [fold, ...rows.flatMap((row) => sameLines(row, shown))]
}

function sameLines(row: UnchangedRow, shown: Shown): readonly DiffLine[] {
  const known = shown.get(unchangedId(row))
  if (known?.kind !== 'ready') return []
  const lines = known.value.map(sameLine)
  const count = row.count - maxUnchanged
  return count > 0 ? [...lines, { kind: 'rest', id: `${unchangedId(row)} rest`, count }] : lines
}

function sameLine({ pointer, type, size, preview, truncated }: StateNode): DiffLine {
  const isContainer = (type === 'object' || type === 'array') && size > 0
  const many = type === 'object' ? `{ ${size} }` : `[ ${size} ]`
  const text = truncated ? `${preview}…` : preview
  return { kind: 'same', id: pointer, path: pointer, value: isContainer ? many : text }
}
