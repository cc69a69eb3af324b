import { expectedOf } from '../../../shared/core/form/checkShape.ts'
import type { FormField } from '../../../shared/core/form/fieldsOf.ts'
import type { JsonCompletion } from '../../ui/createJsonEditor.ts'

/** What the workflow's typed inputs offer for `/inputs`. */
export function inputCompletions(fields: readonly FormField[]): readonly JsonCompletion[] {
  return fields.map((field) => ({
    key: field.name,
    detail: field.field === null ? 'any JSON' : expectedOf(field.field),
    values: valuesOf(field),
  }))
}

/** Values to begin with, as JSON: the options of a choice, the default. */
export function valuesOf({ field, default: preset }: FormField): readonly string[] {
  if (field?.type === 'choice') return field.options.map((option) => JSON.stringify(option))
  if (field?.type === 'boolean') return ['true', 'false']
  return preset === null ? [] : [JSON.stringify(preset)]
}
