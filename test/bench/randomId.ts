import { randomInt } from 'node:crypto'

/** So many characters of `a-z 0-9`. */
export function randomId(length: number): string {
  const characters = 'abcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => characters[randomInt(characters.length)]).join('')
}
