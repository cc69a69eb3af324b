// The secrets of a whole text of JSON: by the place of a value, and inside of its texts. Nothing else of the text is touched.
import { unquote } from '../codec/pointer.ts'
import { scanJson } from '../codec/scanJson.ts'
import { pointer } from '../../schema/pointer.ts'
import { findCredentials, ruleOfName, type Found } from './findCredentials.ts'
import { findSecrets } from './findSecrets.ts'
import { isNoSecret } from './isNoSecret.ts'
import { placeBelow, rootPlace, type JsonKind, type JsonPlace } from './jsonPlace.ts'
import { builtInRules, type SecretRules } from './secretRules.ts'

export type FoundInJson = Found & {
  readonly pointer: string
  readonly secret: string
  /** Its own key or look says that it is one, not only a key above it. */
  readonly isNamed: boolean
}

export type JsonReading = {
  readonly rules: SecretRules
  /** By pointer of the text, which place of the state stands there. */
  readonly meanings: ReadonlyMap<string, readonly string[]>
  /** A run or a record: configured patterns do not touch the ids and times that make it one. */
  readonly isNative: boolean
}

/** In the order of the text, apart from each other; null for a text that is not one value of JSON. */
export function findInJson(
  text: string,
  reading: JsonReading,
  depth = 0,
): readonly FoundInJson[] | null {
  const found: FoundInJson[] = []
  const open: Level[] = []
  const enter = (start: number): JsonPlace => {
    const above = open.at(-1)
    if (above === undefined) return rootPlace(kindAt(text, start), reading)
    if (above.isArray) above.at += 1
    const token = above.isArray ? String(above.at) : above.token
    const shown = above.isArray ? token : above.shown
    return placeBelow(above.place, { token, shown, kind: kindAt(text, start) }, reading)
  }
  const flaw = scanJson(text, {
    open: (kind, start) => {
      const place = enter(start)
      open.push({ place, isArray: kind === 'array', at: -1, token: '', shown: '' })
    },
    close: () => void open.pop(),
    key: (start, end) => {
      const level = open.at(-1)
      if (level === undefined) return
      const inKey = findInKey(text.slice(start, end), start, { level, reading })
      found.push(...inKey.found)
      level.token = inKey.token
      level.shown = inKey.found.length === 0 ? inKey.token : '«redacted»'
    },
    scalar: (start, end) => {
      const above = open.at(-1)
      // Most of a large state are numbers in lists, which only a place can make a secret.
      if (above?.isArray === true && text[start] !== '"' && isPlain(above.place, reading)) {
        above.at += 1
        return
      }
      const place = enter(start)
      const key = above === undefined || above.isArray ? '' : above.token
      found.push(...findInScalar(text.slice(start, end), start, { place, key, reading, depth }))
    },
  })
  return flaw === null ? found : null
}

type Level = {
  readonly place: JsonPlace
  readonly isArray: boolean
  at: number
  token: string
  shown: string
}

function isPlain({ rule, state }: JsonPlace, { rules, meanings }: JsonReading): boolean {
  return rule === null && rules.paths.length === 0 && (meanings.size === 0 || state.length > 3)
}

function kindAt(text: string, start: number): JsonKind {
  if (text[start] === '[') return 'array'
  if (text[start] !== '{') return 'scalar'
  return declaration.test(text.slice(start, start + 2500)) ? 'field' : 'object'
}

/** An object whose own `type` is that of a field. */
const declaration =
  /^\{[^{}[\]]{0,2000}?"type"\s{0,20}:\s{0,20}"(?:string|text|integer|number|boolean|choice|date|json)"/

type InKey = { readonly level: Level; readonly reading: JsonReading }

function findInKey(lexeme: string, start: number, { level, reading }: InKey) {
  const token = unquote(lexeme)
  const isName = reading.isNative && level.place.state.at(-1) === 'steps'
  const inside = findCredentials(token, isName ? builtInRules : reading.rules)
  if (inside.length === 0) return { token, found: [] }
  const told = { isNamed: true, pointer: pointer(...level.place.shown) }
  return { token, found: placedInside(inside, { lexeme, start, text: token }, told) }
}

type InScalar = {
  readonly place: JsonPlace
  readonly key: string
  readonly reading: JsonReading
  readonly depth: number
}

function findInScalar(
  lexeme: string,
  start: number,
  { place, key, reading, depth }: InScalar,
): readonly FoundInJson[] {
  const isText = lexeme.startsWith('"')
  if (!isText && (place.rule === null || !/^[-\d]/.test(lexeme))) return []
  const text = isText ? unquote(lexeme) : lexeme
  if (isNoSecret(text)) return []
  const told = { isNamed: place.isNamed, pointer: pointer(...place.shown) }
  const rule = place.rule ?? ruleOfName(key, text, builtInRules)
  if (rule !== null) {
    const end = start + lexeme.length
    return [{ start, end, from: start, rule, secret: text, isNumber: !isText, quote: '"', ...told }]
  }
  const isFixed = reading.isNative && isStructural(place.state)
  const rules = isFixed ? builtInRules : reading.rules
  const inside = findInText(text, rules, depth)
  return placedInside(inside, { lexeme, start, text }, { ...told, isNamed: true })
}

/** A text may hold JSON, whose texts may hold JSON. */
function findInText(text: string, rules: SecretRules, depth: number): readonly Found[] {
  const mayBeJson = depth < deepestJson && /^\s{0,100}[{[]/.test(text)
  const reading = { rules, meanings: new Map(), isNative: false }
  return (mayBeJson ? findInJson(text, reading, depth + 1) : null) ?? findSecrets(text, rules)
}

const deepestJson = 3

type Lexeme = { readonly lexeme: string; readonly start: number; readonly text: string }
type Told = Pick<FoundInJson, 'isNamed' | 'pointer'>

/** What was found in a text, where it stands in its lexeme. */
function placedInside(
  inside: readonly Found[],
  { lexeme, start, text }: Lexeme,
  told: Told,
): readonly FoundInJson[] {
  if (inside.length === 0) return []
  const place = placesIn(lexeme)
  return inside.map((found) => ({
    ...told,
    ...found,
    secret: found.secret ?? text.slice(found.start, found.end),
    start: start + place(found.start),
    end: start + place(found.end),
    from: start + place(found.from),
    quote: JSON.stringify(found.quote ?? '').slice(1, -1),
    pointer: told.pointer,
  }))
}

/** Where a letter of the text of a lexeme stands in the lexeme. */
function placesIn(lexeme: string): (index: number) => number {
  if (!lexeme.includes('\\')) return (index) => index + 1
  const places: number[] = []
  for (let at = 1; at < lexeme.length; at += 1) {
    places.push(at)
    if (lexeme[at] === '\\') at += lexeme[at + 1] === 'u' ? 5 : 1
  }
  return (index) => places[index] ?? lexeme.length - 1
}

/** What makes a run or a record one; everything in it that a workflow or a person wrote is none of it. */
function isStructural(state: readonly string[]): boolean {
  const [first = '', second, third = ''] = state
  if (first === 'inputs' || first === 'variables') return false
  if (first === 'workflow' && second === 'definition') return false
  if (first === 'steps' && (third === 'output' || third === 'item')) return false
  return structural.has(state.at(-1) ?? '')
}

const structural: ReadonlySet<string> = new Set(
  'id kind status seq at epoch type prev sum step parent checkpoint relation digest createdAt startedAt updatedAt finishedAt until since trigger outcome decision checksum format version op path from skippedBy backup sumBefore standsFor startTime'.split(
    ' ',
  ),
)
