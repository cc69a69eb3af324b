import { useRef } from 'react'
import { Icon } from './Icon.tsx'
import { UnseenMark } from './UnseenMark.tsx'
import { useShortcut } from './useShortcut.ts'
import styles from './SearchField.module.css'

export type SearchFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  /** Enter: on to the next place, or to the list below. */
  readonly onEnter?: () => void
  /** This key focuses the field from anywhere; null: none. */
  readonly shortcut?: string | null
  readonly placeholder?: string
}

/** Escape clears it, and a second Escape leaves it. */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, onEnter, shortcut = null, placeholder = label } = props
  const input = useRef<HTMLInputElement>(null)
  useShortcut(shortcut ?? '', () => {
    input.current?.focus()
    input.current?.select()
  })
  return (
    <span className={styles.field}>
      <Icon name="search" size={14} />
      <input
        ref={input}
        className={styles.input}
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.()
          if (event.key !== 'Escape') return
          event.preventDefault()
          if (value === '') event.currentTarget.blur()
          else onChange('')
        }}
      />
      <UnseenMark text={value} />
      {shortcut && value === '' && <kbd aria-hidden="true">{shortcut}</kbd>}
    </span>
  )
}
