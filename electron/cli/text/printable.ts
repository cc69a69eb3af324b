// State comes from anywhere, and a terminal obeys control characters: none of them leaves this program as it is.

import { replaceUnseen } from '../../../shared/unseen.ts'

const ESC = '\u001B'

/** Text for one line: what a terminal would obey, or nobody would see, as escapes. */
export function printable(text: string): string {
  return replaceUnseen(text.replace(lines, escaped), escaped)
}

const lines = /[\n\r\t]/g

/** Text of a log: lines, tabs and colours stay, everything else of that kind is shown, also what would hide a text. */
export function printableLog(text: string): string {
  return text
    .split(colours)
    .map((part, index) => (index % 2 === 1 && !hides(part) ? part : printablePart(part)))
    .join('')
}

const colours = new RegExp(`(${ESC}\\[[\\d;]*m)`)

/** Code 8 conceals what follows; behind 38;5 and 48;5 it is a colour. */
function hides(colour: string): boolean {
  return /[[;]0*8[;m]/.test(colour.replace(/[34]8;5;\d+/g, ''))
}

/** A carriage return writes over what stands before it, unless the line ends there. */
function printablePart(text: string): string {
  return replaceUnseen(text.replace(/\r(?!\n)/g, escaped), escaped)
}

/** One line of at most that many characters. */
export function shortened(text: string, limit: number): string {
  const line = printable(text)
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line
}

/** As JSON writes it, unit by unit. */
function escaped(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character]
  const units = character.split('').map((unit) => unit.charCodeAt(0).toString(16).padStart(4, '0'))
  return named ?? units.map((unit) => `\\u${unit}`).join('')
}
