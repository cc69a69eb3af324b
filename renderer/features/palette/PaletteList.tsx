import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { PaletteEntry, PaletteGroup } from './paletteEntry.ts'
import styles from './PaletteList.module.css'

export type PaletteListProps = {
  readonly text: string
  readonly groups: readonly PaletteGroup[]
  /** What is going on with the search; null when nothing is. */
  readonly status: string | null
  readonly onText: (text: string) => void
  readonly onChoose: (entry: PaletteEntry) => void
  /** Null: there is nothing to try again. */
  readonly onRetry: (() => void) | null
  /** `active`: what stands first; it was not pointed at. */
  readonly onEnter: (active: PaletteEntry | null) => void
}

/** A field and what fits it: arrows move, Enter chooses. */
export function PaletteList({ text, groups, status, onText, ...on }: PaletteListProps) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const entries = groups.flatMap((group) => group.entries)
  const index = Math.max(
    0,
    entries.findIndex((entry) => entry.id === activeId),
  )
  const active = entries[index]
  const optionId = (entry: PaletteEntry) => `${id}-${entries.indexOf(entry)}`
  const activeOption = active === undefined ? undefined : optionId(active)

  // The dialog gives the focus to its first control when it opens, which is not the field.
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  useEffect(() => {
    if (activeOption !== undefined)
      document.getElementById(activeOption)?.scrollIntoView({ block: 'nearest' })
  }, [activeOption])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const next = entries[(index + step + entries.length) % Math.max(1, entries.length)]
    if (step !== 0) setActiveId(next?.id ?? null)
    else if (event.key !== 'Enter') return
    else if (active === undefined || activeId === null) on.onEnter(active ?? null)
    else on.onChoose(active)
    event.preventDefault()
  }
  return (
    <div className={styles.palette}>
      <input
        ref={field}
        className={styles.field}
        type="text"
        role="combobox"
        aria-label="Find a run, a screen or an action"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={activeOption}
        aria-autocomplete="list"
        autoComplete="off"
        spellCheck={false}
        placeholder="Find a run, a screen or an action"
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
            {group.entries.map((entry) => (
              // The field keeps the focus and handles the keys: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={entry.id}
                id={optionId(entry)}
                className={styles.option}
                role="option"
                aria-selected={entry === active}
                aria-disabled={entry.disabled !== null || undefined}
                onClick={() => on.onChoose(entry)}
                onMouseMove={() => setActiveId(entry.id)}
              >
                <Icon name={entry.icon} size={14} />
                <span className={styles.title}>{entry.title}</span>
                <span className={styles.note}>{entry.disabled ?? entry.note}</span>
              </div>
            ))}
          </div>
        ))}
      </div>
      <div className={styles.foot}>
        <output className={styles.status}>
          {status ?? (entries.length === 0 ? `Nothing fits “${text}”.` : '')}
        </output>
        {on.onRetry && (
          <Button size="s" icon="refresh" onClick={on.onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
