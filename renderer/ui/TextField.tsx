import { useId, type ReactNode } from 'react'
import { Field } from './Field.tsx'
import styles from './Field.module.css'

export type TextFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly placeholder?: string
  readonly type?: 'text' | 'number' | 'search' | 'password'
  /** Several lines, in the fixed-width font. */
  readonly multiline?: boolean
  readonly disabled?: boolean
  /** Takes the focus when it appears: a dialog gives it to its first control, which is not the field. */
  readonly takesFocus?: boolean
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    value,
    onChange,
    hint,
    error,
    placeholder,
    type = 'text',
    multiline,
    disabled,
    takesFocus = false,
  } = props
  const id = useId()
  const common = {
    id,
    value,
    placeholder,
    disabled,
    className: styles.control,
    'aria-invalid': error ? true : undefined,
    'aria-describedby':
      [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined,
  }
  return (
    <Field
      label={label}
      control={id}
      held={type === 'password' ? '' : value}
      hint={hint}
      error={error}
    >
      {multiline ? (
        <textarea
          {...common}
          ref={takesFocus ? focusSoon : undefined}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value)}
        />
      ) : (
        <input
          {...common}
          ref={takesFocus ? focusSoon : undefined}
          data-first-focus={takesFocus || undefined}
          type={type}
          autoComplete={type === 'password' ? 'off' : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function focusSoon(field: HTMLElement | null) {
  if (field !== null) requestAnimationFrame(() => field.focus())
}
