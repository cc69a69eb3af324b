import type { Field } from '../../schema/field.ts'
import { nearest } from '../../schema/nearest.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { expectedOf } from './checkShape.ts'
import type { FormField } from './fieldsOf.ts'
import type { ValueProblem } from './valueProblem.ts'

/** Why a value does not fit a field; null when it fits. */
export type Check = (field: Field, value: Json) => string | null

export type CompletedValues =
  | { readonly values: Readonly<Record<string, Json>> }
  | { readonly problems: readonly ValueProblem[] }

/**
 * The values of a form by a check of one's own: what was given, else the default, else null where the field may be left out. Null counts as not given,
 * except for `json`. Every problem is told, in the order of the fields.
 */
export function completeForm(
  fields: readonly FormField[],
  given: Readonly<Record<string, Json>>,
  check: Check,
): CompletedValues {
  const unknown = Object.keys(given).filter((name) => !fields.some((field) => field.name === name))
  const problems: ValueProblem[] = unknown.map((name) => ({
    name,
    message: unknownText(name, fields),
  }))
  const entries: (readonly [string, Json])[] = []
  for (const field of fields) {
    const result = completeValue(field, ownValue(given, field.name), check)
    if ('message' in result) problems.push({ name: field.name, message: result.message })
    else entries.push([field.name, result.value])
  }
  return problems.length > 0 ? { problems } : { values: Object.fromEntries(entries) }
}

function completeValue(
  { name, field, default: preset }: FormField,
  given: Json | undefined,
  check: Check,
): { readonly value: Json } | { readonly message: string } {
  if (field === null) return { value: given === undefined ? preset : given }
  if (given === undefined || (given === null && field.type !== 'json')) {
    if (field.default !== undefined) return { value: field.default }
    if (field.required === false) return { value: null }
    return { message: `\`${name}\` is missing: expected ${expectedOf(field)}.` }
  }
  const flaw = check(field, given)
  return flaw === null ? { value: given } : { message: `\`${name}\`: ${flaw}.` }
}

function unknownText(name: string, fields: readonly FormField[]): string {
  const names = fields.map((field) => field.name)
  const meant = nearest(name, names)
  if (meant !== null) return `\`${name}\` is not asked for. Did you mean \`${meant}\`?`
  const asked =
    names.length === 0 ? 'nothing is' : `${names.join(', ')} ${names.length === 1 ? 'is' : 'are'}`
  return `\`${name}\` is not asked for; ${asked}.`
}
