import { useRef, type KeyboardEvent } from 'react'
import { FixItem, type ShownFix } from './FixItem.tsx'
import { useShortcut } from './useShortcut.ts'
import styles from './FixList.module.css'

export type FixListProps = {
  readonly fixes: readonly ShownFix[]
  readonly chosen: string | null
  readonly onChoose: (fix: string) => void
  readonly onAccept: (fix: string) => void
  readonly onReject: (fix: string) => void
  readonly onApply: () => void
}

/** The fixes one by one: what, where, how sure. j and k go over them, Space accepts or rejects, Enter applies what is accepted. */
export function FixList({ fixes, chosen, onChoose, onAccept, onReject, onApply }: FixListProps) {
  const list = useRef<HTMLUListElement>(null)
  const go = (by: number) => {
    const index = fixes.findIndex(({ id }) => id === chosen)
    const next = index === -1 && by > 0 ? 0 : Math.max(0, index + by)
    const boxes = list.current?.querySelectorAll<HTMLElement>('input[type="checkbox"], [data-fix]')
    boxes?.item(Math.min(next, fixes.length - 1))?.focus()
  }
  useShortcut('j', () => go(1))
  useShortcut('k', () => go(-1))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    const action = {
      j: () => go(1),
      ArrowDown: () => go(1),
      k: () => go(-1),
      ArrowUp: () => go(-1),
      Enter: onApply,
    }[event.key]
    if (action === undefined) return
    event.preventDefault()
    action()
  }
  if (fixes.length === 0) return null
  return (
    <section className={styles.group} aria-label="Fixes">
      <h2 className={styles.heading}>
        Fixes: {fixes.filter((fix) => fix.accepted).length} of {fixes.length} accepted
      </h2>
      {/* Keys of the checkboxes inside come up to here. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul ref={list} className={styles.list} onKeyDown={onKeyDown}>
        {fixes.map((fix) => (
          <FixItem
            key={fix.id}
            fix={fix}
            isChosen={fix.id === chosen}
            onChoose={() => onChoose(fix.id)}
            onChange={(isAccepted) => (isAccepted ? onAccept : onReject)(fix.id)}
          />
        ))}
      </ul>
    </section>
  )
}
