import { useContext } from 'react'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import type { ResumeChoices } from '../../state/resumeChoices.ts'
import type { RecordedValues } from '../../state/resumeStore.ts'
import { formatTime } from '../../ui/formatTime.ts'
import { OptionsPanel } from '../../ui/OptionsPanel.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import { Select } from '../../ui/Select.tsx'
import { TimeModeContext } from '../../ui/TimeText.tsx'
import { useNow } from '../../ui/useNow.ts'
import { DefinitionChoice } from './DefinitionChoice.tsx'
import { StepMapping } from './StepMapping.tsx'
import { ValuesEditor } from './ValuesEditor.tsx'
import styles from './ResumeOptions.module.css'

export type ResumeOptionsProps = {
  readonly choices: ResumeChoices
  readonly inputs: RecordedValues
  readonly variables: RecordedValues
  readonly plan: ResumePlan
  readonly run: RunDetail['run']
  readonly onChoose: (change: Partial<Omit<ResumeChoices, 'answers'>>) => void
  readonly onRead: (of: 'inputs' | 'variables') => void
}

export function ResumeOptions(props: ResumeOptionsProps) {
  const { choices, inputs, variables, plan, run, onChoose, onRead } = props
  const isForced = plan.mode === 'fork' && !choices.fork
  const { definition } = plan
  const timeMode = useContext(TimeModeContext)
  const now = useNow(timeMode === 'relative' ? 5000 : 0)
  const isLost = definition.missing.length > 0 || Object.keys(choices.mapping).length > 0
  const checkpoints = (run?.checkpoints ?? []).toReversed()
  const recorded = { inputs, variables }
  const texts = { inputs: choices.inputsText, variables: choices.variables?.text ?? null }
  const closed = editable.filter((of) => recorded[of].kind !== 'ready')
  const open = editable.filter((of) => recorded[of].kind === 'ready')
  const editorOf = (of: (typeof editable)[number]) => (
    <ValuesEditor
      key={of}
      of={of}
      text={texts[of]}
      recorded={recorded[of]}
      onChange={(text, before) => onChoose(changeOf(of, text, before))}
      onRead={() => onRead(of)}
    />
  )
  return (
    <OptionsPanel>
      <div className={styles.fields}>
        <Select
          label="From"
          value={choices.from ?? latest}
          options={[
            { value: latest, label: 'The last valid record' },
            ...checkpoints.map(({ id, name, step, at }) => ({
              value: String(id),
              label: `${name}${step === null || step === name ? '' : ` · ${step}`} · ${formatTime(at, timeMode, now)}`,
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
        definition={definition}
        chosen={choices.definition}
        source={run?.workflow.source ?? null}
        file={choices.definitionFile}
        onChange={(chosen) => onChoose({ definition: chosen })}
        onFile={(definitionFile) => onChoose({ definitionFile })}
      />
      {closed.length > 0 && <div className={styles.column}>{closed.map(editorOf)}</div>}
      {choices.definition === 'current' && isLost && (
        <StepMapping
          definition={definition}
          mapping={choices.mapping}
          onChange={(mapping) => onChoose({ mapping })}
        />
      )}
      {open.map(editorOf)}
    </OptionsPanel>
  )
}

const latest = ''
const editable = ['inputs', 'variables'] as const

function changeOf(
  of: (typeof editable)[number],
  text: string | null,
  recorded: string,
): Partial<Omit<ResumeChoices, 'answers'>> {
  if (of === 'inputs') return { inputsText: text }
  return { variables: text === null ? null : { text, recorded } }
}
