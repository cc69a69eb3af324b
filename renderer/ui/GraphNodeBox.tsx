import type { GraphNode } from './Graph.tsx'
import type { Point } from './graphLayout.ts'
import { Icon } from './Icon.tsx'
import { statusLook } from './statusLooks.ts'
import styles from './Graph.module.css'

export type GraphNodeBoxProps = {
  readonly id: string
  readonly node: GraphNode
  readonly place: Point
  readonly position: number
  readonly total: number
  readonly isSelected: boolean
  readonly isNear: boolean
  readonly onSelect: () => void
  readonly onOpen: () => void
}

export function GraphNodeBox(props: GraphNodeBoxProps) {
  const { id, node, place, position, total, isSelected, isNear, onSelect, onOpen } = props
  const look = statusLook(node.status)
  return (
    // Keys are handled by the graph, whose active option this is.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      className={styles.node}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={total}
      title={node.sentence}
      data-tone={look.tone}
      data-begun={node.isBegun}
      data-path={node.isOnPath}
      data-near={isNear}
      data-dim={node.isDim}
      data-many={node.count !== null}
      style={{ insetInlineStart: place.x, insetBlockStart: place.y }}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
      <span className={styles.line}>
        <Icon name={look.icon} size={14} spin={look.spin ?? false} />
        <span className={styles.label}>{node.label}</span>
        {node.count !== null && <span className={styles.count}>×{node.count}</span>}
        {node.marks.map((mark) => (
          <span key={mark.icon} className={styles.mark} title={mark.text}>
            <Icon name={mark.icon} size={12} />
          </span>
        ))}
      </span>
      <span className={styles.note}>
        <span className={styles.word}>{look.word}</span>
        {node.note !== null && ` · ${node.note}`}
      </span>
    </div>
  )
}
