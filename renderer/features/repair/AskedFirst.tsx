import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { Icon } from '../../ui/Icon.tsx'
import styles from './FixesPane.module.css'

export type AskedFirstProps = Pick<RepairPlan, 'inDoubt' | 'lost'>

/** What a resume asks about after this repair: what ran before must not run a second time unseen. */
export function AskedFirst({ inDoubt, lost }: AskedFirstProps) {
  if (inDoubt.length === 0 && lost === null) return null
  return (
    <section className={styles.danger} aria-label="What a resume asks first">
      <h2 className={styles.dangerTitle}>
        <Icon name="alert" size={16} /> Steps may have run that this source does not know
      </h2>
      {inDoubt.length > 0 && (
        <p>
          A resume asks what became of {inDoubt.slice(0, mostNamed).join(', ')}
          {inDoubt.length > mostNamed && ` and ${inDoubt.length - mostNamed} more`}.
        </p>
      )}
      {lost !== null && (
        <p>{lost.sentence} A resume goes on only when somebody says that they know of it.</p>
      )}
    </section>
  )
}

const mostNamed = 8
