// Command lines as they are offered for copying: words, quoted for a POSIX shell, and options that no odd value breaks.
import type { Ref } from '../../shared/contract/call.ts'

/** Words for a POSIX shell. */
export function shellLine(words: readonly string[]): string {
  return words.map(quote).join(' ')
}

/** `--name value`; a value that begins with a dash would be taken for an option. */
export function option(name: string, value: string): readonly string[] {
  return value.startsWith('-') ? [`--${name}=${value}`] : [`--${name}`, value]
}

/** Operands before the options; behind them and `--` where one would be taken for an option. */
export function withOptions(operands: readonly string[], options: readonly string[]) {
  const isOdd = operands.some((word) => word.startsWith('-'))
  return isOdd ? [...options, '--', ...operands] : [...operands, ...options]
}

/** How the command line names one of the runs that a document holds. */
export function subjectOf({ document, item }: Pick<Ref, 'document' | 'item'>): string {
  return item === null ? document : `${document}#${item}`
}

/** Quoted where it is more than plain characters; `=word` at the front is a path to zsh. */
function quote(word: string): string {
  return /^[\w./:@%+,-][\w./:=@%+,-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
