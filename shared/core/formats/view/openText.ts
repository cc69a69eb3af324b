import { parseShallow } from '../text/parseShallow.ts'
import type { ParsedText } from '../text/parseText.ts'

/** A text that Python's `json` wrote, as a tree. Nested deeper than we walk is broken: Python refuses it too. Never throws. */
export function openText(text: string): ParsedText {
  return parseShallow(text, 'python')
}
