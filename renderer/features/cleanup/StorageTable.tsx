import type { StorageKind } from '../../../shared/schema/storageKind.ts'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Meter } from '../../ui/Meter.tsx'
import { formatShare } from './formatShare.ts'
import styles from './StorageTable.module.css'

export type StorageTableRow = {
  readonly key: string
  /** Set where the row explains a part of the bar. */
  readonly kind: StorageKind | null
  readonly name: string
  readonly hint: string
  readonly count: number
  readonly bytes: number
  readonly share: number
}

export type StorageTableProps = {
  readonly label: string
  /** What is counted beside the bytes. */
  readonly unit: string
  readonly rows: readonly StorageTableRow[]
}

export function StorageTable({ label, unit, rows }: StorageTableProps) {
  if (rows.length === 0) return <p className={styles.none}>No run has files here.</p>
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" className={styles.number}>
            {unit}
          </th>
          <th scope="col" className={styles.number}>
            Size
          </th>
          <th scope="col" className={styles.share}>
            Share
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, kind, name, hint, count, bytes, share }) => (
          <tr key={key}>
            <th scope="row" className={styles.name} title={hint}>
              {kind !== null && <span className={styles.swatch} data-kind={kind} />}
              {name}
            </th>
            <td className={styles.number}>{count.toLocaleString('en')}</td>
            <td className={styles.number}>{formatBytes(bytes)}</td>
            <td className={styles.share}>
              <span className={styles.meter}>
                <span className={styles.gauge}>
                  <Meter value={share} total={1} tone="neutral" />
                </span>
                {formatShare(share)}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
