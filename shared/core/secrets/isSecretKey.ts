// Which names name a secret. Guessed from words: what is missed is shown, what is masked wrongly is one click away.

/** Whether a key names a secret: `dbPassword`, `API_KEY`, `X-Auth-Token`; neither `tokens: 812` of a model nor `tokenType`. */
export function isSecretKey(key: string): boolean {
  if (!mayName.test(key)) return false
  const words = wordsOf(key)
  if (aboutOne.has(words.at(-1) ?? '')) return false
  if (harmless.has(words.slice(-2).join(' '))) return false
  return words.some(
    (word, index) => secretWords.has(word) || secretPairs.has(`${word} ${words[index + 1]}`),
  )
}

/** `X-Auth-Token`, `xAuthToken`, `X_AUTH_TOKEN`: x, auth, token. */
function wordsOf(key: string): readonly string[] {
  return key
    .slice(0, longestKey)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map((word) => word.replace(/\d+$/, ''))
    .filter((word) => word !== '')
}

const longestKey = 200

/** What a name without is none; two letters of other alphabets are ours in lower case. */
const mayName =
  /pass|pwd|secret|token|jwt|otp|credential|authorization|cookie|cv[vc]|iban|key|card|connection|[\u212a\u0130]/i

export const secretWords: ReadonlySet<string> = new Set([
  'password',
  'passwords',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'secrets',
  'token',
  'jwt',
  'otp',
  'credential',
  'credentials',
  'authorization',
  'cookie',
  'cookies',
  'cvv',
  'cvc',
  'iban',
  'apikey',
])

export const secretPairs: ReadonlySet<string> = new Set([
  'api key',
  'access key',
  'account key',
  'private key',
  'signing key',
  'encryption key',
  'master key',
  'card number',
  'connection string',
])

/** A key that ends in one of these says something of a secret, not the secret. */
const aboutOne: ReadonlySet<string> = new Set([
  'at',
  'count',
  'expired',
  'expires',
  'expiry',
  'length',
  'limit',
  'name',
  'policy',
  'ref',
  'required',
  'type',
  'usage',
])

/** Places in a list, which services call tokens too. */
const harmless: ReadonlySet<string> = new Set([
  'next token',
  'page token',
  'continuation token',
  'sync token',
])
