import { useRef, type KeyboardEvent } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { indexAfterKey } from './indexAfterKey.ts'
import { useKeysAhead, type KeyPress } from './useKeysAhead.ts'

type TableKeys<Row> = Pick<
  DataTableProps<Row>,
  'rows' | 'selection' | 'onSelect' | 'onOpen' | 'onPeek' | 'whenCurrent'
> & {
  readonly active: number
  /** Rows on the screen. */
  readonly page: number
  readonly goTo: (index: number) => void
}

/** Keys of a table whose rows are walked and chosen. They are the grid's own: in its head, buttons have theirs. */
export function useTableKeys<Row>(keys: TableKeys<Row>): (event: KeyboardEvent) => void {
  const isAfterG = useRef(false)
  const carryOut = (event: KeyPress) => {
    const first = isAfterG.current && event.key === 'g'
    isAfterG.current = event.key === 'g' && !first
    return first ? move(keys, event, 0) : press(keys, event)
  }
  const waits = useKeysAhead(keys.whenCurrent, carryOut)
  return (event) => {
    if (event.target !== event.currentTarget || event.altKey) return
    if ((isTableKey(event) && waits(event, event.currentTarget)) || carryOut(event))
      event.preventDefault()
  }
}

function isTableKey({ key, ctrlKey, metaKey }: KeyPress): boolean {
  if (ctrlKey || metaKey) return key === 'a'
  const isMove = indexAfterKey(key, { active: 0, page: 1, count: 1 }) !== null
  return isMove || ['Enter', ' ', 'x', 'g'].includes(key)
}

/** False: no key of the table. */
function press<Row>(keys: TableKeys<Row>, event: KeyPress): boolean {
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
function move<Row>(keys: TableKeys<Row>, event: KeyPress, target: number): boolean {
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
