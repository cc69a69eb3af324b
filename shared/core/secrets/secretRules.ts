// What counts as a secret: the built-in rules, and beside them those that `unstuck.json` names.
import { isSecretKey } from './isSecretKey.ts'

/** Part of a text, in UTF-16 units. */
export type Bounds = { readonly start: number; readonly end: number }

/** A pattern of values; `find` takes time in proportion to the text. */
export type ValueRule = {
  readonly name: string
  readonly find: (text: string) => readonly Bounds[]
  /** Where, between two places, the first that it may find begins; `to`: nowhere. Left out: anywhere. */
  readonly next?: (text: string, span: { readonly from: number; readonly to: number }) => number
}

/** How it is called in a report: by its place in the settings, because a pattern may itself be a secret. */
type Configured = { readonly name: string }

export type SecretRules = {
  /** Names of keys, compared without regard to case; `*` stands for any letters. */
  readonly keys: readonly (Configured & { readonly pattern: string })[]
  /** Pointers of the state, `*` for any key and `**` for any number of them, as their parts. */
  readonly paths: readonly (Configured & { readonly path: readonly string[] })[]
  readonly values: readonly ValueRule[]
}

export const builtInRules: SecretRules = { keys: [], paths: [], values: [] }

/** The rule by which a key names a secret; null where it names none. */
export function ruleOfKey(key: string, { keys }: SecretRules): string | null {
  if (isSecretKey(key)) return 'key'
  return keys.find(({ pattern }) => fitsName(pattern, key))?.name ?? null
}

/** The rule by which what stands at a place of the state is a secret, because its path is configured. */
export function ruleOfPath(tokens: readonly string[], { paths }: SecretRules): string | null {
  return paths.find(({ path }) => fitsPath(path, tokens))?.name ?? null
}

/** Goes back at most once a letter: no name takes longer than its length times that of the pattern. */
function fitsName(pattern: string, name: string): boolean {
  const [wanted, given] = [pattern.toLowerCase(), name.toLowerCase()]
  let at = 0
  let star = -1
  let retry = 0
  for (let index = 0; index < given.length;) {
    if (wanted[at] === '*') {
      star = at
      retry = index
      at += 1
    } else if (wanted[at] === given[index]) {
      at += 1
      index += 1
    } else if (star >= 0) {
      at = star + 1
      retry += 1
      index = retry
    } else return false
  }
  return /^\**$/.test(wanted.slice(at))
}

/** The places in the pattern that can be reached are kept, so that many `**` cost no more than one after the other. */
function fitsPath(path: readonly string[], tokens: readonly string[]): boolean {
  let reached = withDeep(path, new Set([0]))
  for (const token of tokens) {
    const next = new Set<number>()
    for (const at of reached) {
      if (path[at] === '**') next.add(at)
      else if (path[at] === '*' || path[at] === token) next.add(at + 1)
    }
    if (next.size === 0) return false
    reached = withDeep(path, next)
  }
  return reached.has(path.length)
}

/** `**` may stand for no key at all. */
function withDeep(path: readonly string[], places: Set<number>): Set<number> {
  for (const at of places) if (path[at] === '**') places.add(at + 1)
  return places
}
