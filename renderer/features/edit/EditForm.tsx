import { useState } from 'react'
import { Edit, type MapSteps } from '../../../shared/core/edit/edit.ts'
import type { BatchEditPlan } from '../../../shared/core/edit/editPlan.ts'
import { readJson } from '../../../shared/core/edit/readJson.ts'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { MapStepsForm } from './MapStepsForm.tsx'
import styles from './EditManyPage.module.css'

export type EditFormProps = {
  /** Null while what is typed is no edit yet. */
  readonly onEdit: (edit: Edit | MapSteps | null) => void
  /** Of runs that go over to another definition, what it does not have. */
  readonly unmapped: BatchEditPlan['unmapped']
  readonly disabled: boolean
}

type Kind = (typeof kinds)[number]['value']
type Typed = { readonly kind: Kind; readonly target: string; readonly value: string }

/** One edit: what is done, where, and with which value. */
export function EditForm({ onEdit, unmapped, disabled }: EditFormProps) {
  const [typed, setTyped] = useState(begin)
  const change = (part: Partial<Typed>) => {
    const next = { ...typed, ...part }
    setTyped(next)
    const read = editOf(next)
    onEdit('edit' in read ? read.edit : null)
  }
  const read = editOf(typed)
  const problem = 'edit' in read || typed.target === '' ? null : read
  const isStep = stepKinds.has(typed.kind)
  const asked = valueLabels[typed.kind]
  return (
    <div className={styles.form} role="group" aria-label="The edit">
      <Select
        label="What"
        value={typed.kind}
        options={kinds}
        disabled={disabled}
        onChange={(kind) => change({ kind })}
      />
      {typed.kind === 'mapSteps' ? (
        <MapStepsForm unmapped={unmapped} disabled={disabled} onEdit={onEdit} />
      ) : (
        <TextField
          label={isStep ? 'Step' : 'Path'}
          value={typed.target}
          placeholder={isStep ? 'charge' : '/inputs/amount'}
          disabled={disabled}
          takesFocus={typed === begin}
          error={problem?.part === 'target' ? problem.sentence : null}
          onChange={(target) => change({ target })}
        />
      )}
      {asked !== undefined && (
        <TextField
          label={asked}
          value={typed.value}
          disabled={disabled}
          error={problem?.part === 'value' ? problem.sentence : null}
          onChange={(value) => change({ value })}
        />
      )}
    </div>
  )
}

/** Where the form begins: whoever then chooses what is done stays at the choice. */
const begin: Typed = { kind: 'set', target: '', value: '' }

type Read =
  | { readonly edit: Edit }
  | { readonly part: 'target' | 'value'; readonly sentence: string }

function editOf({ kind, target, value }: Typed): Read {
  const json = value.trim() === '' && kind === 'succeed' ? 'null' : value
  if (kind === 'set' || kind === 'succeed') {
    const flaw = readJson(json)
    if (flaw.kind === 'refused') return { part: 'value', sentence: flaw.sentence }
  }
  const where = stepKinds.has(kind) ? { step: target } : { path: target }
  const message = value.trim() === '' ? 'Marked failed by a person.' : value
  const read = Edit.safeParse({ kind, ...where, json, message, name: value })
  if (read.success) return { edit: read.data }
  return { part: 'target', sentence: read.error.issues[0]?.message ?? 'It does not fit.' }
}

const stepKinds: ReadonlySet<Kind> = new Set(['succeed', 'fail', 'skip', 'reset'])

const kinds = [
  { value: 'set', label: 'Set a value' },
  { value: 'remove', label: 'Remove a value' },
  { value: 'succeed', label: 'Mark a step succeeded' },
  { value: 'fail', label: 'Mark a step failed' },
  { value: 'skip', label: 'Skip a step' },
  { value: 'reset', label: 'Reset a step' },
  { value: 'mapSteps', label: 'Go over to a changed definition' },
] as const satisfies readonly {
  readonly value: Edit['kind'] | 'mapSteps'
  readonly label: string
}[]

const valueLabels: { readonly [kind in Kind]?: string } = {
  set: 'Value (JSON)',
  succeed: 'Output (JSON)',
  fail: 'What it failed with',
}
