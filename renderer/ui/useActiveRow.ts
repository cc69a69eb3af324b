import { useCallback, useEffect, useMemo, useState } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { restingIndex } from './restingIndex.ts'

/**
 * The row that keys start from: the selected one, or one that was gone to and is not loaded yet. Where the selected row is
 * gone from the list, the place where it was: keys go on from there, and nothing else is selected for it.
 */
export function useActiveRow<Row>(
  props: Pick<DataTableProps<Row>, 'rows' | 'content' | 'keyOf' | 'selected' | 'onSelect'>,
) {
  const { rows, content, keyOf, selected = null, onSelect } = props
  const [wanted, setWanted] = useState<number | null>(null)
  const [last, setLast] = useState({ content, index: -1 })
  if (!Object.is(last.content, content)) {
    setLast({ content, index: -1 })
    setWanted(null)
  }
  const arrived = wanted === null ? null : (rows.at(wanted) ?? null)
  useEffect(() => {
    if (arrived !== null) onSelect?.(arrived)
  }, [arrived, onSelect])
  const choose = useCallback(
    (row: Row) => {
      setWanted(null)
      onSelect?.(row)
    },
    [onSelect],
  )
  const found = useMemo(
    () =>
      selected === null ? -1 : rows.findIndex((row) => row !== null && keyOf(row) === selected),
    [rows, keyOf, selected],
  )
  if (found >= 0 && found !== last.index) setLast({ content, index: found })
  const resting = restingIndex({
    found,
    isSelected: selected !== null,
    last: last.index,
    count: rows.length,
  })
  return { active: wanted !== null && arrived === null ? wanted : resting, setWanted, choose }
}
