import { completeValues } from '../../shared/core/form/completeValues.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import { nearest } from '../../shared/schema/nearest.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'

/** The definition's inputs with those that were given. Throws `invalid-input` with a line for each that is missing, unknown or does not fit. */
export function startRunInputs(
  definition: WorkflowDefinition,
  given: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const fields = fieldsOf(definition.inputs)
  const known = fields.map(({ name }) => name)
  const result = completeValues(fields, given)
  if ('values' in result) return result.values
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  const lines = result.problems.map(({ name, message }) =>
    unknown.includes(name) ? unknownText(definition, name, known) : `Input ${message}`,
  )
  throw new AppError('invalid-input', lines.join('\n'), {
    unknown,
    known,
    problems: result.problems,
  })
}

function unknownText(
  definition: WorkflowDefinition,
  name: string,
  known: readonly string[],
): string {
  const meant = nearest(name, known)
  const list = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`
  const hint = meant === null ? list : `Did you mean \`${meant}\`?`
  return `The workflow ${definition.name} has no input \`${name}\`. ${hint}`
}
