import type { ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import { Badge } from '../../ui/Badge.tsx'
import { formatDuration } from '../../ui/formatDuration.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { sideEffectTexts } from './resumeText.ts'
import styles from './ResumeSteps.module.css'

export type ResumeStepRowProps = { readonly row: ResumeStep }

export function ResumeStepRow({ row }: ResumeStepRowProps) {
  const effects = sideEffectTexts[row.sideEffects]
  return (
    <tr data-action={row.action}>
      <td>
        <StatusWord status={row.action} />
      </td>
      <th scope="row" className={styles.step}>
        {row.step}
      </th>
      <td className={styles.reason}>{row.reason}</td>
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
