import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { Badge } from './Badge.tsx'
import { CopyButton } from './CopyButton.tsx'
import { Icon } from './Icon.tsx'
import { splitMatches } from './splitMatches.ts'
import styles from './TreeView.module.css'

/** A line of an opened tree, in the order in which it is shown. */
export type TreeRow =
  | {
      readonly kind: 'node'
      readonly id: string
      readonly parent: string | null
      readonly depth: number
      readonly label: string
      /** `object`, `string`, … : colours the value. */
      readonly type: string
      readonly value: string
      /** Said beside the value, such as "12 items". */
      readonly note: string | null
      readonly expansion: 'none' | 'closed' | 'open' | 'loading'
      /** What is staged for it, in a word or two. */
      readonly mark?: string | undefined
    }
  /** Stands for children that were not read yet. */
  | {
      readonly kind: 'more'
      readonly id: string
      readonly parent: string
      readonly depth: number
      readonly label: string
      readonly side: 'before' | 'after'
    }

export type TreeViewProps = {
  readonly label: string
  readonly rows: readonly TreeRow[]
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  readonly onToggle: (id: string) => void
  readonly onMore: (parent: string, side: 'before' | 'after') => void
  /** A row that somebody came for from elsewhere: the tree takes the focus for it, but from no field. */
  readonly focusFor?: string | null
  /** Every place where this stands is highlighted. */
  readonly query?: string
  /** Text of the path that is copied. */
  readonly pathOf: (id: string) => string
  /** The same path as programs write it. */
  readonly otherPathOf?: (id: string) => string
  /** Copies the whole value of a row. */
  readonly onCopyValue: (id: string) => void
  /** Left out where nothing can be edited. */
  readonly onEdit?: ((id: string) => void) | undefined
  readonly onRemove?: ((id: string) => void) | undefined
  /** What stands in the place of a row's value while it is edited. */
  readonly editor?: { readonly id: string; readonly node: ReactNode } | null
}

/** A tree of any size. Arrows move, open and close; `c` and `C` copy the path in its two ways, `v` the value; F2 edits, Delete removes. */
export function TreeView(props: TreeViewProps) {
  const { label, rows, selected, onSelect, onToggle, onMore, pathOf, onCopyValue } = props
  const { query = '', otherPathOf = pathOf, onEdit, onRemove, editor = null } = props
  const { focusFor = null } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 24,
    overscan: 20,
  })
  const index = rows.findIndex((row) => row.id === selected)

  // What is selected from elsewhere, such as a place that was found, comes into view.
  const broughtTo = useRef<string | null>(null)
  useEffect(() => {
    if (index < 0 || broughtTo.current === selected) return
    broughtTo.current = selected
    virtual.scrollToIndex(index)
  }, [index, selected, virtual])

  const focusedFor = useRef<string | null>(null)
  useEffect(() => {
    if (index < 0 || selected !== focusFor || focusedFor.current === focusFor) return
    focusedFor.current = focusFor
    if (document.activeElement?.matches(fields) !== true)
      scroller.current?.focus({ preventScroll: true })
  }, [index, selected, focusFor])

  // What was edited in place gives the focus back to the tree, and stays in view where what it led to takes room.
  const edited = editor === null ? null : `${id}-${index}`
  useEffect(() => {
    if (edited === null) return undefined
    const tree = scroller.current
    return () => {
      tree?.focus()
      requestAnimationFrame(() =>
        document.getElementById(edited)?.scrollIntoView({ block: 'nearest' }),
      )
    }
  }, [edited])

  const moveTo = (target: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, target))]
    if (row === undefined) return
    onSelect(row.id)
    virtual.scrollToIndex(rows.indexOf(row))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey)
      return
    const row = rows[index]
    const target = targetOf(event.key, index, rows)
    if (target !== null) moveTo(target)
    else if (row?.kind === 'more' && (event.key === 'Enter' || event.key === ' '))
      onMore(row.parent, row.side)
    else if (row?.kind === 'node' && isEditKey(event.key, row) && onEdit) onEdit(row.id)
    else if (row?.kind === 'node' && event.key === 'Delete' && onRemove) onRemove(row.id)
    else if (row?.kind === 'node' && isToggle(event.key, row)) onToggle(row.id)
    else if (row?.kind === 'node' && event.key === 'c')
      void navigator.clipboard.writeText(pathOf(row.id))
    else if (row?.kind === 'node' && event.key === 'C')
      void navigator.clipboard.writeText(otherPathOf(row.id))
    else if (row?.kind === 'node' && event.key === 'v') onCopyValue(row.id)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={scroller}
      className={styles.tree}
      role="tree"
      aria-label={label}
      aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div
        role="presentation"
        className={styles.rows}
        style={{ blockSize: virtual.getTotalSize() }}
      >
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (row === undefined) return null
          const isSelected = item.index === index
          return (
            // Keys are handled by the tree, whose active item this is.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
            <div
              key={row.id}
              id={`${id}-${item.index}`}
              className={styles.row}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-selected={isSelected}
              aria-expanded={expandedOf(row)}
              style={{ insetBlockStart: item.start, paddingInlineStart: 10 + row.depth * 16 }}
              onClick={() => {
                // What was clicked is in view: it stays under the pointer, for a second click.
                broughtTo.current = row.id
                onSelect(row.id)
                if (row.kind === 'more') onMore(row.parent, row.side)
              }}
              onDoubleClick={() => {
                if (row.kind === 'more') return
                if (row.expansion !== 'none') onToggle(row.id)
                else onEdit?.(row.id)
              }}
            >
              <Twisty row={row} onToggle={onToggle} />
              {row.kind === 'more' ? (
                <span className={styles.more}>{row.label}</span>
              ) : (
                <>
                  <span className={styles.key}>
                    <Marked text={row.label} query={query} />
                  </span>
                  {editor?.id === row.id ? (
                    editor.node
                  ) : (
                    <span className={styles.value} data-type={row.type}>
                      <Marked text={row.value} query={query} />
                    </span>
                  )}
                  {row.note && <span className={styles.note}>{row.note}</span>}
                  {row.mark && <Badge tone="busy">{row.mark}</Badge>}
                  {isSelected && <CopyButton text={pathOf(row.id)} what="path" />}
                </>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function Marked({ text, query }: { readonly text: string; readonly query: string }) {
  return splitMatches(text, query).map((piece, at) =>
    // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
    piece.isMatch ? <mark key={at}>{piece.text}</mark> : piece.text,
  )
}

type TwistyProps = { readonly row: TreeRow; readonly onToggle: (id: string) => void }

function Twisty({ row, onToggle }: TwistyProps) {
  if (row.kind === 'more' || row.expansion === 'none') return <span className={styles.twisty} />
  return (
    // Only for the mouse: the arrow keys do the same.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span
      className={styles.twisty}
      onClick={(event) => {
        event.stopPropagation()
        onToggle(row.id)
      }}
    >
      {row.expansion === 'loading' ? (
        <Icon name="spinner" size={12} spin />
      ) : (
        <Icon name={row.expansion === 'open' ? 'chevronDown' : 'chevronRight'} size={12} />
      )}
    </span>
  )
}

function expandedOf(row: TreeRow): boolean | undefined {
  return row.kind === 'more' || row.expansion === 'none' ? undefined : row.expansion === 'open'
}

const fields = 'input, textarea, select, [contenteditable="true"]'

/** F2 on anything, Enter on what cannot be opened. */
function isEditKey(key: string, row: TreeRow & { kind: 'node' }): boolean {
  return key === 'F2' || (key === 'Enter' && row.expansion === 'none')
}

function isToggle(key: string, row: TreeRow & { kind: 'node' }): boolean {
  if (row.expansion === 'none' || row.expansion === 'loading') return false
  if (key === 'Enter' || key === ' ') return true
  return key === (row.expansion === 'open' ? 'ArrowLeft' : 'ArrowRight')
}

function targetOf(key: string, index: number, rows: readonly TreeRow[]): number | null {
  const row = rows[index]
  if (key === 'ArrowDown' || key === 'j') return index + 1
  if (key === 'ArrowUp' || key === 'k') return index - 1
  if (key === 'Home') return 0
  if (key === 'End') return rows.length - 1
  if (key === 'ArrowRight' && row && expandedOf(row) === true) return index + 1
  if (key === 'ArrowLeft' && row && expandedOf(row) !== true) {
    const parent = rows.findIndex((other) => other.id === row.parent)
    return parent === -1 ? null : parent
  }
  return null
}
