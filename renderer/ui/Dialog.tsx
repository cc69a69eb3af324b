import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { IconButton } from './IconButton.tsx'
import styles from './Dialog.module.css'

export type DialogProps = {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly size?: 's' | 'm' | 'l'
  /** Buttons at the foot; the last one is the default. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** A modal dialog: Escape and the backdrop close it, and the focus goes back to where it was. */
export function Dialog({ open, title, onClose, size = 'm', footer, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()

  // At once: what is typed right after the key that opened it is meant for it, and not for the page or the close button.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!open || element === null) return undefined
    const before = document.activeElement
    element.showModal()
    element.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    return () => {
      element.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [open])

  if (!open) return null
  return (
    // A press on the backdrop is only a shortcut: Escape and the close button do the same.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className={styles.frame}>
        <header className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          <IconButton icon="close" label="Close" onClick={onClose} />
        </header>
        <div className={styles.body}>{children}</div>
        {footer && <footer className={styles.foot}>{footer}</footer>}
      </div>
    </dialog>
  )
}
