import type { Json } from '../../schema/json.ts'
import { checkExpression, type Known } from './checkExpression.ts'
import type { ExpressionProblem } from './parseExpression.ts'
import { splitTemplate } from './splitTemplate.ts'

/** A flaw in one of the texts of a value; `path` leads to it. */
export type TemplateProblem = ExpressionProblem & { readonly path: readonly (string | number)[] }

/** Everything that is wrong with the expressions in a value's texts, before they are ever evaluated. */
export function checkTemplate(value: Json, known: Known = {}): readonly TemplateProblem[] {
  if (typeof value === 'string')
    return checkText(value, known).map((problem) => ({ ...problem, path: [] }))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]: readonly [string, Json]) => {
    const part = Array.isArray(value) ? Number(key) : key
    return checkTemplate(one, known).map((problem) => ({
      ...problem,
      path: [part, ...problem.path],
    }))
  })
}

function checkText(text: string, known: Known): readonly ExpressionProblem[] {
  if (!text.includes('${{')) return []
  const split = splitTemplate(text)
  if ('problem' in split)
    return [{ message: split.problem, offset: split.offset, suggestion: null }]
  return split.parts.flatMap((part) => {
    if (part.kind === 'text') return []
    return checkExpression(part.text, known).map((problem) => ({
      ...problem,
      offset: part.offset + problem.offset,
    }))
  })
}
