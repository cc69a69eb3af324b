import { Fragment } from 'react'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import type { ResumeAnswer } from '../../state/resumeChoices.ts'
import type { Evidence } from '../../state/resumeStore.ts'
import { ResumeStepRow } from './ResumeStepRow.tsx'
import type { StepOutputProps } from './StepOutput.tsx'
import { StepQuestion } from './StepQuestion.tsx'
import styles from './ResumeSteps.module.css'

export type ResumeStepsProps = {
  readonly plan: ResumePlan
  readonly of: StepOutputProps['of']
  /** The step whose question is shown first. */
  readonly asked: string | null
  readonly answers: { readonly [step: string]: ResumeAnswer }
  readonly evidence: { readonly [step: string]: Evidence }
  readonly onAnswer: (step: string, answer: ResumeAnswer) => void
}

/** What is done with each step, in dependency order; a step in doubt asks in place. */
export function ResumeSteps({ plan, of, asked, answers, evidence, onAnswer }: ResumeStepsProps) {
  return (
    <table className={styles.table} aria-label="What happens to each step">
      <thead>
        <tr>
          <th scope="col">Action</th>
          <th scope="col">Step</th>
          <th scope="col">Why</th>
          <th scope="col" className={styles.number}>
            Expected
          </th>
          <th scope="col">Side effects</th>
        </tr>
      </thead>
      <tbody>
        {plan.steps.map((row) => (
          <Fragment key={row.step}>
            <ResumeStepRow row={row} onDecide={() => onAnswer(row.step, { kind: 'reuse' })} />
            {row.options.length > 0 && !row.byDefault && (
              <tr data-open={row.action === 'ask'}>
                <td colSpan={5} className={styles.question}>
                  <StepQuestion
                    row={row}
                    of={of}
                    takesFocus={row.step === asked}
                    answer={answers[row.step] ?? null}
                    evidence={evidence[row.step] ?? { kind: 'loading' }}
                    onAnswer={(answer) => onAnswer(row.step, answer)}
                  />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}
