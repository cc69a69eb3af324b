import { assertNever } from '../../assert.ts'
import { Day, type Field } from '../../schema/field.ts'
import type { Json } from '../../schema/json.ts'

/** The check of a value against all of a field but its pattern: a screen asks this without loading what matches patterns. */
export function checkShape(field: Field, value: Json): string | null {
  const expected = expectedOf(field)
  switch (field.type) {
    case 'string':
    case 'text':
      if (typeof value !== 'string') return wrong(expected, value)
      return checkLength(field, value)
    case 'integer':
    case 'number': {
      if (typeof value !== 'number') return wrong(expected, value)
      const isWhole = field.type === 'number' || Number.isSafeInteger(value)
      const { minimum = -Infinity, maximum = Infinity } = field
      return isWhole && value >= minimum && value <= maximum ? null : wrong(expected, value)
    }
    case 'boolean':
      return typeof value === 'boolean' ? null : wrong(expected, value)
    case 'choice':
      return field.options.some((option) => option === value) ? null : wrong(expected, value)
    case 'date':
      return Day.safeParse(value).success ? null : wrong(expected, value)
    case 'json':
      return null
    default:
      return assertNever(field)
  }
}

/** What a field takes, in words. */
export function expectedOf(field: Field): string {
  switch (field.type) {
    case 'string':
      return 'a text'
    case 'text':
      return 'a text of one or more lines'
    case 'integer':
      return `a whole number${rangeOf(field)}`
    case 'number':
      return `a number${rangeOf(field)}`
    case 'boolean':
      return 'true or false'
    case 'choice':
      return `one of ${shorten(field.options.join(', '), 200)}`
    case 'date':
      return 'a day such as 2026-01-31'
    case 'json':
      return 'any JSON'
    default:
      return assertNever(field)
  }
}

function rangeOf(field: {
  readonly minimum?: number | undefined
  readonly maximum?: number | undefined
}): string {
  const { minimum, maximum } = field
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return `, ${minimum} or more`
  return maximum === undefined ? '' : `, ${maximum} or less`
}

type TextField = Extract<Field, { type: 'string' | 'text' }>

function checkLength(
  { minLength = 0, maxLength = Infinity }: TextField,
  value: string,
): string | null {
  const length = Array.from(value).length
  if (length >= minLength && length <= maxLength) return null
  const bound = length < minLength ? `at least ${minLength}` : `at most ${maxLength}`
  return `expected ${bound} characters, found ${length}`
}

export function wrong(expected: string, value: Json): string {
  return `expected ${expected}, found ${shorten(JSON.stringify(value), 80)}`
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}
