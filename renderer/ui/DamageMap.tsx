import type { ByteRange } from './byteWindow.ts'
import styles from './DamageMap.module.css'

export type DamageMapProps = {
  readonly sizeBytes: number
  /** The part of the file that is shown beside it. */
  readonly from: number
  readonly to: number
  readonly ranges: readonly ByteRange[]
  readonly chosen: string | null
  readonly onChoose: (range: ByteRange) => void
}

/** The whole file from top to bottom, with its damage where it stands; a click goes there. */
export function DamageMap({ sizeBytes, from, to, ranges, chosen, onChoose }: DamageMapProps) {
  const share = (bytes: number) => `${(100 * bytes) / Math.max(1, sizeBytes)}%`
  return (
    <div className={styles.map} role="group" aria-label="Damage in the whole file">
      <div
        className={styles.window}
        style={{ insetBlockStart: share(from), blockSize: share(to - from) }}
      />
      {ranges.map((range) => (
        // The fixes beside it are the same for the keyboard.
        <button
          key={`${range.kind} ${range.offset}`}
          type="button"
          tabIndex={-1}
          className={styles.damage}
          data-kind={range.kind}
          data-chosen={(range.fix !== null && range.fix === chosen) || undefined}
          title={`Byte ${range.offset.toLocaleString('en')}: ${range.sentence}`}
          aria-label={`Byte ${range.offset}`}
          style={{
            // What stands at the very end is seen too.
            insetBlockStart: `min(${share(range.offset)}, calc(100% - 4px))`,
            blockSize: share(Math.min(range.sizeBytes, Math.max(0, sizeBytes - range.offset))),
          }}
          onClick={() => onChoose(range)}
        />
      ))}
    </div>
  )
}
