import { useId } from 'react'
import { assertNever } from '../../shared/assert.ts'
import { Field } from './Field.tsx'
import fieldStyles from './Field.module.css'
import styles from './FormFields.module.css'

export type FormControlProps = {
  readonly entry: {
    readonly name: string
    readonly label: string
    readonly control: 'line' | 'lines' | 'number' | 'checkbox' | 'choice' | 'date' | 'json'
    readonly isRequired: boolean
    readonly isOptional: boolean
    readonly isSecret: boolean
    readonly description: string | null
    readonly hint: string
    readonly value: string
    readonly isChecked: boolean
    readonly options: readonly { readonly value: string; readonly label: string }[]
    readonly problem: string | null
  }
  readonly isDisabled?: boolean
  readonly hidesSecrets?: boolean
  readonly onChange: (name: string, value: string | boolean) => void
  /** The field was left: what is wrong with it may be said now. */
  readonly onLeave: (name: string) => void
}

/** One value that a person gives, with what it is for before it and what is wrong with it behind it. */
export function FormControl(props: FormControlProps) {
  const { entry } = props
  const id = useId()
  const { description, hint, problem } = entry
  const described = [
    (description !== null || hint !== '') && `${id}-hint`,
    problem !== null && `${id}-error`,
  ]
  if (entry.control === 'checkbox') return <Ticked {...props} id={id} described={described} />
  return (
    <Field
      label={entry.label}
      isRequired={entry.isRequired}
      note={noteOf(entry)}
      control={id}
      held={entry.isSecret && props.hidesSecrets === true ? '' : entry.value}
      hint={hintOf(description, hint)}
      error={problem}
    >
      <Control {...props} id={id} described={described} />
    </Field>
  )
}

type ControlProps = FormControlProps & {
  readonly id: string
  readonly described: readonly (string | false)[]
}

function Control(props: ControlProps) {
  const { entry, id, described, isDisabled, hidesSecrets = false, onChange, onLeave } = props
  const common = {
    id,
    name: entry.name,
    value: entry.value,
    disabled: isDisabled,
    className: fieldStyles.control,
    'aria-required': entry.isRequired || undefined,
    'aria-invalid': entry.problem === null ? undefined : true,
    'aria-describedby': described.filter(Boolean).join(' ') || undefined,
    onBlur: () => onLeave(entry.name),
  }
  const change = (event: { readonly target: { readonly value: string } }) =>
    onChange(entry.name, event.target.value)
  switch (entry.control) {
    case 'line':
      return (
        <input
          {...common}
          type={entry.isSecret && hidesSecrets ? 'password' : 'text'}
          autoComplete="off"
          onChange={change}
        />
      )
    case 'number':
      return (
        <input {...common} type="text" inputMode="decimal" autoComplete="off" onChange={change} />
      )
    case 'date':
      return <input {...common} type="date" onChange={change} />
    case 'lines':
      return <textarea {...common} rows={2} data-font="text" onChange={change} />
    case 'json':
      return (
        <textarea
          {...common}
          rows={Math.min(12, Math.max(3, entry.value.split('\n').length))}
          spellCheck={false}
          onChange={change}
        />
      )
    case 'choice':
      return (
        <select {...common} onChange={change}>
          {entry.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )
    case 'checkbox':
      return null
    default:
      return assertNever(entry.control)
  }
}

function Ticked({ entry, id, described, isDisabled, onChange, onLeave }: ControlProps) {
  const { description, hint, problem } = entry
  return (
    <div className={styles.ticked}>
      <label className={fieldStyles.choice}>
        <input
          type="checkbox"
          name={entry.name}
          checked={entry.isChecked}
          disabled={isDisabled}
          aria-invalid={problem === null ? undefined : true}
          aria-describedby={described.filter(Boolean).join(' ') || undefined}
          onBlur={() => onLeave(entry.name)}
          onChange={(event) => onChange(entry.name, event.target.checked)}
        />
        <span>
          {entry.label} <span className={fieldStyles.note}>{noteOf(entry)}</span>
        </span>
      </label>
      {(description !== null || hint !== '') && (
        <div id={`${id}-hint`} className={styles.under}>
          {hintOf(description, hint)}
        </div>
      )}
      {problem !== null && (
        <p id={`${id}-error`} className={fieldStyles.error} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

/** The name is said where a title hides it: a command line and the workflow call it that. */
function noteOf({ name, label, isOptional }: FormControlProps['entry']): string {
  const isSaid = label.toLowerCase().replaceAll(' ', '-') === name.toLowerCase()
  return [...(isSaid ? [] : [name]), ...(isOptional ? ['optional'] : [])].join(' · ')
}

function hintOf(description: string | null, hint: string) {
  if (description === null) return hint
  return (
    <>
      <span className={styles.description}>{description}</span>
      {hint !== '' && <span>{hint}</span>}
    </>
  )
}
