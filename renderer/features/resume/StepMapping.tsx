import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { Button } from '../../ui/Button.tsx'
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
  const proposed = definition.proposed.filter(({ was }) => !Object.hasOwn(mapping, was))
  const names = [...new Set([...definition.added, ...Object.values(mapping)])].toSorted()
  return (
    <fieldset className={styles.mapping}>
      <legend className={styles.label}>Steps with another name now</legend>
      {lost.map((step) => (
        <Select
          key={step}
          label={step}
          hint={hintOf(definition.proposed.find(({ was }) => was === step))}
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
      {proposed.length > 0 && (
        <Button
          size="s"
          onClick={() =>
            onChange({
              ...Object.fromEntries(proposed.map(({ was, now }) => [was, now])),
              ...mapping,
            })
          }
        >
          Map {proposed.length === 1 ? 'it' : `${proposed.length} steps`} as proposed
        </Button>
      )}
      <p className={styles.note}>
        A step keeps its result, its attempts and its idempotency key under its new name.
      </p>
    </fieldset>
  )
}

function hintOf(
  proposed: ResumePlan['definition']['proposed'][number] | undefined,
): string | false {
  if (proposed === undefined) return false
  return `Proposed: ${proposed.now}, which ${grounds[proposed.because]}.`
}

const grounds = {
  definition: 'is defined the same',
  command: 'does the same',
  name: 'is called alike',
  position: 'stands in its place',
} as const
