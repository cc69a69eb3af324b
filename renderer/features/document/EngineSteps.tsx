import type { EngineResumePlan } from '../../../shared/contract/documents.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './PlanScreen.module.css'

export type EngineStepsProps = { readonly plan: EngineResumePlan }

/** What the engine's command does with each step: not always what one would expect. */
export function EngineSteps({ plan }: EngineStepsProps) {
  if (plan.steps.length === 0)
    return (
      <EmptyState icon="list" title="No steps are told">
        {plan.engine} does not say which steps its command would run.
      </EmptyState>
    )
  return (
    <table className={styles.table} aria-label="What happens to each step">
      <thead>
        <tr>
          <th scope="col">{plan.engine} would</th>
          <th scope="col">Step</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {plan.steps.map(({ step, does, reason }) => (
          <tr key={step}>
            <td>
              <StatusWord status={does} size="s" />
            </td>
            <th scope="row" className={styles.step}>
              {step}
            </th>
            <td>{reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
