import type { ChangeCounts, ChangeKind } from '../../../shared/core/diff/change.ts'
import { Button } from '../../ui/Button.tsx'
import type { DiffLayout } from '../../ui/DiffRow.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { statusLook } from '../../ui/statusLooks.ts'
import styles from './CompareTools.module.css'

export type CompareToolsProps = {
  readonly counts: ChangeCounts
  /** Empty: every kind. */
  readonly kinds: readonly ChangeKind[]
  readonly onKind: (kind: ChangeKind) => void
  readonly under: string
  readonly onUnder: (under: string) => void
  readonly layout: DiffLayout
  readonly onLayout: (layout: DiffLayout) => void
  readonly place: { readonly index: number; readonly count: number } | null
  readonly onStep: (by: number) => void
  readonly onCopyPatch: () => void
}

/** A path as it is typed: its first slash may be left out. */
function pointerOf(text: string): string {
  return text === '' || text.startsWith('/') ? text : `/${text}`
}

const kindsInOrder = ['changed', 'added', 'removed', 'moved'] as const

export function CompareTools(props: CompareToolsProps) {
  const { counts, kinds, under, layout, place } = props
  return (
    <div className={styles.tools}>
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
        onPress={props.onKind}
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
      {place && (
        <output className={styles.place}>
          {place.index + 1} of {place.count.toLocaleString('en')}
        </output>
      )}
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
      <Button icon="copy" onClick={props.onCopyPatch}>
        Copy as patch
      </Button>
    </div>
  )
}
