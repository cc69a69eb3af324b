import type { ReactNode } from 'react'
import { ChangeBrowser } from './ChangeBrowser.tsx'
import type { DiffLayout } from './DiffRow.tsx'
import type { ShownChange } from './diffLine.ts'
import styles from './ChangesPane.module.css'

export type ChangesPaneProps = {
  readonly label: string
  readonly caption: ReactNode
  /** Null: they cannot be told. */
  readonly changes: readonly ShownChange[] | null
  /** What stands there where there are none. */
  readonly nothing: ReactNode
  readonly layout?: DiffLayout
}

/** What a plan makes different, before and after, with one line above it that says of what. */
export function ChangesPane(props: ChangesPaneProps) {
  const { label, caption, changes, nothing, layout = 'side' } = props
  return (
    <section className={styles.pane} aria-label={label}>
      <h2 className={styles.caption}>{caption}</h2>
      {changes === null || changes.length === 0 ? (
        nothing
      ) : (
        <div className={styles.rows}>
          <ChangeBrowser changes={changes} layout={layout} />
        </div>
      )}
    </section>
  )
}
