import type { RepairPlan, RepairSource } from '../../../shared/core/repair/repairPlan.ts'
import { Badge } from '../../ui/Badge.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { HoldsTable } from './HoldsTable.tsx'
import styles from './FixesPane.module.css'

export type SourceListProps = {
  readonly sources: readonly RepairSource[]
  readonly chosen: string | null
  readonly recommended: RepairPlan['recommended']
  readonly onChoose: (source: string) => void
}

/** Where the good state would be taken from, with what each source loses. */
export function SourceList({ sources, chosen, recommended, onChoose }: SourceListProps) {
  if (!sources.some((source) => source.usable))
    return (
      <EmptyState icon="broken" title="No usable source">
        Neither journal, head, a backup nor a left-over file holds a whole state. The files stay as
        they are.
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
              <strong className={styles.source}>{source.kind}</strong>{' '}
              {source.id === recommended?.source && <Badge tone="good">recommended</Badge>}{' '}
              {source.sentence}
              {source.id === recommended?.source && (
                <span className={styles.loss}>{recommended.why}</span>
              )}
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
      <HoldsTable sources={sources} chosen={chosen} />
    </div>
  )
}
