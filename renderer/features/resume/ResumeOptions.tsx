import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import type { ResumeChoices } from '../../state/resumeChoices.ts'
import type { RecordedInputs } from '../../state/resumeStore.ts'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { DefinitionChoice } from './DefinitionChoice.tsx'
import { InputsEditor } from './InputsEditor.tsx'
import styles from './ResumeOptions.module.css'

export type ResumeOptionsProps = {
  readonly choices: ResumeChoices
  readonly inputs: RecordedInputs
  readonly plan: ResumePlan
  readonly run: RunDetail['run']
  readonly onChoose: (change: Partial<Omit<ResumeChoices, 'answers'>>) => void
  readonly onEditInputs: () => void
}

export function ResumeOptions(props: ResumeOptionsProps) {
  const { choices, inputs, plan, run, onChoose, onEditInputs } = props
  const isForced = plan.mode === 'fork' && !choices.fork
  const checkpoints = (run?.checkpoints ?? []).toReversed()
  return (
    <section className={styles.options} aria-label="Options">
      <div className={styles.fields}>
        <Select
          label="From"
          value={choices.from ?? latest}
          options={[
            { value: latest, label: 'The last valid record' },
            ...checkpoints.map(({ id, name, step, at }) => ({
              value: String(id),
              label: `${name}${step === null || step === name ? '' : ` · ${step}`} · ${shortTime(at)}`,
            })),
          ]}
          onChange={(value) => onChoose({ from: value === latest ? null : value })}
          hint={isForced && 'From an earlier checkpoint this makes a fork.'}
        />
        <Select
          label="Stop after"
          value={choices.stopAfter ?? ''}
          options={[
            { value: '', label: 'The end' },
            ...plan.steps.map(({ step }) => ({ value: String(step), label: step })),
          ]}
          onChange={(value) => onChoose({ stopAfter: value === '' ? null : value })}
        />
      </div>
      <div className={styles.column}>
        <RadioGroup
          legend="Where it goes on"
          value={plan.mode === 'fork' || choices.fork ? 'fork' : 'same'}
          options={[
            { value: 'same', label: 'In this run', disabled: isForced },
            { value: 'fork', label: 'In a fork' },
          ]}
          onChange={(value) => onChoose({ fork: value === 'fork' })}
        />
        <p className={styles.note}>A fork is a new run: this one stays as it is.</p>
      </div>
      <DefinitionChoice
        definition={plan.definition}
        chosen={choices.definition}
        source={run?.workflow.source ?? null}
        onChange={(definition) => onChoose({ definition })}
      />
      <InputsEditor
        text={choices.inputsText}
        recorded={inputs}
        onChange={(inputsText) => onChoose({ inputsText })}
        onRead={onEditInputs}
      />
    </section>
  )
}

const latest = ''

function shortTime(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')}Z`
}
