import type { Checkpoint } from '../../../shared/schema/run.ts'
import styles from './CheckpointScrubber.module.css'

export type CheckpointScrubberProps = {
  readonly checkpoints: readonly Checkpoint[]
  readonly selected: string | null
  readonly onSelect: (checkpoint: Checkpoint) => void
}

/** Drags through the checkpoints in the order in which they were made. */
export function CheckpointScrubber(props: CheckpointScrubberProps) {
  const { checkpoints, selected, onSelect } = props
  const found = checkpoints.findIndex(({ id }) => id === selected)
  const index = found === -1 ? checkpoints.length - 1 : found
  const name = checkpoints[index]?.name ?? ''
  return (
    <label className={styles.scrubber}>
      Go through
      <input
        type="range"
        min={0}
        max={checkpoints.length - 1}
        step={1}
        value={index}
        aria-valuetext={name}
        onChange={(event) => {
          const checkpoint = checkpoints[event.target.valueAsNumber]
          if (checkpoint) onSelect(checkpoint)
        }}
      />
      <span className={styles.place}>
        {found === -1 ? `– of ${checkpoints.length}` : `${index + 1} of ${checkpoints.length}`}
      </span>
    </label>
  )
}
