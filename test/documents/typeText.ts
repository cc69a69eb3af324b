// A JSON Schema in the words of TypeScript, cut where it becomes long.
import { z } from 'zod'

const Schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  prefixItems: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  default: z.unknown().optional(),
  $ref: z.string().optional(),
})
type Schema = z.infer<typeof Schema>

/** One field a line where it is an object; deeper ones are cut. */
export function typeLines(given: unknown): readonly string[] {
  const schema = Schema.parse(given)
  if (schema.properties === undefined) return [typeText(schema, depths)]
  const fields = fieldsOf(schema, depths - 1)
  return fields.length === 0 ? ['{}'] : ['{', ...fields.map((field) => `  ${field}`), '}']
}

const depths = 3
const longest = 110

function typeText(given: unknown, depth: number): string {
  const text = wholeText(Schema.parse(given), depth)
  return text.length > longest && depth > 0 ? typeText(given, depth - 1) : text
}

function wholeText(schema: Schema, depth: number): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return unionOf(schema.enum.map((value) => JSON.stringify(value)))
  const options = schema.anyOf ?? schema.oneOf
  if (options !== undefined) return unionOf(options.map((option) => typeText(option, depth)))
  if (schema.allOf !== undefined)
    return schema.allOf.map((option) => typeText(option, depth)).join(' & ')
  if (schema.prefixItems !== undefined)
    return `[${schema.prefixItems.map((item) => typeText(item, depth - 1)).join(', ')}]`
  if (schema.type === 'array') return arrayOf(typeText(schema.items ?? {}, depth - 1))
  if (schema.properties !== undefined)
    return depth <= 0 ? '{ … }' : `{ ${fieldsOf(schema, depth - 1).join('; ')} }`
  if (schema.type === 'object')
    return `{ [key: string]: ${typeText(schema.additionalProperties ?? {}, depth - 1)} }`
  return schema.type === undefined ? 'unknown' : [schema.type].flat().map(plain).join(' | ')
}

function fieldsOf(schema: Schema, depth: number): readonly string[] {
  const required = new Set(schema.required)
  return Object.entries(schema.properties ?? {}).map(
    ([name, value]) => `${name}${required.has(name) ? '' : '?'}: ${typeText(value, depth)}`,
  )
}

function plain(type: string): string {
  return type === 'integer' ? 'number' : type
}

function arrayOf(item: string): string {
  return / [|&] /.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`
}

/** Many literals are cut. */
function unionOf(options: readonly string[]): string {
  const all = [...new Set(options)]
  return all.length > 12 ? [...all.slice(0, 10), '…'].join(' | ') : all.join(' | ')
}
