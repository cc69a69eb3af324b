import { maxJsonDepth } from '../../../schema/json.ts'
import { scanJson, type JsonDialect } from '../../codec/scanJson.ts'
import { parseText, type ParsedText } from './parseText.ts'

/** A text as a tree that may be walked by functions that call themselves: one that is nested deeper is broken. Never throws. */
export function parseShallow(text: string, dialect: JsonDialect = 'rfc8259'): ParsedText {
  let depth = 0
  let tooDeepAt: number | null = null
  const visitor = {
    open: (_: unknown, start: number) => {
      depth += 1
      if (depth > maxJsonDepth) tooDeepAt ??= start
    },
    close: () => {
      depth -= 1
    },
  }
  scanJson(text, visitor, dialect)
  if (tooDeepAt === null) return parseText(text, dialect)
  const sentence = `It is nested deeper than ${maxJsonDepth} levels.`
  return { kind: 'broken', flaw: { index: tooDeepAt, sentence } }
}
