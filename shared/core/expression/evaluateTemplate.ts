import type { Json } from '../../schema/json.ts'
import { evaluateAsText, evaluateExpression, type Evaluated } from './evaluateExpression.ts'
import type { Scope } from './scope.ts'
import { splitTemplate, type TemplatePart } from './splitTemplate.ts'

/** The value with each `${{ … }}` in its texts replaced. A text that is one such expression keeps the value's type. */
export function evaluateTemplate(value: Json, scope: Scope): Evaluated {
  if (typeof value === 'string') return fromText(value, scope)
  if (value === null || typeof value !== 'object') return { value }
  if (isArray(value)) return fromList(value, scope)
  const entries: (readonly [string, Json])[] = []
  for (const [key, one] of Object.entries(value)) {
    const result = evaluateTemplate(one, scope)
    if ('problem' in result) return result
    entries.push([key, result.value])
  }
  return { value: Object.fromEntries(entries) }
}

function isArray(value: Json & object): value is readonly Json[] {
  return Array.isArray(value)
}

function fromList(list: readonly Json[], scope: Scope): Evaluated {
  const items: Json[] = []
  for (const one of list) {
    const result = evaluateTemplate(one, scope)
    if ('problem' in result) return result
    items.push(result.value)
  }
  return { value: items }
}

function fromText(text: string, scope: Scope): Evaluated {
  if (!text.includes('${{')) return { value: text }
  const split = splitTemplate(text)
  if ('problem' in split) return { problem: split.problem }
  const only = onlyExpression(split.parts)
  if (only !== null) return evaluateExpression(only, scope)
  let joined = ''
  for (const part of split.parts) {
    const result = part.kind === 'text' ? { value: part.text } : evaluateAsText(part.text, scope)
    if ('problem' in result) return result
    joined += result.value
    if (joined.length > longestText) return { problem: tooLong }
  }
  return { value: joined }
}

/** Four times what a step may return unless its definition allows more. */
const longestText = 64 * 1024 * 1024
const tooLong = `a text with the values in it is longer than ${longestText} characters. Hand large values over in files.`

/** Its expression when the text is nothing else, blanks aside. */
function onlyExpression(parts: readonly TemplatePart[]): string | null {
  const filled = parts.filter((part) => part.kind === 'expression' || part.text.trim() !== '')
  const [first] = filled
  return filled.length === 1 && first?.kind === 'expression' ? first.text : null
}
