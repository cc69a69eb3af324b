import type { Json } from '../../schema/json.ts'
import { mentionsOf, type Mentions, type Reference } from './references.ts'
import { splitTemplate } from './splitTemplate.ts'

/** Steps that an expression looks at; `all` when that is known only while it is evaluated. */
export function referencedSteps(text: string): readonly string[] | 'all' {
  const mentions = mentionsOf(text)
  return mentions === null ? [] : stepsOf([mentions])
}

/** The same for every text of a template. */
export function referencedStepsOfTemplate(value: Json): readonly string[] | 'all' {
  const mentions = expressionsOf(value).flatMap((text) => mentionsOf(text) ?? [])
  return stepsOf(mentions)
}

/** What every expression in the texts of a value looks at, in order. */
export function referencesOfTemplate(value: Json): readonly Reference[] {
  return expressionsOf(value).flatMap((text) => mentionsOf(text)?.references ?? [])
}

function stepsOf(mentions: readonly Mentions[]): readonly string[] | 'all' {
  const firsts = mentions
    .flatMap(({ references }) => references)
    .filter(({ root }) => root === 'steps')
    .map(({ path }) => path[0] ?? null)
  const names = firsts.filter((name) => name !== null)
  return names.length < firsts.length ? 'all' : [...new Set(names)]
}

/** Every expression in the texts of a value, in order. */
export function expressionsOf(value: Json): readonly string[] {
  if (typeof value === 'string') {
    if (!value.includes('${{')) return []
    const split = splitTemplate(value)
    if ('problem' in split) return []
    return split.parts.flatMap((part) => (part.kind === 'expression' ? [part.text] : []))
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((one: Json) => expressionsOf(one))
}
