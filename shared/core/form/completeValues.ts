import type { Json } from '../../schema/json.ts'
import { checkValue } from './checkValue.ts'
import { completeForm, type CompletedValues } from './completeForm.ts'
import type { FormField } from './fieldsOf.ts'

/** The values of a form, checked against everything that its fields say. */
export function completeValues(
  fields: readonly FormField[],
  given: Readonly<Record<string, Json>>,
): CompletedValues {
  return completeForm(fields, given, checkValue)
}
