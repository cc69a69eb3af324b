import type { Json } from '../../schema/json.ts'

/** What one step of the chain makes of a document. */
export type StepResult<T> = {
  readonly document: T
  /** What changes, in general. */
  readonly sentences: readonly string[]
  /** What could not be carried over as it was, and how it is kept. */
  readonly notes: readonly string[]
}

export type Fields = { readonly [key: string]: Json }

/** What is left of an object without the keys that its version knows. */
export function otherFields(document: object, known: readonly string[]): Fields {
  const entries: readonly (readonly [string, unknown])[] = Object.entries(document)
  const others = entries.filter(([key, value]) => !known.includes(key) && value !== undefined)
  return Object.fromEntries(others) as Fields // old documents were read from JSON
}

export function isEmpty(fields: Fields): boolean {
  return Object.keys(fields).length === 0
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
