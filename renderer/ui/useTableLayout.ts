import { useState } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { plainLayout, type TableLayout } from './tableLayout.ts'

/** The layout that was given, or one that lasts as long as the table. */
export function useTableLayout<Row>({
  layout,
  onLayout,
}: Pick<DataTableProps<Row>, 'layout' | 'onLayout'>): readonly [
  TableLayout,
  (layout: TableLayout) => void,
] {
  const [own, setOwn] = useState(plainLayout)
  return [layout ?? own, onLayout ?? setOwn]
}
