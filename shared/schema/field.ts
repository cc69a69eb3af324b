import { z } from 'zod'
import { Json } from './json.ts'
import { lazyObject } from './lazyObject.ts'

/** A day of the calendar, `2026-01-31`. */
export const Day = z.iso.date()

const common = {
  title: z.string().max(200).optional().describe('What people read instead of the name.'),
  description: z.string().max(2000).optional().describe('What it is for.'),
  required: z
    .boolean()
    .optional()
    .describe('A field without a default has to be given, unless this is false.'),
}

/**
 * A value that a person gives: an input of a workflow, or a field of a gate's form. `text` is a string of many lines, `choice`
 * one of its `options`, `date` a day (`2026-01-31`), `json` anything.
 */
export const Field = z.discriminatedUnion('type', [
  lazyObject(() => ({
    type: z.literal(['string', 'text']),
    default: z.string().optional(),
    pattern: z
      .string()
      .max(500)
      .optional()
      .describe('A regular expression that the whole value has to match.'),
    minLength: z.number().int().min(0).optional(),
    maxLength: z.number().int().min(0).optional(),
    ...common,
  })).strict(),
  lazyObject(() => ({
    type: z.literal(['integer', 'number']),
    default: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    ...common,
  })).strict(),
  lazyObject(() => ({
    type: z.literal('boolean'),
    default: z.boolean().optional(),
    ...common,
  })).strict(),
  lazyObject(() => ({
    type: z.literal('choice'),
    options: z.array(z.string()).min(1).max(1000),
    default: z.string().optional(),
    ...common,
  })).strict(),
  z.strictObject({ type: z.literal('date'), default: Day.optional(), ...common }),
  z.strictObject({ type: z.literal('json'), default: Json.optional(), ...common }),
])
export type Field = z.infer<typeof Field>

export const fieldTypes = [
  'string',
  'text',
  'integer',
  'number',
  'boolean',
  'choice',
  'date',
  'json',
] as const satisfies readonly Field['type'][]
