import { nearest } from '../../shared/core/graph/nearest.ts'
import { AppError } from '../../shared/errors.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'

/** The definition's inputs with those that were given. Throws `invalid-input` for one that the definition does not know. */
export function startRunInputs(
  definition: WorkflowDefinition,
  given: Readonly<Record<string, Json>>,
): Readonly<Record<string, Json>> {
  const known = Object.keys(definition.inputs ?? {})
  const unknown = Object.keys(given).filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new AppError(
      'invalid-input',
      unknown.map((name) => sentence(definition, name, known)).join('\n'),
      { unknown, known },
    )
  return { ...definition.inputs, ...given }
}

function sentence(definition: WorkflowDefinition, name: string, known: readonly string[]): string {
  const meant = nearest(name, known)
  const list = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`
  const hint = meant === null ? list : `Did you mean \`${meant}\`?`
  return `The workflow ${definition.name} has no input \`${name}\`. ${hint}`
}
