import type { BundleImportPlan } from '../../../shared/contract/bundles.ts'
import { option, shellLine } from '../../state/shellLine.ts'

/** The command line that makes the same runs. */
export function importCommand(
  name: string,
  { rows }: BundleImportPlan,
  left: ReadonlySet<string>,
): string {
  const chosen = left.size === 0 ? [] : rows.filter(({ run }) => !left.has(run))
  const named = chosen.flatMap(({ run }) => option('run', run))
  return shellLine(['unstuck', 'import', name, ...named, '--apply'])
}
