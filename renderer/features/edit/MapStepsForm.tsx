import { useState } from 'react'
import { MapSteps } from '../../../shared/core/edit/edit.ts'
import type { BatchEditPlan } from '../../../shared/core/edit/editPlan.ts'
import { Button } from '../../ui/Button.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './EditManyPage.module.css'

export type MapStepsFormProps = {
  /** What the plan says that the definition does not have; left out: there is no plan yet. */
  readonly unmapped: BatchEditPlan['unmapped']
  readonly disabled: boolean
  /** Null while no definition is named. */
  readonly onEdit: (edit: MapSteps | null) => void
}

/** One definition for all runs, and what each step that it does not have is called in it. */
export function MapStepsForm({ unmapped, disabled, onEdit }: MapStepsFormProps) {
  const [typed, setTyped] = useState<Typed>({ definition: '', mapping: {} })
  const { definition, mapping } = typed
  const change = (next: Typed) => {
    setTyped(next)
    const read = MapSteps.safeParse({ kind: 'mapSteps', ...next })
    onEdit(read.success ? read.data : null)
  }
  const map = (pairs: Mapping) =>
    change({ definition, mapping: Object.fromEntries(chosen({ ...mapping, ...pairs })) })
  const { missing = [], added = [], proposed = [] } = unmapped ?? {}
  const open = proposed.filter(({ was }) => mapping[was] === undefined)
  const options = [{ value: '', label: 'not mapped' }, ...added.map(optionOf)]
  return (
    <>
      <TextField
        label="Definition file"
        value={definition}
        placeholder="workflows/deploy.yaml"
        disabled={disabled}
        onChange={(value) => change({ definition: value, mapping })}
      />
      {missing.map(({ step, runs }) => (
        <Select
          key={step}
          label={`${step} (${runs.toLocaleString('en')} ${runs === 1 ? 'run' : 'runs'}) is now`}
          value={mapping[step] ?? ''}
          options={options}
          disabled={disabled}
          onChange={(now) => map({ [step]: now })}
        />
      ))}
      {open.length > 0 && (
        <Button
          icon="check"
          disabled={disabled}
          onClick={() => map(Object.fromEntries(open.map(({ was, now }) => [was, now])))}
        >
          Map as proposed
        </Button>
      )}
      {missing.length > 0 && (
        <p className={styles.hint}>
          Each step needs a place in the definition. What ran keeps its result under the new name.
        </p>
      )}
    </>
  )
}

/** By the name of a step in the runs its name in the definition. */
type Mapping = Readonly<Record<string, string>>

type Typed = { readonly definition: string; readonly mapping: Mapping }

function chosen(pairs: Mapping): readonly (readonly [string, string])[] {
  return Object.entries(pairs).filter(([, now]) => now !== '')
}

function optionOf(step: string) {
  return { value: step, label: step }
}
