import { useState } from 'react'
import type { DiffLayout } from './DiffRow.tsx'
import { DiffRows } from './DiffRows.tsx'
import { DiffTools, type ShownKind } from './DiffTools.tsx'
import type { ShownChange } from './diffLine.ts'
import { EmptyState } from './EmptyState.tsx'
import { useShortcut } from './useShortcut.ts'
import styles from './ChangeBrowser.module.css'

export type ChangeBrowserProps = {
  readonly changes: readonly ShownChange[]
  readonly layout?: DiffLayout
}

/** Before and after of a plan that is at hand whole: the compare screen without asking anybody. */
export function ChangeBrowser({ changes, layout: initial = 'inline' }: ChangeBrowserProps) {
  const [kinds, setKinds] = useState<readonly ShownKind[]>([])
  const [under, setUnder] = useState('')
  const [layout, setLayout] = useState<DiffLayout>(initial)
  const [active, setActive] = useState(0)
  const below = changes.filter((change) => isBelow(change, under))
  const shown = below.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
  const index = Math.max(0, Math.min(active, shown.length - 1))
  const step = (by: number) => setActive(Math.max(0, Math.min(shown.length - 1, index + by)))
  useShortcut('n', () => step(1))
  useShortcut('p', () => step(-1))
  return (
    <div className={styles.browser}>
      <DiffTools
        counts={countsOf(below)}
        kinds={kinds}
        onKinds={setKinds}
        under={under}
        onUnder={setUnder}
        layout={layout}
        onLayout={setLayout}
        place={shown.length === 0 ? null : { index, count: shown.length }}
        onStep={step}
      />
      {shown.length === 0 ? (
        <EmptyState icon="filter" title="No change fits">
          {under === '' ? 'No change of this kind.' : `Nothing differs at or below ${under}.`}
        </EmptyState>
      ) : (
        <div className={styles.rows}>
          <DiffRows
            label="Changes"
            lines={shown.map((change, at) => ({
              kind: 'change',
              id: `${at} ${change.path}`,
              index: at,
              change,
            }))}
            changes={shown.length}
            layout={layout}
            active={index}
            onActive={setActive}
          />
        </div>
      )}
    </div>
  )
}

function isBelow({ path, from }: ShownChange, under: string): boolean {
  if (under === '') return true
  return [path, from].some((one) => one === under || one?.startsWith(`${under}/`) === true)
}

function countsOf(changes: readonly ShownChange[]): { readonly [K in ShownKind]: number } {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const { kind } of changes) counts[kind] += 1
  return counts
}
