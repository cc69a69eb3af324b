import type { ReactNode } from 'react'
import type { DiffLayout } from './DiffRow.tsx'
import type { ShownChange } from './diffLine.ts'
import { FilterChips } from './FilterChips.tsx'
import { IconButton } from './IconButton.tsx'
import { SearchField } from './SearchField.tsx'
import { Select } from './Select.tsx'
import { statusLook } from './statusLooks.ts'
import styles from './DiffTools.module.css'

export type ShownKind = ShownChange['kind']

export type DiffToolsProps = {
  readonly counts: { readonly [K in ShownKind]: number }
  /** Empty: every kind. */
  readonly kinds: readonly ShownKind[]
  readonly onKinds: (kinds: readonly ShownKind[]) => void
  readonly under: string
  readonly onUnder: (under: string) => void
  readonly layout: DiffLayout
  readonly onLayout: (layout: DiffLayout) => void
  /** The change that is looked at, of how many; null where there is none. */
  readonly place: { readonly index: number; readonly count: number } | null
  readonly onStep: (by: number) => void
  /** More that can be done with all changes. */
  readonly children?: ReactNode
}

const kindsInOrder = ['changed', 'added', 'removed', 'moved'] as const

/** What is shown of a list of changes, and which of them is looked at. */
export function DiffTools(props: DiffToolsProps) {
  const { counts, kinds, onKinds, under, layout, place, children } = props
  return (
    <div className={styles.tools}>
      <div className={styles.first}>
        <FilterChips
          label="Kinds of change"
          chips={kindsInOrder.map((kind) => ({
            id: kind,
            label: statusLook(kind).word,
            icon: statusLook(kind).icon,
            tone: statusLook(kind).tone,
            count: counts[kind],
          }))}
          pressed={(kind) => kinds.includes(kind)}
          onPress={(kind) =>
            onKinds(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind])
          }
        />
        <span className={styles.path}>
          <SearchField
            label="Only below a path"
            placeholder="/steps/load"
            shortcut="/"
            value={under}
            onChange={(text) => props.onUnder(pointerOf(text))}
          />
        </span>
        <span className={styles.steps}>
          <output className={styles.place} aria-label="Change that is looked at">
            {place === null ? 'none' : `${place.index + 1} of ${place.count.toLocaleString('en')}`}
          </output>
          <IconButton
            icon="arrowUp"
            label="Previous change"
            title="Previous change (p)"
            onClick={() => props.onStep(-1)}
          />
          <IconButton
            icon="arrowDown"
            label="Next change"
            title="Next change (n)"
            onClick={() => props.onStep(1)}
          />
        </span>
        <span className={styles.layout}>
          <Select
            compact
            label="Layout"
            value={layout}
            options={[
              { value: 'side', label: 'Side by side' },
              { value: 'inline', label: 'Inline' },
            ]}
            onChange={props.onLayout}
          />
        </span>
      </div>
      {children}
    </div>
  )
}

/** A path as it is typed: its first slash may be left out. */
function pointerOf(text: string): string {
  return text === '' || text.startsWith('/') ? text : `/${text}`
}
