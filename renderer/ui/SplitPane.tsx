import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import styles from './SplitPane.module.css'

export type SplitPaneProps = {
  /** Name of the handle, such as "Width of the inspector". */
  readonly label: string
  /** Which pane keeps its size; the other takes the rest. */
  readonly fixed?: 'start' | 'end'
  readonly direction?: 'row' | 'column'
  readonly initial: number
  readonly min?: number
  readonly max?: number
  readonly start: ReactNode
  /** Null: there is only the other one. */
  readonly end: ReactNode
}

/** Two panes with a handle between them: dragged, or moved with the arrow keys, Home and End. */
export function SplitPane(props: SplitPaneProps) {
  const {
    label,
    fixed = 'start',
    direction = 'row',
    initial,
    min = 140,
    max = 900,
    start,
    end,
  } = props
  const [size, setSize] = useState(initial)
  const drag = useRef<{ readonly at: number; readonly size: number } | null>(null)
  const sign = fixed === 'start' ? 1 : -1
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)))
  const position = (event: PointerEvent) => (direction === 'row' ? event.clientX : event.clientY)

  const onKeyDown = (event: KeyboardEvent) => {
    const next = sizeAfterKey(event.key, size, { min, max, sign })
    if (next === null) return
    event.preventDefault()
    setSize(clamp(next))
  }

  return (
    <div
      className={styles.split}
      data-direction={direction}
      data-fixed={end === null ? undefined : fixed}
    >
      <div
        className={styles.pane}
        style={fixed === 'start' && end !== null ? { flexBasis: size } : undefined}
      >
        {start}
      </div>
      {end !== null && (
        <>
          {/* A separator that can be focused is a widget: https://www.w3.org/TR/wai-aria-1.2/#separator */}
          <div
            className={styles.handle}
            role="separator"
            tabIndex={0}
            aria-label={label}
            aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              drag.current = { at: position(event), size }
            }}
            onPointerMove={(event) => {
              if (drag.current === null) return
              setSize(clamp(drag.current.size + sign * (position(event) - drag.current.at)))
            }}
            onPointerUp={() => {
              drag.current = null
            }}
            onDoubleClick={() => setSize(initial)}
          />
          <div className={styles.pane} style={fixed === 'end' ? { flexBasis: size } : undefined}>
            {end}
          </div>
        </>
      )}
    </div>
  )
}

type Limits = { readonly min: number; readonly max: number; readonly sign: number }

function sizeAfterKey(key: string, size: number, { min, max, sign }: Limits): number | null {
  if (key === 'ArrowRight' || key === 'ArrowDown') return size + 16 * sign
  if (key === 'ArrowLeft' || key === 'ArrowUp') return size - 16 * sign
  if (key === 'Home') return min
  if (key === 'End') return max
  return null
}
