import type { BundleImportPlan } from '../../../shared/contract/bundles.ts'
import { option, shellLine } from '../../state/shellLine.ts'

/** The command line that makes the same runs. */
export function importCommand(
  { rows }: BundleImportPlan,
  left: ReadonlySet<string>,
  { file, into = null }: { readonly file: string; readonly into?: string | null },
): string {
  const chosen = left.size === 0 ? [] : rows.filter(({ run }) => !left.has(run))
  const named = chosen.flatMap(({ run }) => option('run', run))
  const where = into === null ? [] : option('workspace', into)
  return shellLine(['unstuck', 'import', file, ...named, '--apply', ...where])
}
