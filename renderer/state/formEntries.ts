import type { FormField } from '../../shared/core/form/fieldsOf.ts'
import { expectedOf } from '../../shared/core/form/checkShape.ts'
import type { Field } from '../../shared/schema/field.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import { isSecretKey } from '../../shared/core/secrets/isSecretKey.ts'
import { mask } from '../../shared/core/secrets/isNoSecret.ts'
import { fieldFor, type FormDraft, type FormProblems } from './formDraft.ts'

export type FormControl = 'line' | 'lines' | 'number' | 'checkbox' | 'choice' | 'date' | 'json'

/** A field as a form draws it. */
export type FormEntry = {
  readonly name: string
  readonly label: string
  readonly control: FormControl
  readonly isRequired: boolean
  readonly isOptional: boolean
  /** Its name names a secret: what is typed is not shown before somebody asks. */
  readonly isSecret: boolean
  /** What it is for. */
  readonly description: string | null
  /** What it takes, and what is taken when it is left as it was. */
  readonly hint: string
  readonly value: string
  readonly isChecked: boolean
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly problem: string | null
}

/** The fields of a form as they stand, with the problems that are to be seen. */
export function formEntries(
  fields: readonly FormField[],
  draft: FormDraft,
  problems: FormProblems,
): readonly FormEntry[] {
  return fields.map((form) => {
    const field = fieldFor(form)
    const typed = ownValue(draft, form.name)
    const isSecret = isSecretKey(form.name)
    const isRequired = field.default === undefined && field.required !== false
    return {
      name: form.name,
      label: field.title ?? form.name,
      control: controls[field.type],
      isRequired: isRequired && field.type !== 'boolean',
      isOptional: field.default === undefined && field.required === false,
      isSecret,
      description: field.description ?? null,
      hint: hintOf(field, { isTouched: typed !== undefined, isSecret }),
      value: typeof typed === 'string' ? typed : presetText(field),
      isChecked: typeof typed === 'boolean' ? typed : field.default === true,
      options: optionsOf(field),
      problem: ownValue(problems, form.name) ?? null,
    }
  })
}

const controls = {
  string: 'line',
  text: 'lines',
  integer: 'number',
  number: 'number',
  boolean: 'checkbox',
  choice: 'choice',
  date: 'date',
  json: 'json',
} as const satisfies Record<Field['type'], FormControl>

/** What stands in the control before it was touched. */
function presetText(field: Field): string {
  const { default: preset } = field
  if (preset === undefined) return ''
  if (field.type === 'json') return JSON.stringify(preset, null, 2)
  return typeof preset === 'string' ? preset : JSON.stringify(preset)
}

/** What it takes, where the control does not show that already, and the default once it is replaced. */
function hintOf(
  field: Field,
  { isTouched, isSecret }: { readonly isTouched: boolean; readonly isSecret: boolean },
): string {
  const words = [
    ...(speaking.has(field.type) ? [] : [expectedOf(field)]),
    ...limitsOf(field),
    ...(isTouched && field.default !== undefined
      ? [`default ${isSecret ? mask : shortText(field.default)}`]
      : []),
  ]
  return words.join(' · ')
}

/** Types whose control says what they take. */
const speaking: ReadonlySet<Field['type']> = new Set<Field['type']>([
  'string',
  'text',
  'boolean',
  'choice',
  'date',
])

function limitsOf(field: Field): readonly string[] {
  if (field.type !== 'string' && field.type !== 'text') return []
  const { minLength, maxLength, pattern } = field
  return [
    ...(minLength === undefined ? [] : [`at least ${minLength} characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
    ...(pattern === undefined ? [] : [`matching ${pattern}`]),
  ]
}

/** Without a default nothing is chosen yet: what is chosen has to be seen. */
function optionsOf(field: Field): FormEntry['options'] {
  if (field.type !== 'choice') return []
  const options = field.options.map((option) => ({ value: option, label: option }))
  if (field.default !== undefined) return options
  return [{ value: '', label: field.required === false ? 'None' : 'Choose…' }, ...options]
}

function shortText(value: Json): string {
  const text = typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
  const line = text.replaceAll('\n', ' ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
