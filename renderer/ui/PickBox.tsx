import styles from './DataTable.module.css'

export type PickBoxProps = {
  readonly label: string
  /** Null: some of what it stands for. */
  readonly checked: boolean | null
  /** Left out in a row: there the grid has the focus, x is the key, and the cell is what is pressed. */
  readonly onToggle?: () => void
}

/** The box that chooses a row, or all of them. */
export function PickBox({ label, checked, onToggle }: PickBoxProps) {
  return (
    <input
      ref={(box) => {
        if (box !== null) box.indeterminate = checked === null
      }}
      type="checkbox"
      className={styles.pick}
      tabIndex={onToggle === undefined ? -1 : undefined}
      aria-label={label}
      title={label}
      checked={checked === true}
      onChange={onToggle}
      readOnly={onToggle === undefined}
    />
  )
}
