import type { ResumeStep } from '../../../shared/core/resume/resumePlan.ts'
import { readJson, type ResumeAnswer } from '../../state/resumeChoices.ts'
import type { Evidence } from '../../state/resumeStore.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { decisionTexts, type DecisionKind } from './resumeText.ts'
import { StepEvidence } from './StepEvidence.tsx'
import styles from './StepQuestion.module.css'

export type StepQuestionProps = {
  readonly row: ResumeStep
  /** Comes into sight and takes the focus when it appears. */
  readonly takesFocus: boolean
  readonly answer: ResumeAnswer | null
  readonly evidence: Evidence
  readonly onAnswer: (answer: ResumeAnswer) => void
}

/** Asks what happened to a step in doubt, beside what is known of it. */
export function StepQuestion(props: StepQuestionProps) {
  const { row, takesFocus, answer, evidence, onAnswer } = props
  const choose = (kind: DecisionKind) =>
    onAnswer(kind === 'happened' ? { kind, outputText: 'null' } : { kind })
  const output = answer?.kind === 'happened' ? answer.outputText : null
  const read = output === null ? null : readJson(output)
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
          <TextField
            label={`Output of ${row.step} (JSON)`}
            hint="What the steps after it read. Leave null when none of them reads it."
            multiline
            value={output}
            error={read?.kind === 'invalid' ? read.problem : null}
            onChange={(outputText) => onAnswer({ kind: 'happened', outputText })}
          />
        )}
      </div>
      <StepEvidence step={row.step} evidence={evidence} />
    </div>
  )
}

function focusQuestion(question: HTMLElement | null) {
  question?.scrollIntoView({ block: 'center' })
  question?.querySelector('input')?.focus({ preventScroll: true })
}
