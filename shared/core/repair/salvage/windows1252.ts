/** The characters of the bytes 0x80 to 0x9F; those above are the same in Unicode. A space: the byte has none. */
const upper = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** The character of a byte from 0x80 on; null for the five that Windows-1252 leaves out. */
export function windows1252(byte: number): string | null {
  if (byte >= 0xa0) return String.fromCharCode(byte)
  const character = upper.charAt(byte - 0x80)
  return character === ' ' ? null : character
}
