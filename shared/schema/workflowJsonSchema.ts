import { z } from 'zod'
import { Field } from './field.ts'
import type { Json } from './json.ts'
import { StepDefinition, stepKinds, Wait, WorkflowDefinition } from './workflow.ts'

type Schema = z.core.JSONSchema.BaseSchema

/**
 * The JSON Schema of a workflow's file, for editors: it says what the schema says, as far as JSON Schema can. Graph, expressions
 * and what contradicts itself are found by `unstuck validate`.
 */
export function workflowJsonSchema(): Json {
  const schema = toSchema(WorkflowDefinition)
  return {
    title: 'Unstuck workflow',
    description:
      'Steps that are carried out in the order of their needs, and resumed where they were interrupted.',
    ...(schema as { [key: string]: Json }), // a JSON Schema is JSON
  }
}

function toSchema(type: z.ZodType): Schema {
  return z.toJSONSchema(type, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema, path }) => {
      if (zodSchema === StepDefinition)
        jsonSchema.oneOf = fileKinds.map((kind) => ({ required: [kind] }))
      if (zodSchema === Wait) jsonSchema.oneOf = [{ required: ['for'] }, { required: ['until'] }]
      if (path.at(-1) === 'steps' && path.length === 2) {
        jsonSchema.minProperties = 1
        jsonSchema.propertyNames = {
          type: 'string',
          pattern: '^(?!__proto__$)[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$',
        }
      }
      if (path.at(-1) === 'inputs') jsonSchema.additionalProperties = { anyOf: [fieldSchema(), {}] }
      if (path.at(-1) === 'fields') jsonSchema.additionalProperties = fieldSchema()
    },
  })
}

/** A step of a file cannot name a function of a program. */
const fileKinds = stepKinds.filter((kind) => kind !== 'function')

function fieldSchema(): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(Field, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  })
  return schema
}
