import type { ReactNode } from 'react'
import styles from './Field.module.css'

export type FieldProps = {
  readonly label: string
  /** Id of the control that the label names. */
  readonly control: string
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly children: ReactNode
}

/** A labelled control. Its hint has the id `<control>-hint`, its error `<control>-error`. */
export function Field({ label, control, hint, error, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={control}>
        {label}
      </label>
      {children}
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
