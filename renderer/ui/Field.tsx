import type { ReactNode } from 'react'
import { sayUnseen } from './sayUnseen.ts'
import styles from './Field.module.css'

export type FieldProps = {
  readonly label: string
  /** Said beside the label; the control says it with `aria-required`. */
  readonly isRequired?: boolean
  /** A word beside the label. */
  readonly note?: string
  /** Id of the control that the label names. */
  readonly control: string
  /** What the control holds: characters in it that nobody sees are said. */
  readonly held?: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly children: ReactNode
}

/** A labelled control. Its hint has the id `<control>-hint`, its error `<control>-error`. */
export function Field(props: FieldProps) {
  const { label, isRequired = false, note = '', control, held = '', hint, error, children } = props
  const unseen = sayUnseen(held)
  return (
    <div className={styles.field}>
      <div className={styles.caption}>
        <label className={styles.label} htmlFor={control}>
          {label}
        </label>
        {isRequired && (
          <span className={styles.note} aria-hidden="true">
            required
          </span>
        )}
        {note !== '' && <span className={styles.note}>{note}</span>}
      </div>
      {children}
      {unseen !== null && (
        <p className={styles.unseen} role="status">
          {unseen}
        </p>
      )}
      {hint && (
        <p id={`${control}-hint`} className={styles.hint}>
          {hint}
        </p>
      )}
      {error && (
        <p id={`${control}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
