// The form room answers what a person has to give and whether what was given fits: inputs of a workflow, fields of a gate.
import { Field, fieldTypes } from '../../schema/field.ts'
import { ownValue, type Json } from '../../schema/json.ts'

/** One thing that is asked for. */
export type FormField = {
  readonly name: string
  /** Null: a plain default stands there, and any JSON may replace it. */
  readonly field: Field | null
  /** What is taken when nothing is given; null: nothing. */
  readonly default: Json | null
}

/** What a workflow's `inputs` or a gate's `fields` ask for, in their order. */
export function fieldsOf(inputs: Readonly<Record<string, Json>> | undefined): readonly FormField[] {
  return Object.entries(inputs ?? {}).map(([name, value]) => {
    const field = looksLikeField(value) ? (Field.safeParse(value).data ?? null) : null
    return { name, field, default: field === null ? value : (field.default ?? null) }
  })
}

/** True for an object whose `type` is one of a field; whether the rest fits is another question. */
export function looksLikeField(value: Json): boolean {
  if (typeof value !== 'object' || value === null || isList(value)) return false
  const type = ownValue(value, 'type')
  return fieldTypes.some((one) => one === type)
}

function isList(value: Json & object): value is readonly Json[] {
  return Array.isArray(value)
}
