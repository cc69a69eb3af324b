import { useRef, useState } from 'react'
import type { DataTableProps } from './DataTable.tsx'
import { plainLayout, type TableLayout } from './tableLayout.ts'

export type TableLayoutChoice = {
  readonly layout: TableLayout
  readonly onLayout: (layout: TableLayout) => void
  /** Until the button is let go of, what is chosen is drawn and not told: a drag is one choice. */
  readonly onDragStart: () => void
}

/** The layout that was given, or one that lasts as long as the table. */
export function useTableLayout<Row>(
  props: Pick<DataTableProps<Row>, 'layout' | 'onLayout'>,
): TableLayoutChoice {
  const [own, setOwn] = useState(plainLayout)
  const [dragged, setDragged] = useState<TableLayout | null>(null)
  const drag = useRef<{ last: TableLayout | null } | null>(null)
  const tell = props.onLayout ?? setOwn
  return {
    layout: dragged ?? props.layout ?? own,
    onLayout: (layout) => {
      if (drag.current === null) return tell(layout)
      drag.current.last = layout
      setDragged(layout)
    },
    onDragStart: () => {
      const stop = new AbortController()
      drag.current = { last: null }
      const end = () => {
        stop.abort()
        const last = drag.current?.last ?? null
        drag.current = null
        setDragged(null)
        if (last !== null) tell(last)
      }
      for (const event of ['mouseup', 'touchend', 'touchcancel'])
        document.addEventListener(event, end, { signal: stop.signal })
    },
  }
}
