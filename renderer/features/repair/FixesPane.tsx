import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { useMask } from '../../state/useMask.ts'
import { FixList } from '../../ui/FixList.tsx'
import { AskedFirst } from './AskedFirst.tsx'
import { SourceList } from './SourceList.tsx'
import { shownFixes } from './shownFixes.ts'
import styles from './FixesPane.module.css'

export type FixesPaneProps = {
  readonly plan: RepairPlan
  readonly chosen: string | null
  /** What was rejected, while the plan is made again for it; null: the plan is of now. */
  readonly asked: readonly string[] | null
  readonly onChoose: (fix: string) => void
  readonly onApply: () => void
  readonly onSource: (source: string) => void
  readonly onAccept: (fix: string) => void
  readonly onReject: (fix: string) => void
}

export function FixesPane(props: FixesPaneProps) {
  const { plan, chosen, asked, onChoose, onApply, onSource, onAccept, onReject } = props
  const mask = useMask()
  return (
    <div className={styles.pane}>
      {plan.problems.length > 0 && (
        <ul className={styles.problems} aria-label="What forbids this repair">
          {plan.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <AskedFirst inDoubt={plan.inDoubt} lost={plan.lost} />
      <FixList
        fixes={shownFixes(plan.fixes, mask, asked)}
        chosen={chosen}
        onChoose={onChoose}
        onAccept={onAccept}
        onReject={onReject}
        onApply={onApply}
      />
      <SourceList
        sources={plan.sources}
        chosen={plan.source}
        recommended={plan.recommended}
        onChoose={onSource}
      />
      {plan.writes.length > 0 && (
        <section className={styles.group} aria-label="What is done, in order">
          <h2 className={styles.heading}>What is done, in order</h2>
          <ol className={styles.writes}>
            {plan.writes.map((write) => (
              <li key={`${write.file} ${write.sentence}`}>
                {write.sentence} <code>{write.file}</code>
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
