import type { ParsedText, TextObject } from '../text/parseText.ts'
import { openText } from '../view/openText.ts'

export type ParsedState =
  | { readonly kind: 'ok'; readonly root: TextObject }
  | Extract<ParsedText, { kind: 'broken' }>

/** One JSON object as Python's `json` takes it, never too deep to be walked. */
export function parseState(text: string): ParsedState {
  const opened = openText(text)
  if (opened.kind === 'broken') return opened
  if (opened.root.kind === 'object') return { kind: 'ok', root: opened.root }
  return {
    kind: 'broken',
    flaw: { index: opened.root.start, sentence: 'The document is no object.' },
  }
}
