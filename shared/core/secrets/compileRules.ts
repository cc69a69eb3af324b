// What `unstuck.json` says of secrets, as rules. Only a host reads them so: the port of RE2 is large beside what a screen needs.
import type { Settings } from '../../schema/settings.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { checkPattern } from '../expression/pattern/matchesPattern.ts'
import { compiledPattern } from '../expression/pattern/patternCache.ts'
import { readStatePath } from '../query/statePath.ts'
import type { Bounds, SecretRules, ValueRule } from './secretRules.ts'

export type CompiledRules = {
  readonly rules: SecretRules
  /** What of the settings cannot be used, by its place in them. It hides nothing until it is mended. */
  readonly problems: readonly { readonly path: string; readonly sentence: string }[]
}

export function compileRules({ keys, values, paths }: Settings['redaction']): CompiledRules {
  const problems: { readonly path: string; readonly sentence: string }[] = []
  const usable = <T>(
    name: string,
    texts: readonly string[],
    read: (text: string, name: string) => T | string,
  ) =>
    texts.flatMap((text, index): readonly T[] => {
      const made = text === '' ? 'It is empty.' : read(text, `settings ${name}[${index}]`)
      if (typeof made !== 'string') return [made]
      problems.push({ path: `/redaction/${name}/${index}`, sentence: made })
      return []
    })
  const rules: SecretRules = {
    keys: usable('keys', keys, readName),
    values: usable('values', values, readValue),
    paths: usable('paths', paths, readPath),
  }
  return { rules, problems }
}

function readName(pattern: string, name: string): SecretRules['keys'][number] | string {
  return /^\**$/.test(pattern)
    ? `\`${pattern}\` would hide every value there is.`
    : { name, pattern }
}

function readValue(pattern: string, name: string): ValueRule | string {
  const problem = checkPattern(pattern)
  if (problem !== null) return `${problem[0]?.toUpperCase() ?? ''}${problem.slice(1)}`
  return { name, find: (text) => findPattern(pattern, text) }
}

function readPath(path: string, name: string): SecretRules['paths'][number] | string {
  const pointer = readStatePath(path)
  if (pointer === null || pointer === '' || /^(\/\*\*)+$/.test(pointer))
    return `\`${path}\` is no path such as /inputs/card, $.inputs.card or $..card.`
  return { name, path: tokensOf(pointer) }
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
