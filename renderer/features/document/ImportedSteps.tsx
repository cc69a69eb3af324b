import type { ImportPlan } from '../../../shared/contract/documentImport.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './PlanScreen.module.css'

export type ImportedStepsProps = { readonly plan: ImportPlan }

/** The run as it would be: its name, and how each step stands in it. */
export function ImportedSteps({ plan }: ImportedStepsProps) {
  if (plan.steps.length === 0) return null
  return (
    <section className={styles.said} aria-label="The run that would be made">
      <h2 className={styles.heading}>
        Run <code>{plan.run}</code>
        {plan.workflow !== null && ` of ${plan.workflow}`}. The document stays where it is.
      </h2>
      <table className={styles.table} aria-label="Steps of the run">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Step</th>
          </tr>
        </thead>
        <tbody>
          {plan.steps.map(({ id, status }) => (
            <tr key={id}>
              <td>
                <StatusWord status={status} size="s" />
              </td>
              <th scope="row" className={styles.step}>
                {id}
              </th>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
