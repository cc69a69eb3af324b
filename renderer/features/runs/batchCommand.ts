import { assertNever } from '../../../shared/assert.ts'
import { writeTerm } from '../../../shared/core/query/writeTerm.ts'
import type { BatchAction } from '../../../shared/schema/batchAction.ts'
import type { Selection } from '../../state/selection.ts'

/** More names than these are not written out: the line would be longer than a terminal shows. */
const mostNamed = 50

/** The command line that does the same, for a POSIX shell; null where no line says it. */
export function batchCommand(
  action: BatchAction,
  selection: Selection,
  { encrypts = false }: { readonly encrypts?: boolean } = {},
): string | null {
  const words = [...wordsOf(action), ...(encrypts ? ['--passphrase-file', 'passphrase.txt'] : [])]
  if (selection.kind === 'query') {
    const { question, except } = selection
    const select = [
      'unstuck',
      'select',
      '--view',
      question.view,
      ...(question.text === '' ? [] : ['--text', question.text]),
      ...(question.filter.length === 0
        ? []
        : ['--query', question.filter.map((condition) => writeTerm(condition)).join(' ')]),
      ...[...except.keys()].flatMap((document) => ['--except', document]),
      '--for',
      action,
    ]
    return `${shellLine(select)} | tr '\\n' '\\0' | xargs -0 ${shellLine(words)}`
  }
  if (selection.rows.size > mostNamed) return null
  return shellLine([...words, ...selection.rows.keys()])
}

function wordsOf(action: BatchAction): readonly string[] {
  switch (action) {
    case 'archive':
    case 'unarchive':
      return ['unstuck', action]
    case 'trash':
      return ['unstuck', 'cleanup', '--apply']
    case 'migrate':
      return ['unstuck', 'migrate', '--apply']
    case 'repair':
      return ['unstuck', 'repair', '--apply']
    default:
      return assertNever(action)
  }
}

function shellLine(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ')
}
