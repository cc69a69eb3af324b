import type { Field } from '../../schema/field.ts'
import type { Json } from '../../schema/json.ts'
import { checkPattern, matchesWhole } from '../expression/pattern/matchesPattern.ts'
import { checkShape, wrong } from './checkShape.ts'

/** Why a value does not fit a field, as `expected …, found …`; null when it fits. */
export function checkValue(field: Field, value: Json): string | null {
  const flaw = checkShape(field, value)
  if (flaw !== null || typeof value !== 'string' || !('pattern' in field)) return flaw
  return checkAgainstPattern(field.pattern, value)
}

/** What contradicts itself in a field: bounds, a pattern, a default that does not fit. */
export function checkField(field: Field): readonly string[] {
  const problems: string[] = []
  if ('pattern' in field && field.pattern !== undefined) problems.push(...flawsOf(field.pattern))
  if ('minimum' in field && (field.minimum ?? -Infinity) > (field.maximum ?? Infinity))
    problems.push('its `minimum` is larger than its `maximum`.')
  if ('minLength' in field && (field.minLength ?? 0) > (field.maxLength ?? Infinity))
    problems.push('its `minLength` is larger than its `maxLength`.')
  if (problems.length > 0 || field.default === undefined) return problems
  const flaw = checkValue(field, field.default)
  return flaw === null ? [] : [`its default does not fit: ${flaw}.`]
}

function flawsOf(pattern: string): readonly string[] {
  const flaw = checkPattern(pattern)
  return flaw === null ? [] : [flaw]
}

function checkAgainstPattern(pattern: string | undefined, value: string): string | null {
  if (pattern === undefined) return null
  const result = matchesWhole(pattern, value)
  if ('problem' in result) return result.problem.replace(/\.$/, '')
  return result.matches ? null : wrong(`a text that matches ${pattern}`, value)
}
