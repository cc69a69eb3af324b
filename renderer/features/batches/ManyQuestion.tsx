import type { BatchQuestion } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { readJson } from '../../state/resumeChoices.ts'
import { questionKey, type ResumeManyState } from '../../state/resumeManyStore.ts'
import { useMask } from '../../state/useMask.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { answerTexts, runCount } from './batchText.ts'
import styles from './ResumeManyPage.module.css'

export type ManyQuestionProps = {
  readonly question: BatchQuestion
  readonly state: ResumeManyState
}

/** One question of many runs, and how many of them an answer is for. */
export function ManyQuestion({ question, state }: ManyQuestionProps) {
  const mask = useMask()
  const { workflow, step, reason, options, runs, reads } = question
  const answer = state.choices.answers[questionKey(question)] ?? null
  const output = answer?.kind === 'happened' ? answer.outputText : null
  const read = output === null ? null : readJson(output)
  return (
    <div className={styles.question}>
      <RadioGroup
        legend={`${step} of ${workflow}: ${runCount(runs)}`}
        value={answer?.kind ?? null}
        options={options.map((kind) => ({
          value: kind,
          label: (
            <>
              <strong>{answerTexts[kind].label}</strong>
              <span className={styles.quiet}> {answerTexts[kind].meaning}</span>
            </>
          ),
        }))}
        onChange={(kind) =>
          state.answer(
            question,
            // [R113] What is read by name is asked for.
            kind === 'happened' ? { kind, outputText: reads.length > 0 ? '' : 'null' } : { kind },
          )
        }
      />
      {output !== null && (
        <TextField
          label={`Output of ${step} in all of them (JSON)`}
          hint={reads.length > 0 ? `${reads.join('. ')}.` : 'No later step reads it by name.'}
          multiline
          value={output}
          error={read?.kind === 'invalid' ? read.problem : null}
          onChange={(outputText) => state.answer(question, { kind: 'happened', outputText })}
        />
      )}
      <p className={styles.quiet}>For one of them: {mask.text(reason)}</p>
    </div>
  )
}
