import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import { Badge } from '../../ui/Badge.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import type { Tone } from '../../ui/statusLooks.ts'
import styles from './PlanScreen.module.css'

export type RepairChoicesProps = {
  readonly plan: DocumentPlan
  readonly onChoose: (repair: string) => void
}

/** Where the good state would be taken from, how sure that is, and what is lost. */
export function RepairChoices({ plan, onChoose }: RepairChoicesProps) {
  if (plan.repairs.length === 0) return null
  return (
    <RadioGroup
      legend="Ways to repair it, best first"
      value={plan.repair}
      options={plan.repairs.map(({ id, label, confidence, losses, files }) => ({
        value: id,
        label: (
          <span className={styles.choice}>
            <span>
              {label} <Badge tone={tones[confidence]}>{confidence}</Badge>
            </span>
            {losses.length === 0 && <span className={styles.quiet}>Loses nothing.</span>}
            {losses.map((loss) => (
              <span key={loss} className={styles.quiet}>
                Loses: {loss}
              </span>
            ))}
            <span className={styles.quiet}>
              {files.length === 1 ? '1 file changes' : `${files.length} files change`}
            </span>
          </span>
        ),
      }))}
      onChange={onChoose}
    />
  )
}

const tones: {
  readonly [C in DocumentPlan['repairs'][number]['confidence']]: Tone
} = { certain: 'good', likely: 'busy', guess: 'warn' }
