import type { ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { formatDuration } from '../../ui/formatDuration.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { sideEffectTexts } from './resumeText.ts'
import styles from './ResumeSteps.module.css'

export type ResumeStepRowProps = {
  readonly row: ResumeStep
  /** Opens the question about a step for which something stands while nobody decides. */
  readonly onDecide: () => void
}

export function ResumeStepRow({ row, onDecide }: ResumeStepRowProps) {
  const effects = sideEffectTexts[row.sideEffects]
  return (
    <tr data-action={row.action}>
      <td>
        <StatusWord status={row.action} />
      </td>
      <th scope="row" className={styles.step}>
        {row.step}
        {row.was !== null && <span className={styles.was}>was {row.was}</span>}
      </th>
      <td className={styles.reason}>
        {row.reason}
        {row.byDefault && (
          <Button
            size="s"
            variant="quiet"
            aria-label={`Decide otherwise about ${row.step}`}
            onClick={onDecide}
          >
            Decide otherwise…
          </Button>
        )}
      </td>
      <td className={styles.number}>
        {row.expectedMs === null ? '—' : formatDuration(row.expectedMs)}
      </td>
      <td>
        <Badge tone={effects.tone} title={effects.meaning}>
          {effects.word}
        </Badge>
      </td>
    </tr>
  )
}
