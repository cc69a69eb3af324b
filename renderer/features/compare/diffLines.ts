import type { ChangeRow, UnchangedRow } from '../../../shared/contract/compare.ts'
import type { StateNode } from '../../../shared/contract/runs.ts'
import type { DiffLine } from '../../ui/diffLine.ts'
import {
  maxUnchanged,
  unchangedId,
  type CompareState,
  type Comparison,
} from '../../state/compareStore.ts'

/** The lines of a comparison: its changes, and between them what is unchanged, folded or open. */
export function diffLines(
  { changes, unchangedAfter }: Comparison,
  unchanged: CompareState['unchanged'],
): readonly DiffLine[] {
  const fold = (row: UnchangedRow) => foldLines(row, unchanged.get(unchangedId(row)))
  return [
    ...changes.flatMap((change: ChangeRow, index): readonly DiffLine[] => [
      ...(change.unchangedBefore ?? []).flatMap(fold),
      { kind: 'change', id: `${index} ${change.kind} ${change.path}`, index, change },
    ]),
    ...(unchangedAfter ?? []).flatMap(fold),
  ]
}

function foldLines(
  row: UnchangedRow,
  shown: ReturnType<CompareState['unchanged']['get']>,
): readonly DiffLine[] {
  const id = unchangedId(row)
  const { count } = row
  const isOpen = shown !== undefined
  const problem = shown?.kind === 'failed' ? shown.error.message : null
  const fold: DiffLine = { kind: 'unchanged', id, row, isOpen, problem }
  if (shown?.kind !== 'ready') return [fold]
  const left = count - shown.value.length
  const rest: readonly DiffLine[] =
    left > 0 && count > maxUnchanged ? [{ kind: 'rest', id: `${id} rest`, count: left }] : []
  return [fold, ...shown.value.map(sameLine), ...rest]
}

function sameLine({ pointer, type, size, preview, truncated }: StateNode): DiffLine {
  const isContainer = (type === 'object' || type === 'array') && size > 0
  const many = type === 'object' ? `{ ${size} }` : `[ ${size} ]`
  const text = truncated ? `${preview}…` : preview
  return { kind: 'same', id: pointer, path: pointer, value: isContainer ? many : text }
}
