import type { ExportChoice } from '../../state/exportStore.ts'
import { option, shellLine, withOptions } from '../../state/shellLine.ts'

/** More names than these are not written out: the line would be longer than a terminal shows. */
const mostNamed = 50

/** The command line that makes the same file; null where no line says it. */
export function exportCommand(
  runs: readonly string[],
  { as, from, to, logs, redact }: ExportChoice,
  reason: string,
): string | null {
  if (runs.length > mostNamed) return null
  const options = [
    '--as',
    as,
    ...(from === null ? [] : option('from', from)),
    ...(to === null ? [] : option('to', to)),
    ...(logs ? ['--logs'] : []),
    ...(redact ? [] : ['--no-redact', ...option('reason', reason.trim())]),
  ]
  return shellLine(['unstuck', 'export', ...withOptions(runs, options)])
}
