import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { DiffRow, type DiffLayout, type ShownChange } from './DiffRow.tsx'
import styles from './DiffRows.module.css'

export type DiffRowsProps = {
  readonly label: string
  readonly changes: readonly ShownChange[]
  readonly layout: DiffLayout
  /** The change that is looked at. */
  readonly active: number
  readonly onActive: (index: number) => void
  /** Told when the last row comes near, so that more can be loaded. */
  readonly onEnd?: () => void
}

/** Changes one below the other: `n` and `p` (also `j`, `k` and the arrows) go to the next and the previous one. */
export function DiffRows({ label, changes, layout, active, onActive, onEnd }: DiffRowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 76,
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (last >= changes.length - 20) onEnd?.()
  }, [last, changes.length, onEnd])
  useEffect(() => {
    if (active < changes.length) virtual.scrollToIndex(active)
  }, [active, changes.length, virtual])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key)
    if (step === 0 || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    onActive(Math.min(changes.length - 1, Math.max(0, active + step)))
  }

  return (
    <div ref={scroller} className={styles.scroller}>
      {/* Keys move within the list, so the list takes the focus. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul
        className={styles.rows}
        style={{ blockSize: virtual.getTotalSize() }}
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- as above
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => {
          const change = changes[item.index]
          return (
            change && (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- keys are handled by the list
              <li
                key={item.key}
                ref={virtual.measureElement}
                data-index={item.index}
                className={styles.row}
                aria-posinset={item.index + 1}
                aria-setsize={changes.length}
                aria-current={item.index === active || undefined}
                style={{ insetBlockStart: item.start }}
                onClick={() => onActive(item.index)}
              >
                <DiffRow change={change} layout={layout} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function stepOf(key: string): number {
  if (key === 'n' || key === 'j' || key === 'ArrowDown') return 1
  if (key === 'p' || key === 'k' || key === 'ArrowUp') return -1
  return 0
}
