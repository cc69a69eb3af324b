// What masks the values of a bundle and keeps account of it. The one door to the rules of `shared/core/secrets`.
import type { Json } from '../../schema/json.ts'
import type { RedactionReport } from '../../schema/bundle.ts'
import { isSecretKey } from '../secrets/isSecretKey.ts'
import { mask } from '../secrets/maskCredentials.ts'
import { maskText } from '../secrets/maskSecrets.ts'
import { isObject } from './sealJournal.ts'

/** Where a value stands. */
export type RedactionSpot = { readonly file: string; readonly place: string }

export interface Redactor {
  /** A text of any kind: credentials that are known by their look, and secrets that stood under a key elsewhere. */
  text(text: string, spot: RedactionSpot): string
  /** A free value, under the keys above it: what stands under one that names a secret is masked whole. */
  value(value: Json, keys: readonly string[], spot: RedactionSpot): Json
  /** Remembers the values under secret keys, so that they are masked wherever else they stand. */
  learn(value: Json, keys: readonly string[]): void
  /** What was learned is of one run: before the next it is forgotten. The account goes on. */
  forget(): void
  report(): RedactionReport
}

export const redactionRules = {
  key: 'under a key that names a secret',
  look: 'a credential in a text',
  known: 'a secret of another place',
} as const
type Rule = keyof typeof redactionRules

/** [B50] */
export function createRedactor(): Redactor {
  const account = createAccount()
  const known = new Set<string>()

  function text(original: string, spot: RedactionSpot): string {
    const looked = maskText(original)
    if (looked !== original) account.note('look', spot)
    let masked = looked
    for (const secret of known) {
      if (!masked.includes(secret)) continue
      masked = masked.replaceAll(secret, mask)
      account.note('known', spot)
    }
    return masked
  }

  function value(given: Json, keys: readonly string[], spot: RedactionSpot): Json {
    const isSecret = keys.some((key) => isSecretKey(key))
    return walk(given, (leaf, below) => {
      const at = { ...spot, place: `${spot.place}${below.map(pointerPart).join('')}` }
      if (!isSecret && !below.some((key) => isSecretKey(key)))
        return typeof leaf === 'string' ? text(leaf, at) : leaf
      if (!saysSomething(leaf) || leaf === mask) return leaf
      account.note('key', at)
      return mask
    })
  }

  function learn(given: Json, keys: readonly string[]): void {
    const isSecret = keys.some((key) => isSecretKey(key))
    walk(given, (leaf, below) => {
      const isOne = isSecret || below.some((key) => isSecretKey(key))
      if (isOne && typeof leaf === 'string' && leaf.length >= shortestKnown && leaf !== mask)
        known.add(leaf)
      return leaf
    })
  }

  return { text, value, learn, forget: () => known.clear(), report: account.report }
}

/** Nothing is masked, and nothing is said to be. */
export const keepAll: Redactor = {
  text: (text) => text,
  value: (value) => value,
  learn: () => undefined,
  forget: () => undefined,
  report: () => ({ total: 0, byRule: {}, places: [], morePlaces: 0 }),
}

function createAccount() {
  const byRule: Record<string, number> = {}
  const places = new Map<string, { rule: string; file: string; place: string; count: number }>()
  let [total, morePlaces] = [0, 0]
  return {
    note: (name: Rule, { file, place }: RedactionSpot): void => {
      const rule = redactionRules[name]
      total += 1
      byRule[rule] = (byRule[rule] ?? 0) + 1
      const key = `${rule} ${file} ${place}`
      const known = places.get(key)
      if (known !== undefined) known.count += 1
      else if (places.size < mostPlaces)
        places.set(key, { rule, file, place: place.slice(0, 1000), count: 1 })
      else morePlaces += 1
    },
    report: (): RedactionReport => ({
      total,
      byRule,
      places: [...places.values()],
      morePlaces,
    }),
  }
}

/** `null`, `true`, `false`, `""` stay: that a secret is missing is often why a run is stuck. */
function saysSomething(leaf: Json): boolean {
  return typeof leaf === 'number' || (typeof leaf === 'string' && leaf !== '')
}

type Change = (leaf: Json, keys: readonly string[]) => Json

function walk(value: Json, change: Change, keys: readonly string[] = []): Json {
  if (Array.isArray(value))
    return value.map((item: Json, index) => walk(item, change, [...keys, String(index)]))
  return isObject(value)
    ? mapObject(value, (item, key) => walk(item, change, [...keys, key]))
    : change(value, keys)
}

/** Each value of an object changed, also under a key such as `__proto__`. */
export function mapObject(
  value: { readonly [key: string]: Json },
  change: (item: Json, key: string) => Json,
): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
}

export function pointerPart(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

const shortestKnown = 8
const mostPlaces = 500
