// Values that nobody made up: they count as secrets only beside a key that may well name one.

/** Whether a key names what is often a secret and often is not: `key`, `session`, `signature`, `X-Amz-Credential`. */
export function isSuspectKey(key: string): boolean {
  if (!maySuspect.test(key)) return false
  const words = key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
  return suspectWords.has(words.at(-1) ?? '') && !openKeys.has(words.slice(-2).join(' '))
}

/** Whether a text looks like drawn by lot: long, of letters and digits, and hardly any of them twice in a row. */
export function looksRandom(text: string): boolean {
  if (text.length < leastRandom || text.length > 4000 || !/^[\w+/=.~-]+$/.test(text)) return false
  if (!/\d/.test(text) || !/[a-z]/i.test(text) || ordinary.test(text)) return false
  return bitsPerLetter(text.slice(0, 200)) >= 3.3
}

function bitsPerLetter(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

export const leastRandom = 20

const maySuspect = /auth|csrf|key|mnemonic|pat|seed|session|sid|sig|webhook|xsrf|[\u212a\u0130]/i

export const suspectWords: ReadonlySet<string> = new Set([
  'auth',
  'csrf',
  'key',
  'mnemonic',
  'pat',
  'seed',
  'session',
  'sid',
  'sig',
  'signature',
  'webhook',
  'xsrf',
])

/** Keys that everybody may know. */
const openKeys: ReadonlySet<string> = new Set([
  'cache key',
  'dedup key',
  'foreign key',
  'idempotency key',
  'object key',
  'partition key',
  'primary key',
  'public key',
  'row key',
  'sort key',
])

/** Ids in the shape of a UUID, times, and names made of words and numbers: `orders-2026-03-01-batch-17`. */
const ordinary =
  /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$|^\d{4}-\d\d-\d\d|^(?:[a-z]{1,20}|v?\d{1,14})(?:[-_./](?:[a-z]{1,20}|v?\d{1,14}))+$/i
