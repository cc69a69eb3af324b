import type { StoredRuleId } from '../integrity/storedRules.ts'
import type { JsonFlaw } from './scanJson.ts'

/** What is left of a value whose text ends inside it. */
const cutValue = /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|\.|[eE][+-]?|\\|\\u[0-9a-fA-F]{0,3})$/
const byteOrderMark = '\uFEFF'

export type KnownFlaw = { readonly rule: StoredRuleId; readonly sentence: string }

/** The rule that says what became of a text which is no JSON; null where it is just not written as JSON is. */
export function flawRule(text: string, { index, sentence }: JsonFlaw): KnownFlaw | null {
  if (text.startsWith(byteOrderMark) && index === 0)
    return { rule: 'I26', sentence: 'It begins with a byte order mark.' }
  const zeros = zerosAt(text, index)
  if (zeros > 0)
    return { rule: 'I27', sentence: `${zeros} zero ${zeros === 1 ? 'byte' : 'bytes'} stand there.` }
  if (index >= text.length) return { rule: 'I28', sentence }
  if (text.length - index <= longestCut && cutValue.test(text.slice(index)))
    return { rule: 'I28', sentence: 'The text ends inside a value.' }
  if (sentence.startsWith(complete)) return { rule: 'I29', sentence }
  return null
}

const longestCut = 5
/** How the scanner says that something stands behind the value. */
const complete = 'The document is complete'

function zerosAt(text: string, index: number): number {
  let end = index
  while (text.charCodeAt(end) === 0) end += 1
  return end - index
}
