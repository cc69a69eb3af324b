import { printable } from './printable.ts'

/** A command for a POSIX shell: words quoted where they are more than plain characters. */
export function shellLine(words: readonly string[]): string {
  return words.map(quote).join(' ')
}

function quote(word: string): string {
  const shown = printable(word)
  return /^[\w./:=@%+,-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", "'\\''")}'`
}
