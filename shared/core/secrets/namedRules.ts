// Names of keys and paths that `unstuck.json` calls secret, as rules: all of it that needs no matcher of patterns.
import type { Settings } from '../../schema/settings.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { readStatePath } from '../query/statePath.ts'
import type { SecretRules } from './secretRules.ts'

/** What of the settings cannot be used, by its place in them. It hides nothing until it is mended. */
export type RuleProblem = { readonly path: string; readonly sentence: string }

export type CompiledRules = {
  readonly rules: SecretRules
  readonly problems: readonly RuleProblem[]
}

export function namedRules({ keys, paths }: Settings['redaction']): CompiledRules {
  const names = usableRules('keys', keys, readName)
  const places = usableRules('paths', paths, readPath)
  return {
    rules: { keys: names.rules, paths: places.rules, values: [] },
    problems: [...names.problems, ...places.problems],
  }
}

/** `read` gives a rule, or the sentence that says why there is none. */
export function usableRules<Rule extends object>(
  list: string,
  texts: readonly string[],
  read: (text: string, name: string) => Rule | string,
): { readonly rules: readonly Rule[]; readonly problems: readonly RuleProblem[] } {
  const rules: Rule[] = []
  const problems: RuleProblem[] = []
  for (const [index, text] of texts.entries()) {
    const made = text === '' ? 'It is empty.' : read(text, `settings ${list}[${index}]`)
    if (typeof made === 'string')
      problems.push({ path: `/redaction/${list}/${index}`, sentence: made })
    else rules.push(made)
  }
  return { rules, problems }
}

function readName(pattern: string, name: string): SecretRules['keys'][number] | string {
  return /^\**$/.test(pattern)
    ? `\`${pattern}\` would hide every value there is.`
    : { name, pattern }
}

function readPath(path: string, name: string): SecretRules['paths'][number] | string {
  const pointer = readStatePath(path)
  if (pointer === null || pointer === '' || /^(\/\*\*)+$/.test(pointer))
    return `\`${path}\` is no path such as /inputs/card, $.inputs.card or $..card.`
  return { name, path: tokensOf(pointer) }
}
