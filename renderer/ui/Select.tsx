import { useId, type ReactNode } from 'react'
import { Field } from './Field.tsx'
import styles from './Field.module.css'

export type SelectProps<Value extends string> = {
  readonly label: string
  /** Shows no label line; the label stays the accessible name. */
  readonly compact?: boolean
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, compact = false, value, options, onChange, hint, disabled } = props
  const id = useId()
  const control = (
    <select
      id={id}
      className={styles.control}
      value={value}
      disabled={disabled}
      aria-label={compact ? label : undefined}
      onChange={(event) => {
        const chosen = options[event.target.selectedIndex]
        if (chosen) onChange(chosen.value)
      }}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
  if (compact) return control
  return (
    <Field label={label} control={id} hint={hint}>
      {control}
    </Field>
  )
}
