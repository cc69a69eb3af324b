import type { MappingPlan } from '../../../shared/contract/documents.ts'
import styles from './MappingDialog.module.css'

/** The row and the steps as they would be shown. */
export function MappingPreview({ plan }: { readonly plan: MappingPlan }) {
  const { status, workflow, steps, rows, problems, notLookedAt } = plan
  const shown = steps.slice(0, 6).map(({ id, status: word }) => `${id}: ${word}`)
  const more = steps.length > 6 ? `, and ${steps.length - 6} more` : ''
  return (
    <section className={styles.preview} aria-label="Preview" aria-live="polite">
      <p>
        <strong>{status ?? 'No run is seen in it'}</strong>
        {workflow !== null && `, ${workflow}`}
      </p>
      <p>{steps.length === 0 ? 'No steps.' : `Steps: ${shown.join(', ')}${more}.`}</p>
      <p>
        {rows.length} {rows.length === 1 ? 'document' : 'documents'} like it in its folder
        {notLookedAt > 0 && `, ${notLookedAt} more files were not looked at`}.
      </p>
      {problems.map((problem) => (
        <p key={problem}>{problem}</p>
      ))}
    </section>
  )
}
