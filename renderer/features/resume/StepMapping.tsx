import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { Select } from '../../ui/Select.tsx'
import styles from './ResumeOptions.module.css'

export type StepMappingProps = {
  readonly definition: ResumePlan['definition']
  readonly mapping: { readonly [step: string]: string }
  readonly onChange: (mapping: { readonly [step: string]: string }) => void
}

/** For each step that the definition has lost: which of its new steps stands for it. */
export function StepMapping({ definition, mapping, onChange }: StepMappingProps) {
  const lost = [...new Set([...Object.keys(mapping), ...definition.missing])].toSorted()
  const names = [...new Set([...definition.added, ...Object.values(mapping)])].toSorted()
  return (
    <fieldset className={styles.mapping}>
      <legend className={styles.label}>Steps with another name now</legend>
      {lost.map((step) => (
        <Select
          key={step}
          label={step}
          value={mapping[step] ?? ''}
          options={[
            { value: '', label: 'No step stands for it' },
            ...names.map((name) => ({ value: name, label: `is ${name}` })),
          ]}
          onChange={(now) => {
            const { [step]: _, ...others } = mapping
            onChange(now === '' ? others : { ...others, [step]: now })
          }}
        />
      ))}
      <p className={styles.note}>
        A step keeps its result, its attempts and its idempotency key under its new name.
      </p>
    </fieldset>
  )
}
