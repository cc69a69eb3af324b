// All that `unstuck.json` says of secrets, as rules. The port of RE2 is large: a screen loads this only where there are patterns.
import type { Settings } from '../../schema/settings.ts'
import { checkPattern } from '../expression/pattern/matchesPattern.ts'
import { compiledPattern } from '../expression/pattern/patternCache.ts'
import { namedRules, usableRules, type CompiledRules } from './namedRules.ts'
import type { Bounds, ValueRule } from './secretRules.ts'

export function compileRules(redaction: Settings['redaction']): CompiledRules {
  const { rules, problems } = namedRules(redaction)
  const values = usableRules('values', redaction.values, readValue)
  return {
    rules: { ...rules, values: values.rules },
    problems: [...problems, ...values.problems],
  }
}

function readValue(pattern: string, name: string): ValueRule | string {
  const problem = checkPattern(pattern)
  if (problem !== null) return `${problem[0]?.toUpperCase() ?? ''}${problem.slice(1)}`
  return { name, find: (text) => findPattern(pattern, text) }
}

/** The pattern gathers states while it matches: it is asked for anew, so that they never are many. */
function findPattern(pattern: string, text: string): readonly Bounds[] {
  const compiled = compiledPattern(pattern, text.length)
  if ('problem' in compiled) return []
  const matcher = compiled.pattern.matcher(text)
  const found: Bounds[] = []
  while (matcher.find())
    if (matcher.end() > matcher.start()) found.push({ start: matcher.start(), end: matcher.end() })
  return found
}
