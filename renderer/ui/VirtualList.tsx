import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactNode } from 'react'
import styles from './VirtualList.module.css'

export type VirtualListProps = {
  readonly label: string
  readonly count: number
  /** Height of most rows; each is measured when it is drawn. */
  readonly rowPx: number
  readonly keyOf: (index: number) => string
  /** This row is brought into view when it becomes another; -1: none. */
  readonly current: number
  readonly children: (index: number) => ReactNode
}

/** A list of rows of any height, of which only those on the screen are drawn. It scrolls by itself. */
export function VirtualList({ label, count, rowPx, keyOf, current, children }: VirtualListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    getItemKey: keyOf,
    overscan: 8,
  })
  const { scrollToIndex } = virtual
  useEffect(() => {
    if (current >= 0) scrollToIndex(current, { align: 'auto' })
  }, [scrollToIndex, current])
  return (
    <div ref={scroller} className={styles.scroller}>
      <ol aria-label={label} className={styles.rows} style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <li
            key={item.key}
            ref={virtual.measureElement}
            className={styles.row}
            data-index={item.index}
            aria-posinset={item.index + 1}
            aria-setsize={count}
            style={{ insetBlockStart: item.start }}
          >
            {children(item.index)}
          </li>
        ))}
      </ol>
    </div>
  )
}
