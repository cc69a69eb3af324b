import type { StorageBreakdown } from '../../../shared/contract/upkeep.ts'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatShare } from './formatShare.ts'
import { storageKinds } from './storageKinds.ts'
import styles from './StorageBar.module.css'

export type StorageBarProps = {
  readonly kinds: StorageBreakdown['kinds']
  readonly total: number
}

/** Every kind as its share of the whole; the table below says the same in numbers. */
export function StorageBar({ kinds, total }: StorageBarProps) {
  return (
    <div className={styles.bar} aria-hidden="true">
      {kinds
        .filter(({ bytes }) => bytes > 0)
        .map(({ kind, bytes }) => (
          <span
            key={kind}
            className={styles.part}
            data-kind={kind}
            title={`${storageKinds[kind].name}: ${formatBytes(bytes)}, ${formatShare(bytes / total)}`}
            style={{ flexGrow: bytes / total }}
          />
        ))}
    </div>
  )
}
