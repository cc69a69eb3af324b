import type { Workflow } from '../../state/startStore.ts'
import { Badge } from '../../ui/Badge.tsx'
import { kindWords } from './kindWords.ts'
import styles from './PlannedSteps.module.css'

export type PlannedStepsProps = { readonly steps: Workflow['steps'] }

/** What it will do, in an order in which each step stands behind what it needs. */
export function PlannedSteps({ steps }: PlannedStepsProps) {
  return (
    <section aria-label="Steps" className={styles.section}>
      <h4>
        Steps <span className={styles.count}>{steps.length}</span>
      </h4>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label="Steps that it will run">
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                #
              </th>
              <th scope="col">Step</th>
              <th scope="col">What it does</th>
              <th scope="col">Effect</th>
              <th scope="col">Needs</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, index) => (
              <tr key={step.id}>
                <td className={styles.number}>{index + 1}</td>
                <th scope="row">
                  <span className={styles.id}>{step.id}</span>
                  {step.title !== null && <span className={styles.title}>{step.title}</span>}
                </th>
                <td>
                  <span className={styles.words}>
                    {kindWords[step.kind]}
                    {step.forEach && <Badge title="Once for each item of a list">each item</Badge>}
                    {step.conditional && (
                      <Badge title="Only if its condition holds">conditional</Badge>
                    )}
                  </span>
                </td>
                <td>
                  <Effect of={step.sideEffects} />
                </td>
                <td className={styles.needs}>{step.needs.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Effect({ of }: { readonly of: Workflow['steps'][number]['sideEffects'] }) {
  if (of === undefined) return null
  const { word, tone, meaning } = effects[of]
  return (
    <Badge tone={tone} title={meaning}>
      {word}
    </Badge>
  )
}

const effects = {
  none: { word: 'none', tone: 'good', meaning: 'A second run of it does nothing outside.' },
  idempotent: {
    word: 'idempotent',
    tone: 'good',
    meaning: 'A second run of it does nothing more outside.',
  },
  external: { word: 'external', tone: 'warn', meaning: 'A second run of it may do harm.' },
} as const
