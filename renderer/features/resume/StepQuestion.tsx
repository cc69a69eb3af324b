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
  readonly answer: ResumeAnswer | null
  readonly evidence: Evidence
  readonly onAnswer: (answer: ResumeAnswer) => void
}

/** Asks what happened to a step in doubt, beside what is known of it. */
export function StepQuestion({ row, answer, evidence, onAnswer }: StepQuestionProps) {
  const choose = (kind: DecisionKind) =>
    onAnswer(kind === 'happened' ? { kind, outputText: 'null' } : { kind })
  const output = answer?.kind === 'happened' ? answer.outputText : null
  const read = output === null ? null : readJson(output)
  return (
    <div className={styles.question}>
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
