// Credentials that stand in the middle of a text: headers, addresses, variables, options, and tokens that are known by their look.
import { ruleOfKey, type Bounds, type SecretRules, type ValueRule } from './secretRules.ts'
import { isNoSecret } from './isNoSecret.ts'
import { isSuspectKey, leastRandom, looksRandom } from './looksRandom.ts'
import { hint, type Hints } from './secretHints.ts'
import { knownShapes } from './knownShapes.ts'

/** A secret in a text, and the rule that told it. `from` is where what told it begins: its name, or itself. */
export type Found = Bounds & {
  readonly from: number
  readonly rule: string
  /** Of a whole value of JSON, its quotes included: what goes around what stands for it. */
  readonly quote?: string
  /** Of a value in a whole text of JSON: where it stands, and what it is, unescaped. */
  readonly pointer?: string
  readonly secret?: string
  readonly isNumber?: boolean
}

/** In no order; they may overlap. `hints`: what is known of the text before it is looked at closely. */
export function findCredentials(
  text: string,
  rules: SecretRules,
  hints: Hints = allHints,
): readonly Found[] {
  const found: Found[] = []
  const search = { rules, found, hints }
  if (rules.keys.length + rules.values.length > 0 || mayHold.test(text)) {
    for (const { 0: whole, index } of text.matchAll(line)) {
      if (mayHold.test(whole)) findInLine(whole, index, search)
      else if (rules.keys.length > 0) findNamed(whole, index, search)
      for (const rule of rules.values) findConfigured(whole, index, { rule, found })
    }
    found.push(...findPrivateKeys(text))
  }
  return found.filter(({ start, end }) => !isNoSecret(text.slice(start, end)))
}

type Configured = { readonly rule: ValueRule; readonly found: Found[] }

function findConfigured(text: string, offset: number, { rule, found }: Configured): void {
  for (const bounds of rule.find(text)) {
    const start = offset + bounds.start
    found.push({ start, end: offset + bounds.end, from: start, rule: rule.name })
  }
}

/** Whether a text ends inside of a private key. */
export function endsInPrivateKey(text: string): boolean {
  const begin = text.lastIndexOf('-----BEGIN ')
  return begin !== -1 && text.includes('PRIVATE KEY', begin) && !text.includes('-----END', begin)
}

/** Line by line, so that a log keeps its lines. */
function findPrivateKeys(text: string): readonly Found[] {
  if (!text.includes('PRIVATE KEY')) return []
  return [...text.matchAll(privateKey)].flatMap(({ index, 0: whole, 1: begin = '' }) =>
    [...whole.slice(begin.length).matchAll(/[^\s\\][^\n]*/g)].map((body) => {
      const start = index + begin.length + body.index
      return { start, end: start + body[0].trimEnd().length, from: index, rule: 'private key' }
    }),
  )
}

const allHints: Hints = Object.values(hint).reduce<Hints>((all, one) => all | one, 0)

type Search = { readonly rules: SecretRules; readonly found: Found[]; readonly hints: Hints }

function findInLine(text: string, offset: number, search: Search): void {
  if ((search.hints & hint.shape) !== 0) findShapes(text, offset, search)
  if ((search.hints & hint.scheme) !== 0) findSchemes(text, offset, search)
  if ((search.hints & hint.address) !== 0) findAddresses(text, offset, search)
  if ((search.hints & hint.name) !== 0) findNamed(text, offset, search)
}

function findShapes(text: string, offset: number, { found }: Search): void {
  for (const { rule, pattern } of knownShapes)
    for (const { index, 0: whole } of text.matchAll(pattern)) {
      const start = offset + index
      const end = offset + endOfWord(text, index + whole.length)
      found.push({ start, end, from: start, rule })
    }
}

function findSchemes(text: string, offset: number, { found }: Search): void {
  for (const { index, 0: whole, 1: value = '' } of text.matchAll(scheme))
    if (isOpaque(value)) found.push(placed({ index, whole, value }, offset, 'auth header'))
}

function findAddresses(text: string, offset: number, { found }: Search): void {
  for (const { index, 0: whole, 1: value = '' } of text.matchAll(address)) {
    const start = offset + index + whole.length - value.length - 1
    found.push({ start, end: start + value.length, from: offset + index, rule: 'address' })
  }
  for (const { index, 0: whole, 1: user = '' } of text.matchAll(tokenAddress))
    if (user.length >= 16 && isOpaque(user))
      found.push(placed({ index, whole, value: user }, offset, 'address'))
}

/** What hangs on to a token is taken for part of it. */
function endOfWord(text: string, index: number): number {
  let end = index
  while (end < text.length && /\w/.test(text[end] ?? '')) end += 1
  return end
}

/** What stands behind a name that names a secret. */
function findNamed(text: string, offset: number, { rules, found }: Search): void {
  for (const { sign, pattern, needsOpaque } of named) {
    if (!sign.test(text)) continue
    for (const match of text.matchAll(pattern)) {
      const { index, 0: whole, groups = {} } = match
      const { name = '', value = '' } = groups
      const bare = value.replace(/^(['"])(.*)\1$/, '$2')
      const rule = needsOpaque && !isOpaque(bare) ? null : ruleOfName(name, bare, rules)
      if (rule !== null) found.push(placed({ index, whole, value }, offset, rule))
    }
  }
}

/** Also of a value that looks random beside a name that is often that of a secret. */
export function ruleOfName(name: string, value: string, rules: SecretRules): string | null {
  return (
    ruleOfKey(name, rules) ??
    (value.length >= leastRandom && isSuspectKey(name) && looksRandom(value)
      ? 'random value'
      : null)
  )
}

type Match = { readonly index: number; readonly whole: string; readonly value: string }

function placed({ index, whole, value }: Match, offset: number, rule: string): Found {
  const start = offset + index + whole.lastIndexOf(value)
  return { start, end: start + value.length, from: offset + index, rule }
}

/** "Basic knowledge" and "bearer of news" are words. */
function isOpaque(word: string): boolean {
  return word.length >= 8 && /\d|[a-z][A-Z]|=/.test(word)
}

const line = /[^\n]+/g
/** Most lines of a log hold nothing like it, and are not looked at closely. */
const mayHold =
  /pass|pwd|secret|token|key|jwt|otp|credential|auth|cookie|cv[vc]|iban|card|connection|bearer|basic|@|eyj|gh[a-z]_|_pat_|gl[a-z]{2,4}-|sk-|[spr]k_|whsec|a[ks]ia|a[bc][ci]a|xox|xapp|hooks\.|aiza|ya29|gocspx|npm_|pypi-|hf_|sg\.|_v1_|hvs\.|sig|session|sid|csrf|xsrf|seed|mnemonic|webhook/i

/** Up to the next dashes, or to what stands in no key. */
const privateKey =
  /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)(?:[A-Za-z0-9+/=\\\s:,._;@()]|-(?!----)){1,20000}/g

// Every repetition is bounded, so that no text takes longer than it is long.
const scheme = /\b(?:Bearer|Basic)\s{1,4}([\w.~+/=-]{1,8000})/gi
/** `https://user:password@host` */
const address = /\b[a-z][a-z\d+.-]{0,30}:\/\/[^\s/:@"'\\]{0,200}:([^\s/@"'\\]{1,500})@/gi
/** `https://token@host` */
const tokenAddress = /\b[a-z][a-z\d+.-]{0,30}:\/\/([\w.~-]{1,500})@/gi

type NamedRule = {
  /** Nothing fits the pattern without it. */
  readonly sign: RegExp
  readonly pattern: RegExp
  readonly needsOpaque?: true
}

const named: readonly NamedRule[] = [
  /** JSON inside of a text of JSON: `\"password\":\"…\"`. */
  {
    sign: /\\"/,
    pattern:
      /\\{1,3}"(?<name>[\w.-]{1,60})\\{1,3}"\s?:\s?(?<quote>\\{1,3}")(?<value>(?:[^"\\\n]|\\(?!\\{0,2}")[^\n]){1,2000}?)(?=\k<quote>)/g,
  },
  /** `DB_PASSWORD=…`, also in an address: `?token=…`. */
  {
    sign: /=/,
    pattern:
      /(?<![\w.-])(?<name>[\w.-]{1,60})=(?<value>'[^'\n]{1,2000}'|"[^"\n]{1,2000}"(?=[\s;)&|]|$)|[^\s"'&,;\\]{1,4000})/g,
  },
  /** `--password …` */
  {
    sign: /--/,
    pattern: /(?<![\w-])--(?<name>[\w-]{1,60})\s{1,4}(?!-)(?<value>[^\s"'\\]{1,4000})/g,
  },
  /** `Authorization: …` and `password: …`, alone on its line as headers and YAML are. */
  {
    sign: /:[ \t]/,
    pattern:
      /^[ \t>-]{0,40}(?<name>[\w-]{1,60}):[ \t]{1,10}(?!$|["'{[]|null\b|true\b|false\b)(?<value>\S[^\n]{0,4000})/gm,
  },
  /** `… token: 4f2a81bc …` inside a line. */
  {
    sign: /:[ \t]/,
    pattern: /(?<![\w.-])(?<name>[\w-]{1,60}):[ \t]{1,4}(?<value>[\w.~+/=!@#$%^*-]{8,4000})/g,
    needsOpaque: true,
  },
  /** `'password': '…'`, as Python prints it. */
  { sign: /'/, pattern: /'(?<name>[\w .-]{1,60})'\s?:\s?(?<value>'[^'\n]{1,2000}')/g },
]
