// Where a value of JSON stands, and whether that makes it a secret.
import { pointer } from '../../schema/pointer.ts'
import { ruleOfKey, ruleOfPath, type SecretRules } from './secretRules.ts'

export type JsonPlace = {
  /** Keys in the text, those with a secret in them masked. */
  readonly shown: readonly string[]
  /** Keys in the state, where the text tells it in another form. */
  readonly state: readonly string[]
  /** Why it is a secret; null: it is none by its place. */
  readonly rule: string | null
  /** Its own key says so, not only one above it. */
  readonly isNamed: boolean
  /** It declares a field whose name names a secret: why its default is one. */
  readonly declares: string | null
}

export type PlaceRules = {
  readonly rules: SecretRules
  /** By pointer of the text, which place of the state stands there. */
  readonly meanings: ReadonlyMap<string, readonly string[]>
}

/** Of a text that is itself a part of a state, the place of that part is told with it. */
export function rootPlace(kind: JsonKind, { rules, meanings }: PlaceRules): JsonPlace {
  const state = meanings.get('') ?? []
  const rule = ruleAlong(state, kind, rules)
  return { shown: state, state, rule, isNamed: rule !== null, declares: null }
}

/** `field`: an object that declares a field of a form. */
export type JsonKind = 'object' | 'field' | 'array' | 'scalar'

/** `shown`: the key as it may be told. */
export function placeBelow(
  above: JsonPlace,
  key: { readonly token: string; readonly shown: string; readonly kind: JsonKind },
  { rules, meanings }: PlaceRules,
): JsonPlace {
  const shown = [...above.shown, key.shown]
  const meant = shown.length <= deepestMeaning ? meanings.get(pointer(...shown)) : undefined
  const state = meant ?? [...above.state, key.token]
  const told =
    meant === undefined ? ruleAt(state, key.kind, rules) : ruleAlong(state, key.kind, rules)
  const own = told ?? (key.token === 'default' ? above.declares : null)
  const declares = key.kind === 'field' && above.rule === null ? own : null
  const rule = declares === null ? (own ?? above.rule) : null
  return { shown, state, rule, isNamed: own !== null, declares }
}

const deepestMeaning = 3

function ruleAlong(state: readonly string[], kind: JsonKind, rules: SecretRules): string | null {
  for (let length = 1; length <= state.length; length += 1) {
    const isLast = length === state.length
    const rule = ruleAt(state.slice(0, length), isLast ? kind : 'object', rules)
    if (rule !== null) return rule
  }
  return null
}

/** The name of a step names no secret, but what such a step returns may well be one. */
function ruleAt(state: readonly string[], kind: JsonKind, rules: SecretRules): string | null {
  const key = state.at(-1) ?? ''
  const byPath = rules.paths.length === 0 ? null : ruleOfPath(state, rules)
  if (byPath !== null) return byPath
  if (kind !== 'scalar' && state.at(-2) === 'steps') return null
  const byStep =
    state.length === 3 && state[0] === 'steps' && (key === 'output' || key === 'item')
      ? ruleOfKey(state[1] ?? '', rules)
      : null
  return byStep ?? ruleOfKey(key, rules)
}
