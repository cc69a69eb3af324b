import { useRef, useState, type ReactNode } from 'react'
import { Tabs } from './Tabs.tsx'
import { useWidth } from './useWidth.ts'
import styles from './RepairPanes.module.css'

export type RepairPanesProps = {
  readonly before: ReactNode
  readonly after: ReactNode
  readonly isBusy: boolean
  /** What is chosen, and what is set right. */
  readonly children: ReactNode
}

/** The bytes as they are, what would be written, and the fixes between them; in a narrow window the first two are tabs. */
export function RepairPanes({ before, after, isBusy, children }: RepairPanesProps) {
  const panes = useRef<HTMLDivElement>(null)
  const width = useWidth(panes)
  const isWide = width === null || width >= wideFrom
  const [side, setSide] = useState<'before' | 'after'>('before')
  const bytes = (
    <section className={styles.bytes} aria-label="The bytes as they are">
      {before}
    </section>
  )
  const proposal = (
    <section className={styles.proposal} aria-label="What would be written">
      {after}
    </section>
  )
  return (
    <div ref={panes} className={styles.panes} data-wide={isWide} aria-busy={isBusy}>
      {isWide ? (
        <>
          {bytes}
          {proposal}
        </>
      ) : (
        <div className={styles.tabbed}>
          <Tabs
            label="Before and after"
            tabs={[
              { id: 'before', label: 'As it is' },
              { id: 'after', label: 'As it would be' },
            ]}
            selected={side}
            onSelect={setSide}
          >
            {side === 'before' ? bytes : proposal}
          </Tabs>
        </div>
      )}
      <section className={styles.fixes} aria-label="Sources and fixes">
        {children}
      </section>
    </div>
  )
}

/** Of a window of 1,280 pixels, without the rail: narrower, bytes and document would be two columns of broken lines. */
const wideFrom = 1000
