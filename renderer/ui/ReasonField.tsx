import styles from './ReasonField.module.css'

export type ReasonFieldProps = {
  readonly value: string
  readonly onChange: (reason: string) => void
  /** Ctrl Enter, and Enter. */
  readonly onSubmit: () => void
}

/** Why it is done: it stands in the journal, beside who did it. */
export function ReasonField({ value, onChange, onSubmit }: ReasonFieldProps) {
  return (
    <input
      className={styles.reason}
      aria-label="Reason"
      placeholder="Why? Such as: wrong amount, see ticket 71"
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
        event.preventDefault()
        onSubmit()
      }}
    />
  )
}
