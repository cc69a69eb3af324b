/** A piece of a text: as it is, or an expression between `${{` and `}}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly text: string; readonly offset: number }

export type SplitTemplate =
  | { readonly parts: readonly TemplatePart[] }
  | { readonly problem: string; readonly offset: number }

const opening = '${{'

/** Takes a text apart at its expressions. `$${{` stands for the characters `${{` themselves. */
export function splitTemplate(text: string): SplitTemplate {
  const parts: TemplatePart[] = []
  let from = 0
  for (let start = text.indexOf(opening); start !== -1; start = text.indexOf(opening, from)) {
    if (text[start - 1] === '$' && start > from) {
      parts.push({ kind: 'text', text: text.slice(from, start - 1) + opening })
      from = start + opening.length
      continue
    }
    const end = endOf(text, start + opening.length)
    if (end === null) return { problem: 'a `${{` has no `}}` behind it.', offset: start }
    if (start > from) parts.push({ kind: 'text', text: text.slice(from, start) })
    const offset = start + opening.length
    parts.push({ kind: 'expression', text: text.slice(offset, end), offset })
    from = end + 2
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return { parts }
}

/** Where the braces close: outside of texts in quotes and of maps. */
function endOf(text: string, start: number): number | null {
  let depth = 0
  let quote = ''
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (quote !== '') {
      if (character === '\\') at += 1
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if (character === '{') depth += 1
    else if (character === '}') {
      if (depth === 0) return text[at + 1] === '}' ? at : null
      depth -= 1
    }
  }
  return null
}
