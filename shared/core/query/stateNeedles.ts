import { tokensOf } from '../../schema/pointer.ts'
import type { StateCondition } from '../../schema/runCondition.ts'

/** What the text of a document must have, so that it need not be read any further. */
export type Needle = {
  readonly text: string
  /** Upper and lower case are the same. */
  readonly anyCase: boolean
}

/**
 * Texts without which no document fits the condition, each written in only one way in JSON; none where that cannot be told
 * from the text, as of what must not be there.
 */
export function stateNeedles({ path, op, value, isNot }: StateCondition): readonly Needle[] {
  if (isNot) return []
  const keys = tokensOf(path).filter((key) => !/^(?:\*\*?|\d+)$/.test(key))
  const names = keys.filter(isPlain).map((key) => ({ text: `"${key}"`, anyCase: false }))
  // A number may be written in many ways.
  if (op === 'equals' && isPlain(value) && Number.isNaN(Number(value)))
    return [...names, { text: value, anyCase: false }]
  return op === 'contains' && isPlain(value)
    ? [...names, { text: value.toLowerCase(), anyCase: true }]
    : names
}

/** Nothing that JSON escapes, or may escape. */
function isPlain(text: string): boolean {
  return /^[\w .,:;@#$%()+=-]+$/.test(text)
}
