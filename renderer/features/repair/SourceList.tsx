import type { RepairSource } from '../../../shared/core/repair/repairPlan.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import styles from './FixesPane.module.css'

export type SourceListProps = {
  readonly sources: readonly RepairSource[]
  readonly chosen: string | null
  readonly onChoose: (source: string) => void
}

/** Where the good state would be taken from, with what each source loses. */
export function SourceList({ sources, chosen, onChoose }: SourceListProps) {
  if (!sources.some((source) => source.usable))
    return (
      <EmptyState icon="broken" title="No usable source">
        Neither journal, head nor a backup holds a whole state. The files stay as they are.
      </EmptyState>
    )
  return (
    <div className={styles.group}>
      <RadioGroup
        legend="Take the good state from"
        value={chosen}
        options={sources.map((source) => ({
          value: source.id,
          disabled: !source.usable,
          label: (
            <>
              <strong className={styles.source}>{source.kind}</strong> {source.sentence}
              <span className={styles.loss}>
                {source.usable && source.loses.length === 0
                  ? 'Loses nothing.'
                  : source.loses.join(' ')}
              </span>
            </>
          ),
        }))}
        onChange={onChoose}
      />
    </div>
  )
}
