import { scanJson } from '../../codec/scanJson.ts'
import { parseText, type ParsedText, type TextObject } from '../text/parseText.ts'

/** Python's reader gives up near its limit of 1,000 calls; nothing that this engine writes comes near. */
const maxDepth = 500

export type ParsedState =
  { readonly kind: 'ok'; readonly root: TextObject } | Extract<ParsedText, { kind: 'broken' }>

/** One JSON object as Python's `json` takes it, never too deep to be walked. */
export function parseState(text: string): ParsedState {
  const deep = depthFlaw(text)
  if (deep !== null) return deep
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') return parsed
  if (parsed.root.kind === 'object') return { kind: 'ok', root: parsed.root }
  return broken(parsed.root.start, 'The document is no object.')
}

/** Whether a text is nested deeper than Python would read. */
export function isTooDeep(text: string): boolean {
  return depthFlaw(text) !== null
}

function depthFlaw(text: string): ParsedState | null {
  let depth = 0
  let deepest = 0
  let index = 0
  scanJson(
    text,
    {
      open: (_, start) => {
        depth += 1
        if (depth <= deepest) return
        deepest = depth
        index = start
      },
      close: () => {
        depth -= 1
      },
    },
    'python',
  )
  if (deepest <= maxDepth) return null
  return broken(index, `It is nested deeper than ${maxDepth} levels.`)
}

function broken(index: number, sentence: string): Extract<ParsedText, { kind: 'broken' }> {
  return { kind: 'broken', flaw: { index, sentence } }
}
