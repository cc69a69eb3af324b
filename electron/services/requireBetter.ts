import type { Finding } from '../../shared/core/integrity/finding.ts'
import { AppError } from '../../shared/errors.ts'
import type { Backup } from '../store/documentStore.ts'
import type { RunWriter } from '../store/store.ts'
import { checkItem } from './checkRun.ts'
import type { ServiceContext } from './context.ts'
import { nativeRef } from './refs.ts'

/** [R80] Checks again what was written. With more errors than before, or one of a new rule, the files go back as they were. */
export async function requireBetter(
  context: ServiceContext,
  writer: RunWriter,
  { before, backup }: { readonly before: readonly Finding[]; readonly backup: Backup },
): Promise<void> {
  const ref = nativeRef(context, writer.run)
  const after = errorsIn((await checkItem(context, ref, { around: false })).findings)
  const known = new Set(errorsIn(before).map(({ rule }) => rule))
  const worse = after.find(({ rule }) => !known.has(rule))
  if (worse === undefined && after.length <= errorsIn(before).length) return
  await writer.restoreBackup(backup.id)
  const why = worse?.sentence ?? `${after.length} errors were found in what was written.`
  throw new AppError(
    'corrupt',
    `Run ${writer.run} was not better after the repair, so its files were put back as they were. ${why} Choose another source.`,
    { run: writer.run, backup: backup.id },
  )
}

function errorsIn(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'error')
}
