import type { AlignedRow } from '../../../shared/contract/compare.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './AlignedSteps.module.css'

export type AlignedStepsProps = {
  readonly steps: readonly AlignedRow[]
  readonly total: number
  /** The step at which the runs part. */
  readonly first: string | null
  readonly onStep: (step: string) => void
  readonly onMore: () => void
}

/** The steps of two runs beside each other, in dependency order. */
export function AlignedSteps({ steps, total, first, onStep, onMore }: AlignedStepsProps) {
  return (
    <div className={styles.frame}>
      <table className={styles.steps} aria-label="Steps of both runs">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Compared</th>
          </tr>
        </thead>
        <tbody>
          {steps.map(({ step, left, right, verdict, part }) => (
            <tr key={step} data-verdict={verdict} aria-current={step === first || undefined}>
              <th scope="row">
                <button type="button" className={styles.step} onClick={() => onStep(step)}>
                  {step}
                </button>
              </th>
              <td>{left === null ? '–' : <StatusWord status={left} size="s" />}</td>
              <td>{right === null ? '–' : <StatusWord status={right} size="s" />}</td>
              <td>
                {step === first ? 'They part here: ' : ''}
                {words[verdict]}
                {part === null ? '' : `, ${part}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {steps.length < total && (
        <Button size="s" variant="quiet" onClick={onMore}>
          Show more ({(total - steps.length).toLocaleString('en')} left)
        </Button>
      )}
    </div>
  )
}

const words = {
  same: 'same',
  alike: 'same but for ids, times or folders',
  parted: 'differs',
  unreached: 'not reached by both',
  'only-left': 'only before',
  'only-right': 'only after',
} as const satisfies Record<AlignedRow['verdict'], string>
