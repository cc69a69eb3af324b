import { Button } from './Button.tsx'
import styles from './ProgressBar.module.css'

export type ProgressBarProps = {
  readonly label: string
  readonly done: number
  readonly total: number
  /** What is being worked on now. */
  readonly item?: string | undefined
  readonly onCancel?: (() => void) | undefined
}

/** Progress of work over many items, with its cancel button. `total` 0: nobody knows yet how many they are. */
export function ProgressBar({ label, done, total, item, onCancel }: ProgressBarProps) {
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <span>{label}</span>
        <span className={styles.item}>{item}</span>
        {total > 0 && (
          <span className={styles.numbers}>
            {done.toLocaleString('en')} of {total.toLocaleString('en')}
          </span>
        )}
      </div>
      <progress className={styles.bar} aria-label={label} value={done} max={Math.max(total, 1)} />
      {onCancel && (
        <Button size="s" variant="quiet" icon="close" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}
