import type { TimeMode } from './formatTime.ts'

/** Columns of times have the width of an age; a date and a time of day that are cut say nothing. */
export function withTimeRoom<Column extends { readonly width: number; readonly isTime?: boolean }>(
  columns: readonly Column[],
  mode: TimeMode,
): readonly Column[] {
  if (mode === 'relative') return columns
  return columns.map((column) =>
    column.isTime === true ? { ...column, width: Math.max(column.width, momentPx) } : column,
  )
}

const momentPx = 178
