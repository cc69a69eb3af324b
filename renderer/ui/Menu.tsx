import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './Menu.module.css'

export type MenuItem = {
  readonly id: string
  readonly label: string
  readonly icon?: IconName | undefined
  /** Why it cannot be done now; null when it can. */
  readonly disabled: string | null
  readonly isDanger?: boolean
  readonly onChoose: () => void
}

export type MenuProps = {
  readonly label: string
  readonly icon: IconName
  readonly items: readonly MenuItem[]
}

/** A button that opens a list of actions. Arrow keys move, Enter chooses, Escape closes and gives the focus back. */
export function Menu({ label, icon, items }: MenuProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const focusAt = (index: number) => {
    const entries = root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []
    entries[(index + entries.length) % Math.max(1, entries.length)]?.focus()
  }
  const close = () => {
    setIsOpen(false)
    root.current?.querySelector('button')?.focus()
  }
  useEffect(() => {
    if (!isOpen) return () => undefined
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus()
    const onPress = (event: PointerEvent) => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return
      setIsOpen(false)
    }
    window.addEventListener('pointerdown', onPress)
    return () => window.removeEventListener('pointerdown', onPress)
  }, [isOpen, root])

  const onKeyDown = (event: KeyboardEvent) => {
    const index = items.findIndex(({ id: item }) => `${id}-${item}` === document.activeElement?.id)
    if (event.key === 'ArrowDown') focusAt(index + 1)
    else if (event.key === 'ArrowUp') focusAt(index - 1)
    else if (event.key === 'Home') focusAt(0)
    else if (event.key === 'End') focusAt(-1)
    else if (event.key === 'Escape') close()
    else if (event.key === 'Tab') {
      setIsOpen(false)
      return
    } else return
    event.preventDefault()
  }

  return (
    <span ref={root} className={styles.menu}>
      <IconButton
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setIsOpen(!isOpen)}
      />
      {isOpen && (
        <div
          id={id}
          role="menu"
          tabIndex={-1}
          aria-label={label}
          className={styles.list}
          onKeyDown={onKeyDown}
        >
          {items.map((item) => (
            <button
              key={item.id}
              id={`${id}-${item.id}`}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={styles.item}
              aria-disabled={item.disabled !== null || undefined}
              data-danger={item.isDanger}
              onClick={() => {
                if (item.disabled !== null) return
                close()
                item.onChoose()
              }}
            >
              {item.icon && <Icon name={item.icon} size={14} />}
              <span>{item.label}</span>
              {item.disabled !== null && <span className={styles.reason}>{item.disabled}</span>}
            </button>
          ))}
        </div>
      )}
    </span>
  )
}
