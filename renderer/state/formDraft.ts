// What a person has filled in of a form, and the values that it makes.
import { locate } from '../../shared/core/codec/locate.ts'
import { scanJson } from '../../shared/core/codec/scanJson.ts'
import { checkShape, expectedOf } from '../../shared/core/form/checkShape.ts'
import { completeForm } from '../../shared/core/form/completeForm.ts'
import type { FormField } from '../../shared/core/form/fieldsOf.ts'
import { readValue } from '../../shared/core/form/readValue.ts'
import type { Field } from '../../shared/schema/field.ts'
import { Json, ownValue } from '../../shared/schema/json.ts'

/** What was typed or ticked, by name; what was not touched is left out. */
export type FormDraft = { readonly [name: string]: string | boolean }

/** What is wrong, by the name of the field. */
export type FormProblems = { readonly [name: string]: string }

export type ReadDraft =
  | { readonly kind: 'valid'; readonly values: Readonly<Record<string, Json>> }
  | { readonly kind: 'invalid'; readonly problems: FormProblems }

/** The values that a draft gives, without those that are left to a default; every problem at once. */
export function readDraft(fields: readonly FormField[], draft: FormDraft): ReadDraft {
  const values: Record<string, Json> = {}
  const unread: Record<string, string> = {}
  for (const field of fields) {
    const given = givenOf(field, ownValue(draft, field.name))
    if ('problem' in given) unread[field.name] = given.problem
    else if (given.value !== undefined) values[field.name] = given.value
  }
  // A pattern is checked by the host, whose answer stands beside the field as well: what matches it is large.
  const completed = completeForm(fields, values, checkShape)
  const misfits = 'problems' in completed ? problemsByName(completed.problems) : {}
  const problems = { ...misfits, ...unread }
  return Object.keys(problems).length === 0
    ? { kind: 'valid', values }
    : { kind: 'invalid', problems }
}

/** Problems beside their fields, each without the name that stands there already. */
export function problemsByName(
  problems: readonly { readonly name: string; readonly message: string }[],
): FormProblems {
  return Object.fromEntries(
    problems.map(({ name, message }) => [name, shownMessage(name, message)]),
  )
}

/** A plain default is asked for as what it is. */
export function fieldFor({ field, default: preset }: FormField): Field {
  if (field !== null) return field
  switch (typeof preset) {
    case 'string':
      return { type: preset.includes('\n') ? 'text' : 'string', default: preset }
    case 'number':
      return { type: 'number', default: preset }
    case 'boolean':
      return { type: 'boolean', default: preset }
    default:
      return { type: 'json', default: preset }
  }
}

type Given = { readonly value: Json | undefined } | { readonly problem: string }

function givenOf(form: FormField, typed: string | boolean | undefined): Given {
  const field = fieldFor(form)
  if (field.type === 'boolean') return { value: tickedOf(field, typed) }
  if (typeof typed !== 'string') return { value: undefined }
  if (field.type === 'json') return typed.trim() === '' ? { value: undefined } : readJsonText(typed)
  // An emptied text is the empty text where a default would fill it again.
  const isText = field.type === 'string' || field.type === 'text'
  if (typed === '') return { value: isText && field.default ? '' : undefined }
  const read = readValue({ ...form, field }, typed)
  return 'problem' in read ? { problem: `Expected ${expectedOf(field)}.` } : read
}

/** What is seen is what is given: a box that is not ticked says no. */
function tickedOf(
  field: Extract<Field, { type: 'boolean' }>,
  typed: string | boolean | undefined,
): boolean | undefined {
  if (typeof typed === 'boolean') return typed
  return field.default === undefined && field.required !== false ? false : undefined
}

function readJsonText(text: string): Given {
  const flaw = scanJson(text)
  if (flaw !== null) {
    const { line, column } = locate(text, flaw.index)
    return { problem: `Line ${line}, column ${column}: ${flaw.sentence}` }
  }
  const value = Json.safeParse(JSON.parse(text))
  return value.success ? { value: value.data } : { problem: 'It is nested too deeply.' }
}

function shownMessage(name: string, message: string): string {
  const rest = message.replace(/^Input /, '').replace(`\`${name}\`: `, '')
  if (rest.startsWith(`\`${name}\` is missing: `))
    return `Missing: ${rest.slice(`\`${name}\` is missing: `.length)}`
  return rest.slice(0, 1).toUpperCase() + rest.slice(1)
}
