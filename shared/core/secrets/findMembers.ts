// Values of JSON under a key that names a secret, in a whole text, in lines of JSON, or in a piece cut out of either.
import { ruleOfName, type Found } from './findCredentials.ts'
import { isNoSecret } from './isNoSecret.ts'
import { ruleOfKey, type SecretRules } from './secretRules.ts'

/** In the order of the text. `null`, `true`, `false`, `""` and empty containers are no secrets. */
export function findMembers(text: string, rules: SecretRules): readonly Found[] {
  const found: Found[] = []
  if (!closesKey.test(text)) return found
  let passed = 0
  for (const member of text.matchAll(memberStart)) {
    if (member.index < passed) continue
    const start = member.index + member[0].length
    const key = member[1] ?? ''
    const isNamed = ruleOfKey(key, rules)
    if (isNamed === null && text[start] !== '"') continue
    const end = endOfValue(text, start)
    const rule = isNamed ?? ruleOfName(key, text.slice(start + 1, end - 1), rules)
    if (rule === null) continue
    for (const bounds of scalarsOf(text, start, end))
      if (!isNoSecret(text.slice(bounds.start, bounds.end)))
        found.push({ ...bounds, from: member.index, rule, quote: '"' })
    passed = end
  }
  return found
}

/** Whether the text ends inside of a value, of more than a line, under a key that names a secret. */
export function endsInMember(text: string, rules: SecretRules): boolean {
  if (!opensValue.test(text)) return false
  let passed = 0
  for (const member of text.matchAll(memberStart)) {
    const start = member.index + member[0].length
    if (member.index < passed || (text[start] !== '{' && text[start] !== '[')) continue
    if (ruleOfKey(member[1] ?? '', rules) === null) continue
    const end = endOfContainer(text, start)
    if (end === null) return true
    passed = end
  }
  return false
}

const opensValue = /:\s{0,20}[{[]/

/** Every text and number of JSON, save the keys. */
export function* scalarsOf(
  text: string,
  start: number,
  end: number,
): Generator<{ readonly start: number; readonly end: number }> {
  const scalar = /"|-?\d[\d.eE+-]*/g
  scalar.lastIndex = start
  for (let found = scalar.exec(text); found !== null; found = scalar.exec(text)) {
    if (found.index >= end) return
    const isText = found[0] === '"'
    const last = Math.min(
      end,
      isText ? endOfString(text, found.index) : found.index + found[0].length,
    )
    scalar.lastIndex = last
    const isKey = isText && /^\s{0,20}:/.test(text.slice(last, Math.min(end, last + 21)))
    if (isKey || text.slice(found.index, last) === '""') continue
    yield { start: found.index, end: last }
  }
}

/** Where the value that starts here ends; of one that is cut off, the end of the text or of its line of JSON. */
function endOfValue(text: string, start: number): number {
  const first = text[start] ?? ''
  if (first === '"') return endOfString(text, start)
  if (first !== '{' && first !== '[') {
    return start + (/^[\w.+-]{0,400}/.exec(text.slice(start, start + 400))?.[0].length ?? 0)
  }
  return endOfContainer(text, start) ?? text.length
}

/** Null where it does not end. */
function endOfContainer(text: string, start: number): number | null {
  // A line that begins with a brace is a document of its own: what the one before left open ends there.
  const mark = /\n\{|["{}[\]]/g
  mark.lastIndex = start
  let depth = 0
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    const [sign] = found
    if (sign === '\n{') return found.index
    if (sign === '"') mark.lastIndex = endOfString(text, found.index)
    else depth += sign === '{' || sign === '[' ? 1 : -1
    if (depth === 0) return found.index + 1
  }
  return null
}

/** Behind the quote that closes the string; JSON has no line break inside one. A loop, because it may be long. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') return at + 1
    if (sign === '\n') return at
    if (sign === '\\') at += 1
  }
  return text.length
}

const closesKey = /"\s{0,20}:/
/** A key of JSON, up to its value. */
const memberStart = /"((?:[^"\\\n]|\\.){1,200})"\s{0,20}:\s{0,20}/g
