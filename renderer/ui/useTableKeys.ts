import { useRef, type KeyboardEvent } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { indexAfterKey } from './indexAfterKey.ts'

type TableKeys<Row> = Pick<
  DataTableProps<Row>,
  'rows' | 'selection' | 'onSelect' | 'onOpen' | 'onPeek'
> & {
  readonly active: number
  /** Rows on the screen. */
  readonly page: number
  readonly goTo: (index: number) => void
}

/** Keys of a table whose rows are walked and chosen. They are the grid's own: in its head, buttons have theirs. */
export function useTableKeys<Row>(keys: TableKeys<Row>): (event: KeyboardEvent) => void {
  const isAfterG = useRef(false)
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const first = isAfterG.current && event.key === 'g'
    isAfterG.current = event.key === 'g' && !first
    if (first ? move(keys, event, 0) : press(keys, event)) event.preventDefault()
  }
}

/** False: no key of the table. */
function press<Row>(keys: TableKeys<Row>, event: KeyboardEvent): boolean {
  const { rows, selection, active, page } = keys
  if (event.ctrlKey || event.metaKey) {
    if (event.key !== 'a' || event.shiftKey || selection === undefined) return false
    selection.onAll()
    return true
  }
  const target = indexAfterKey(event.key, { active, page, count: rows.length })
  if (target !== null) return move(keys, event, target)
  const row = active < 0 ? null : rows.at(active)
  if (!row) return false
  if (event.key === 'Enter') return tell(keys.onOpen, row)
  if (event.key === ' ') return tell(keys.onPeek, row)
  if (event.key !== 'x' || selection === undefined) return false
  selection.onToggle(row, active)
  return true
}

/** With Shift, what lies between is chosen. */
function move<Row>(keys: TableKeys<Row>, event: KeyboardEvent, target: number): boolean {
  const { active, selection } = keys
  const isWalked = event.key !== 'G' && event.shiftKey
  keys.goTo(target)
  if (isWalked && selection !== undefined)
    selection.onExtend({ from: active < 0 ? target : active, to: target })
  return true
}

function tell<Row>(listener: ((row: Row) => void) | undefined, row: Row): boolean {
  listener?.(row)
  return listener !== undefined
}
