import { useState } from 'react'
import type { CheckedFinding } from '../../state/checkTally.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { findingColumns, routeOfFinding } from './findingColumns.tsx'

export type FindingListProps = { readonly findings: readonly CheckedFinding[] }

/** Where one rule is broken. A row opens the place that it tells of. */
export function FindingList({ findings }: FindingListProps) {
  const { go } = useNavigation()
  const [selected, setSelected] = useState(findings[0]?.key ?? null)
  const open = (row: CheckedFinding) => {
    const route = routeOfFinding(row)
    if (route !== null) go(route)
  }
  return (
    <DataTable
      label="Findings"
      columns={findingColumns}
      rows={findings}
      keyOf={(row) => row.key}
      selected={selected}
      onSelect={(row) => setSelected(row.key)}
      onOpen={open}
    />
  )
}
