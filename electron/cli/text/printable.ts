// State comes from anywhere, and a terminal obeys control characters: none of them leaves this program as it is.

const ESC = '\u001B'

/** Control characters, line separators, and what turns the direction of writing. */
const controls = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu
/** The same, but lines, tabs, and first of all whole colours. */
const controlsOfLogs = new RegExp(`(${ESC}\\[[\\d;]*m)|(?![\\n\\r\\t])${controls.source}`, 'gu')

/** Text for one line: control characters as escapes. */
export function printable(text: string): string {
  return text.replace(controls, escaped)
}

/** Text of a log: lines, tabs and colours stay, every other control character is shown. */
export function printableLog(text: string): string {
  return text.replace(controlsOfLogs, (found, colour?: string) => colour ?? escaped(found))
}

/** One line of at most that many characters. */
export function shortened(text: string, limit: number): string {
  const line = printable(text)
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}

function escaped(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
  return named ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
