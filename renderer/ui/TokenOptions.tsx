import { useEffect } from 'react'
import styles from './TokenField.module.css'

export type TokenOption = { readonly label: string; readonly hint: string }

export type TokenOptionsProps = {
  /** Of the field; options are `<id>-0`, `<id>-1`, … */
  readonly id: string
  readonly options: readonly TokenOption[]
  readonly active: number
  readonly onChoose: (index: number) => void
}

/** What may be written next. The field keeps the focus. */
export function TokenOptions({ id, options, active, onChoose }: TokenOptionsProps) {
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, active])
  return (
    <div
      id={`${id}-options`}
      className={styles.options}
      role="listbox"
      aria-label="What may follow"
    >
      {options.map(({ label, hint }, index) => (
        // The field keeps the focus and handles the keys: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
        <div
          key={`${label} ${hint}`}
          id={`${id}-${index}`}
          className={styles.option}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(index)}
        >
          <span className={styles.optionLabel}>{label}</span>
          <span className={styles.hint}>{hint}</span>
        </div>
      ))}
    </div>
  )
}
