import type { ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import type { ResumeAnswer } from '../../state/resumeChoices.ts'
import type { Evidence } from '../../state/resumeStore.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { decisionTexts, type DecisionKind } from './resumeText.ts'
import { StepEvidence } from './StepEvidence.tsx'
import { StepOutput, type StepOutputProps } from './StepOutput.tsx'
import styles from './StepQuestion.module.css'

export type StepQuestionProps = {
  readonly row: ResumeStep
  readonly of: StepOutputProps['of']
  /** Comes into sight and takes the focus when it appears. */
  readonly takesFocus: boolean
  readonly answer: ResumeAnswer | null
  readonly evidence: Evidence
  readonly onAnswer: (answer: ResumeAnswer) => void
}

/** Asks what happened to a step in doubt, beside what is known of it. */
export function StepQuestion(props: StepQuestionProps) {
  const { row, of, takesFocus, answer, evidence, onAnswer } = props
  const choose = (kind: DecisionKind) =>
    onAnswer(kind === 'happened' ? { kind, outputText: firstText(row) } : { kind })
  const output = answer?.kind === 'happened' ? answer.outputText : null
  return (
    <div ref={takesFocus ? focusQuestion : undefined} className={styles.question}>
      <div className={styles.answers}>
        <RadioGroup
          legend={`What happened to ${row.step}?`}
          value={answer?.kind ?? null}
          options={row.options.map((kind) => ({
            value: kind,
            label: (
              <>
                <strong>{decisionTexts[kind].label}</strong>
                <span className={styles.meaning}> {decisionTexts[kind].meaning}</span>
              </>
            ),
          }))}
          onChange={choose}
        />
        {output !== null && (
          <StepOutput
            row={row}
            of={of}
            text={output}
            onChange={(outputText) => onAnswer({ kind: 'happened', outputText })}
          />
        )}
      </div>
      <StepEvidence step={row.step} evidence={evidence} />
    </div>
  )
}

/** [R111] What a later step reads by name is asked for; nothing else has to be given. */
function firstText({ readBy }: ResumeStep): string {
  return readBy.some(({ reads }) => reads.length > 0) ? '' : 'null'
}

function focusQuestion(question: HTMLElement | null) {
  question?.scrollIntoView({ block: 'center' })
  question?.querySelector('input')?.focus({ preventScroll: true })
}
