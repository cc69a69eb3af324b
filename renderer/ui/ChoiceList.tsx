import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import styles from './ChoiceList.module.css'

export type Choice = {
  readonly id: string
  readonly icon: IconName
  readonly label: string
  /** A word or two beside it; of one that is disabled why. */
  readonly note: string | null
  readonly isDisabled?: boolean
}

export type ChoiceListProps = {
  readonly label: string
  readonly text: string
  readonly groups: readonly { readonly title: string; readonly choices: readonly Choice[] }[]
  /** What is going on with the search, or that nothing fits; null when there is nothing to say. */
  readonly status: string | null
  /** Set where the search failed: asks again. */
  readonly onRetry?: (() => void) | undefined
  readonly onText: (text: string) => void
  readonly onChoose: (id: string) => void
  /** What Enter does where nothing was pointed at, with what stands first; left out: that is chosen. */
  readonly onEnter?: (first: string | null) => void
}

/** A field and what fits it: arrows move, Enter chooses, so that the first choice is one key away. */
export function ChoiceList(props: ChoiceListProps) {
  const { label, text, groups, status, onRetry, onText, onChoose, onEnter } = props
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const choices = groups.flatMap((group) => group.choices)
  const index = Math.max(
    0,
    choices.findIndex((choice) => choice.id === activeId),
  )
  const active = choices[index]
  const optionId = (choice: Choice) => `${id}-${choices.indexOf(choice)}`
  const activeOption = active === undefined ? undefined : optionId(active)

  // Where it appears in what was there before, no dialog gives it the focus.
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  useEffect(() => {
    if (activeOption !== undefined)
      document.getElementById(activeOption)?.scrollIntoView({ block: 'nearest' })
  }, [activeOption])

  const enter = () => {
    if (onEnter !== undefined && active?.id !== activeId) onEnter(active?.id ?? null)
    else if (active !== undefined) onChoose(active.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = choices[(index + step + choices.length) % Math.max(1, choices.length)]
    if (step !== 0) setActiveId(next?.id ?? null)
    else if (event.key === 'Enter') enter()
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.choices}>
      <input
        ref={field}
        data-first-focus
        className={styles.field}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={activeOption}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder={label}
        value={text}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setActiveId(null)
          onText(event.target.value)
        }}
      />
      {/* The pattern of a combobox needs these roles; `select` and `datalist` cannot say why an option is refused. */}
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label="What fits">
        {groups.map((group) => (
          <div key={group.title} role="group" aria-label={group.title}>
            <div className={styles.heading} aria-hidden="true">
              {group.title}
            </div>
            {group.choices.map((choice) => (
              // The field keeps the focus and handles the keys: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={choice.id}
                id={optionId(choice)}
                className={styles.choice}
                role="option"
                aria-selected={choice === active}
                aria-disabled={choice.isDisabled === true || undefined}
                onClick={() => onChoose(choice.id)}
                onMouseMove={() => setActiveId(choice.id)}
              >
                <Icon name={choice.icon} size={14} />
                <span className={styles.label}>{choice.label}</span>
                <span className={styles.note}>{choice.note}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={styles.foot}>
        <output className={styles.status}>{status}</output>
        {onRetry && (
          <Button size="s" icon="refresh" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
