// What is not shown before somebody asks: values under a key that names a secret, and credentials inside texts. Nothing that is stored changes.
import { isSecretKey, isSecretPointer } from './isSecretKey.ts'
import { mask, maskCredentials } from './maskCredentials.ts'

/**
 * The text with its secrets masked, be it JSON, lines of JSON, a log, or a piece cut out of one.
 * `null`, `true`, `false`, `""` and empty containers stay: that a secret is missing is often why a run is stuck.
 */
export function maskText(text: string): string {
  return maskCredentials(maskMembers(text))
}

/** The JSON text of the value at a pointer: masked whole where the pointer names a secret. */
export function maskValue(pointer: string, text: string): string {
  return isSecretPointer(pointer) ? maskWhole(text) : maskText(text)
}

function maskMembers(text: string): string {
  const pieces: string[] = []
  let copied = 0
  for (const member of text.matchAll(memberStart)) {
    if (member.index < copied || !isSecretKey(member[1] ?? '')) continue
    const start = member.index + member[0].length
    const end = endOfValue(text, start)
    pieces.push(text.slice(copied, start), maskWhole(text.slice(start, end)))
    copied = end
  }
  return pieces.join('') + text.slice(copied)
}

/** Every text and number of JSON, save the keys. */
function maskWhole(json: string): string {
  const pieces: string[] = []
  let copied = 0
  const scalar = /"|-?\d[\d.eE+-]*/g
  for (let found = scalar.exec(json); found !== null; found = scalar.exec(json)) {
    const isText = found[0] === '"'
    const end = isText ? endOfString(json, found.index) : found.index + found[0].length
    scalar.lastIndex = end
    const isKey = isText && /^\s{0,20}:/.test(json.slice(end, end + 21))
    if (isKey || json.slice(found.index, end) === '""') continue
    pieces.push(json.slice(copied, found.index), `"${mask}"`)
    copied = end
  }
  return pieces.join('') + json.slice(copied)
}

/** Where the value that starts here ends; of one that is cut off, the end of the text or of its line of JSON. */
function endOfValue(text: string, start: number): number {
  const first = text[start] ?? ''
  if (first === '"') return endOfString(text, start)
  if (first !== '{' && first !== '[') {
    return start + (/^[\w.+-]{0,400}/.exec(text.slice(start, start + 400))?.[0].length ?? 0)
  }
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
  return text.length
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

/** A key of JSON, up to its value. */
const memberStart = /"((?:[^"\\\n]|\\.){1,200})"\s{0,20}:\s{0,20}/g
