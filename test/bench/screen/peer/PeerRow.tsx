import { memo } from 'react'
import { columns } from '../../../../renderer/features/runs/columns.tsx'
import styles from '../../../../renderer/ui/DataTable.module.css'
import type { RunRow } from '../../../../shared/contract/runs.ts'

export type PeerRowProps = { readonly index: number; readonly row: RunRow }

export const PeerRow = memo(function PeerRow({ index, row }: PeerRowProps) {
  return (
    <tr aria-rowindex={index + 2} className={styles.row} style={{ blockSize: 30 }}>
      {columns.map((column) => (
        <td key={column.id} className={styles.cell} data-align={column.align}>
          {column.cell(row)}
        </td>
      ))}
    </tr>
  )
})
