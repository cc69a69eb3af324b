// What a text must hold before any rule can find a secret in it: one look at each letter, so that most of a log is passed over.
import { secretPairs, secretWords } from './isSecretKey.ts'
import { leastRandom, suspectWords } from './looksRandom.ts'
import type { SecretRules } from './secretRules.ts'

/** What sorts of secrets there may be: `hint.name | hint.shape | …` */
export type Hints = number

export const hint = { name: 1, shape: 2, scheme: 4, address: 8, value: 16 } as const

export type SecretHints = {
  /** Nothing is found in a text of which this is 0. A text with colours is asked without them. */
  readonly of: (text: string) => Hints
  /** Where, from there on, the first hint is; the length of the text: nowhere. Colours of a terminal are one. */
  readonly next: (text: string, from: number) => number
}

/** [X101] Never passes over what a rule would find. */
export function createSecretHints(rules: SecretRules): SecretHints {
  const literals = rules.keys.map(({ pattern }) => literalOf(pattern))
  const table = literals.length === 0 ? builtIn : tableOf([...builtInHints, ...literals.map(named)])
  // A name that is known by fewer than three letters, or by others than ours, may stand anywhere.
  const isAnywhere = literals.some((literal) => !/^[ -~]{3,}$/.test(literal))
  return {
    of: (text) => {
      const names = isAnywhere ? hint.name : 0
      const value = nextValue(rules, text, { from: 0, to: text.length })
      return scan(text, 0, table).hints | names | (value < text.length ? hint.value : 0)
    },
    next: (text, from) => {
      if (isAnywhere) return from
      const { at } = scan(text, from, table, true)
      return nextValue(rules, text, { from, to: at })
    },
  }
}

type Span = { readonly from: number; readonly to: number }

function nextValue({ values }: SecretRules, text: string, { from, to }: Span): number {
  return values.reduce(
    (first, { next }) => (next === undefined ? from : next(text, { from, to: first })),
    to,
  )
}

type Hint = {
  /** In lower case, unless its case is told. */
  readonly text: string
  readonly hints: Hints
  readonly isCased?: boolean
  /** No letter stands before it. */
  readonly isStart?: boolean
  /** It ends a word of a name. */
  readonly isEnd?: boolean
  /** It names a secret behind one of these words, and else only where the value looks random. */
  readonly behind?: RegExp
}

/** By three letters without their case. */
type Table = { readonly marks: Uint8Array; readonly hints: ReadonlyMap<number, readonly Hint[]> }

function scan(
  text: string,
  from: number,
  { marks, hints }: Table,
  isFirst = false,
): { readonly hints: Hints; readonly at: number } {
  let found = 0
  let key = 0
  for (let index = from; index < text.length; index += 1) {
    const letter = text.charCodeAt(index)
    key = ((key << 5) | (letter & 31)) & 32767
    const isOdd = letter === at || letter >= 0x80 || letter === escape
    if (!isOdd && marks[key] === 0) continue
    const told = hintsAt(text, index, hints.get(key)) | (isOdd ? hintsOf(text, index, letter) : 0)
    found |= told
    if (isFirst && told !== 0) return { hints: found, at: isOdd ? index : index - 2 }
  }
  return { hints: found, at: text.length }
}

function hintsAt(text: string, last: number, hints: readonly Hint[] | undefined): Hints {
  if (hints === undefined) return 0
  const start = last - 2
  let found = 0
  for (const { text: wanted, hints: told, isCased, isStart, isEnd, behind } of hints) {
    const end = start + wanted.length
    const piece = text.slice(Math.max(0, start), end)
    if ((isCased === true ? piece : piece.toLowerCase()) !== wanted) continue
    if (isStart === true && isWord(text.charCodeAt(start - 1))) continue
    if (isEnd === true && isLowerCase(text.charCodeAt(end))) continue
    if (behind !== undefined && !isSuspected(text, { start, end, behind })) continue
    found |= told
  }
  return found
}

type Suspect = { readonly start: number; readonly end: number; readonly behind: RegExp }

/** A value that looks random stands soon behind its name, and is long. */
function isSuspected(text: string, { start, end, behind }: Suspect): boolean {
  return (
    hasLongRun(text, end, Math.min(text.length, end + longestName)) ||
    behind.test(text.slice(Math.max(0, start - longestName), start))
  )
}

/** Whether letters that a random value is made of stand there in a row. The last of a run is looked at first: most are none. */
function hasLongRun(text: string, from: number, to: number): boolean {
  let start = from
  for (let last = start + leastRandom - 1; last < to; last = start + leastRandom - 1) {
    let at = last
    while (at >= start && isOfRandom(text.charCodeAt(at))) at -= 1
    if (at < start) return true
    start = at + 1
  }
  return false
}

function isOfRandom(code: number): boolean {
  return isWord(code) || (code >= 45 && code <= 47) || code === 43 || code === 61 || code === 126
}

/** Of a key of JSON with what is escaped in it, and more. */
const longestName = 500

function hintsOf(text: string, index: number, letter: number): Hints {
  if (letter === at)
    return text.slice(Math.max(0, index - longestAddress), index).includes('://') ? hint.address : 0
  // Letters that are ours in lower case only.
  if (letter === kelvin || letter === dottedI) return hint.name
  return letter === escape ? hint.value : 0
}

function isWord(code: number): boolean {
  return (
    isLowerCase(code) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
  )
}

function isLowerCase(code: number): boolean {
  return code >= 97 && code <= 122
}

const at = 64
const escape = 27
const kelvin = 0x212a
const dottedI = 0x130
/** Of what stands before the `@` of an address with a credential. */
const longestAddress = 800

function tableOf(all: readonly Hint[]): Table {
  const marks = new Uint8Array(32768)
  const hints = new Map<number, Hint[]>()
  for (const one of all) {
    let key = 0
    for (const index of [0, 1, 2]) key = (key << 5) | (one.text.charCodeAt(index) & 31)
    marks[key] = 1
    hints.set(key, [...(hints.get(key) ?? []), one])
  }
  return { marks, hints }
}

/** The longest part of a pattern of names that stands in each name it fits. */
function literalOf(pattern: string): string {
  const parts = pattern.toLowerCase().split('*')
  return parts.toSorted((a, b) => b.length - a.length)[0] ?? ''
}

function named(text: string): Hint {
  return { text, hints: hint.name }
}

const pairs = [...secretPairs].map((pair) => pair.split(' '))

/** The words that make a secret's name of one that is none by itself. */
function behindOf(word: string): RegExp {
  const first = pairs.flatMap(([one = '', second]) => (second === word ? [one] : []))
  return first.length === 0 ? /^(?!)/ : new RegExp(`(?:${first.join('|')})[^a-z]*$`, 'i')
}

const nameHints: readonly Hint[] = [
  ...[...secretWords].map((text) => ({ text, hints: hint.name, isEnd: true })),
  ...[...new Set([...suspectWords, ...pairs.map(([, second = '']) => second)])].map((text) => ({
    text,
    hints: hint.name,
    isEnd: true,
    behind: behindOf(text),
  })),
]

/** How the patterns of `knownShapes` begin. */
const shapeStarts =
  'AGE-SECRET-KEY-1 eyJ AKIA ASIA ABIA ACCA ghp_ gho_ ghu_ ghs_ ghr_ github_pat_ glpat- gldt- glrt- glcbt- glptt- glft- glsoat- xoxa- xoxb- xoxe- xoxp- xoxr- xoxs- xapp- hooks.slack.com sk_live_ sk_test_ pk_live_ pk_test_ rk_live_ rk_test_ whsec_ AIza ya29. GOCSPX- sk- npm_ pypi- hf_ SG. dop_v1_ doo_v1_ dor_v1_ hvs.'

const builtInHints: readonly Hint[] = [
  ...nameHints,
  ...shapeStarts
    .split(' ')
    .map((text) => ({ text, hints: hint.shape, isCased: true, isStart: true })),
  // Lines behind it belong to it, whatever follows.
  { text: 'PRIVATE KEY', hints: hint.name, isCased: true },
  ...['bearer', 'basic'].map((text) => ({ text, hints: hint.scheme, isStart: true, isEnd: true })),
]
const builtIn = tableOf(builtInHints)
