import { maxJsonDepth } from '../../../schema/json.ts'
import { scanJson } from '../../codec/scanJson.ts'
import { parseText, type ParsedText } from './parseText.ts'

/** A text as a tree that may be walked by functions that call themselves: one that is nested deeper is broken. Never throws. */
export function parseShallow(text: string): ParsedText {
  let depth = 0
  let tooDeepAt: number | null = null
  scanJson(text, {
    open: (_, start) => {
      depth += 1
      if (depth > maxJsonDepth) tooDeepAt ??= start
    },
    close: () => {
      depth -= 1
    },
  })
  if (tooDeepAt === null) return parseText(text)
  const sentence = `It is nested deeper than ${maxJsonDepth} levels.`
  return { kind: 'broken', flaw: { index: tooDeepAt, sentence } }
}
