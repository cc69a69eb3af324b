import { maxJsonDepth } from '../../../schema/json.ts'
import { scanJson } from '../../codec/scanJson.ts'
import { parseText, type ParsedText } from '../text/parseText.ts'

/**
 * A text that Python's `json` wrote, as a tree. Nested deeper than we walk is broken: Python refuses it too. Never throws.
 */
export function openText(text: string): ParsedText {
  let depth = 0
  let tooDeep = -1
  scanJson(
    text,
    {
      open: (_, start) => {
        depth += 1
        if (depth > maxJsonDepth && tooDeep === -1) tooDeep = start
      },
      close: () => {
        depth -= 1
      },
    },
    'python',
  )
  if (tooDeep === -1) return parseText(text, 'python')
  const sentence = `It is nested deeper than ${maxJsonDepth} levels.`
  return { kind: 'broken', flaw: { index: tooDeep, sentence } }
}
