// State comes from anywhere, and a terminal obeys control characters: none of them leaves this program as it is.

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const controls = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/g
// eslint-disable-next-line no-control-regex -- as above; the first group is a colour, which may stay
const controlsOfLogs = /(\u001B\[[\d;]*m)|[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g

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
