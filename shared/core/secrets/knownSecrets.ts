// Secrets that were found once are found wherever else they stand: in a log, in a message, inside of an address.
import { looksRandom } from './looksRandom.ts'
import { isNoSecret } from './isNoSecret.ts'
import type { Bounds, ValueRule } from './secretRules.ts'

export type KnownSecrets = Required<ValueRule> & {
  /** `isNamed`: its own key names a secret, not only one above it. */
  readonly learn: (secret: string, told: { readonly isNamed: boolean }) => void
}

/** `keep`: names that stay readable although they are the value of a secret too. */
export function createKnownSecrets(keep: readonly string[]): KnownSecrets {
  /** By how they begin, so that any number of them costs one look-up. */
  const byStart = new Map<string, Set<string>>()
  /** A mark for the first four letters of each: what is none of them is passed over at once. */
  const marks = new Uint8Array(65536)
  const letters = new Uint8Array(65536)
  const add = (secret: string) => {
    const start = secret.slice(0, leastLength)
    byStart.set(start, (byStart.get(start) ?? new Set()).add(secret))
    marks[markAt(secret, 0)] = 1
    letters[secret.charCodeAt(0)] = 1
  }
  const next: KnownSecrets['next'] = (text, { from, to }) => {
    if (byStart.size === 0) return to
    const end = Math.min(to, text.length - leastLength + 1)
    for (let start = from; start < end; start += 1) {
      if (letters[text.charCodeAt(start)] === 0) continue
      if (marks[markAt(text, start)] === 1 && byStart.has(text.slice(start, start + leastLength)))
        return start
    }
    return to
  }
  return {
    name: 'same value',
    next,
    learn: (secret, { isNamed }) => {
      for (const line of secret.split('\n')) {
        const text = line.trim()
        if (!isTelling(text) || (!isNamed && !looksRandom(text)) || keep.includes(text)) continue
        for (const written of writtenAs(text)) add(written)
      }
    },
    find: (text) => {
      const found: Bounds[] = []
      const to = text.length
      for (
        let start = next(text, { from: 0, to });
        start < to;
        start = next(text, { from: start + 1, to })
      ) {
        const secrets = byStart.get(text.slice(start, start + leastLength)) ?? []
        for (const secret of secrets)
          if (text.startsWith(secret, start)) found.push({ start, end: start + secret.length })
      }
      return found
    },
  }
}

const leastLength = 8

function markAt(text: string, start: number): number {
  const first = text.charCodeAt(start) * 31 + text.charCodeAt(start + 1)
  return ((first * 31 + text.charCodeAt(start + 2)) * 31 + text.charCodeAt(start + 3)) & 65535
}

/** Whether a text, wherever it stands, can hardly be anything but this secret: no word, no short number, no time. */
function isTelling(text: string): boolean {
  if (text.length < leastLength || isNoSecret(text)) return false
  if (/^\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?$/.test(text)) return false
  return text.length >= 16 || /\d|[^\w\s]|[a-z][A-Z]/.test(text)
}

/** As it is, inside of JSON, and inside of an address. */
function writtenAs(text: string): ReadonlySet<string> {
  const inAddress = /\p{Cs}/u.test(text) ? text : encodeURIComponent(text)
  return new Set([text, JSON.stringify(text).slice(1, -1), inAddress])
}
