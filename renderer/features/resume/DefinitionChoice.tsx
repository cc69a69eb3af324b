import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { TextField } from '../../ui/TextField.tsx'
import { RadioGroup } from '../../ui/RadioGroup.tsx'
import styles from './ResumeOptions.module.css'

export type DefinitionChoiceProps = {
  readonly definition: ResumePlan['definition']
  readonly chosen: 'recorded' | 'current'
  /** Where the definition was read when the run was created. */
  readonly source: string | null
  /** The file that is read instead; empty: `source`. */
  readonly file: string
  readonly onChange: (chosen: 'recorded' | 'current') => void
  readonly onFile: (file: string) => void
}

export function DefinitionChoice(props: DefinitionChoiceProps) {
  const { definition, chosen, source, file, onChange, onFile } = props
  const differences = [
    difference('gone', definition.missing),
    difference('new', definition.added),
    difference('altered', definition.altered),
  ].filter((text) => text !== null)
  return (
    <div className={styles.column}>
      <RadioGroup
        legend="Workflow definition"
        value={chosen}
        options={[
          { value: 'recorded', label: 'As recorded' },
          { value: 'current', label: 'As its file is now' },
        ]}
        onChange={onChange}
      />
      {chosen === 'current' && (
        <TextField
          label="Definition file"
          value={file}
          placeholder={source ?? 'workflows/deploy.yaml'}
          onChange={onFile}
          hint={source === null && 'The run does not say where its definition is: name the file.'}
        />
      )}
      {definition.problem !== null && <p className={styles.note}>{definition.problem}</p>}
      {definition.problem === null && (
        <p className={styles.note} title={source ?? undefined}>
          {definition.changed
            ? `The file differs from what the run has. ${differences.join(' ')}`
            : source === null
              ? 'Its steps are those of the run.'
              : 'The file has not changed since.'}
        </p>
      )}
    </div>
  )
}

function difference(word: string, steps: readonly string[]): string | null {
  if (steps.length === 0) return null
  return `${steps.length === 1 ? 'Step' : 'Steps'} ${word}: ${steps.join(', ')}.`
}
