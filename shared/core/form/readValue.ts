import { Json } from '../../schema/json.ts'
import { expectedOf } from './checkShape.ts'
import type { FormField } from './fieldsOf.ts'

/**
 * What a text stands for, by the type of its field: `3` is a number where one is asked for, and a text where a text is. Without
 * a field, a text that is JSON is taken as JSON, unless the default is a text.
 */
export function readValue(
  { name, field, default: preset }: FormField,
  text: string,
): { readonly value: Json } | { readonly problem: string } {
  if (field === null) return { value: typeof preset === 'string' ? text : (parsed(text) ?? text) }
  const wrong = {
    problem: `\`${name}\`: expected ${expectedOf(field)}, found ${JSON.stringify(text)}.`,
  }
  switch (field.type) {
    case 'string':
    case 'text':
    case 'choice':
    case 'date':
      return { value: text }
    case 'integer':
    case 'number':
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text)
        ? { value: Number(text) }
        : wrong
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : wrong
    default: {
      const value = parsed(text)
      return value === undefined ? wrong : { value }
    }
  }
}

function parsed(text: string): Json | undefined {
  try {
    return Json.safeParse(JSON.parse(text)).data
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
