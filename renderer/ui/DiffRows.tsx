import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { DiffLine, ShownChange } from './diffLine.ts'
import { DiffRow, type DiffLayout } from './DiffRow.tsx'
import { UnchangedLine } from './UnchangedLine.tsx'
import styles from './DiffRows.module.css'

export type DiffRowsProps = {
  readonly label: string
  readonly lines: readonly DiffLine[]
  readonly layout: DiffLayout
  /** Which change is looked at. */
  readonly active: number
  /** How many changes there are in `lines`. */
  readonly changes: number
  readonly onActive: (index: number) => void
  /** Told which lines are near what is looked at, so that more can be loaded. */
  readonly onRange?: (first: number, last: number) => void
  readonly onToggle?: (line: DiffLine & { readonly kind: 'unchanged' }) => void
  /** What can be done with the change that is looked at. */
  readonly toolsOf?: (change: ShownChange) => ReactNode
}

/** Changes one below the other: `n` and `p` (also `j`, `k` and the arrows) go to the next and the previous one. */
export function DiffRows(props: DiffRowsProps) {
  const { label, lines, layout, active, changes, onActive, onRange, onToggle, toolsOf } = props
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => lines[index]?.id ?? index,
    estimateSize: (index) => (lines[index]?.kind === 'change' ? 36 : 26),
    overscan: 8,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onRange?.(first, last), [first, last, lines, onRange])
  // What opens beside the list must not hide what is looked at.
  const height = virtual.scrollRect?.height ?? 0
  const line = lines.findIndex((one) => one.kind === 'change' && one.index === active)
  useEffect(() => {
    if (line !== -1) virtual.scrollToIndex(line)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- lines that open or load must not scroll what is read
  }, [active, height, virtual])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = stepOf(event.key)
    // A value that is higher than its room is scrolled by arrows while it has the focus.
    if (event.target instanceof HTMLPreElement && event.key.startsWith('Arrow')) return
    if (step === 0 || event.metaKey || event.ctrlKey || event.altKey) return
    event.preventDefault()
    onActive(Math.min(changes - 1, Math.max(0, active + step)))
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
          const shown = lines[item.index]
          if (shown === undefined) return null
          const isActive = shown.kind === 'change' && shown.index === active
          return (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- keys are handled by the list
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={styles.row}
              aria-posinset={item.index + 1}
              aria-setsize={lines.length}
              aria-current={isActive || undefined}
              style={{ insetBlockStart: item.start }}
              onClick={shown.kind === 'change' ? () => onActive(shown.index) : undefined}
            >
              {shown.kind === 'change' ? (
                <DiffRow
                  change={shown.change}
                  layout={layout}
                  tools={isActive || toolsOf === undefined ? toolsOf?.(shown.change) : null}
                />
              ) : (
                <UnchangedLine
                  line={shown}
                  onToggle={() => shown.kind === 'unchanged' && onToggle?.(shown)}
                />
              )}
            </li>
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
