import { compilePattern, type Compiled, type Uncompiled } from './compilePattern.ts'

const maxPatterns = 50
/** A pattern gathers states while it matches, up to 16 MB: it is compiled anew before they are many. */
const maxWork = 250_000

type Kept = { readonly result: Compiled | Uncompiled; work: number }
/** In the order of use, the longest unused first. */
const kept = new Map<string, Kept>()

/** The compiled pattern, kept from an earlier time where it can be. `textLength` is that of the text it is for. */
export function compiledPattern(text: string, textLength: number): Compiled | Uncompiled {
  const { result, work } = kept.get(text) ?? { result: compilePattern(text), work: 0 }
  kept.delete(text)
  const size = 'problem' in result ? 0 : result.size
  const worked = work + size * textLength
  if (worked <= maxWork) kept.set(text, { result, work: worked })
  const [oldest] = kept.keys()
  if (kept.size > maxPatterns && oldest !== undefined) kept.delete(oldest)
  return result
}
