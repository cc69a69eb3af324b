import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { backupReason } from './migrateDocument.ts'
import { requireUntouched } from './requireUntouched.ts'

/** Puts the old document of a migrated run back, and returns its path. Done again it finishes what was cut short. */
export async function rollBackDocument(context: ServiceContext, run: RunId): Promise<string> {
  const backup = (await context.store.backups(run)).find((one) => one.reason === backupReason)
  if (backup === undefined)
    throw new AppError(
      'not-found',
      `Run ${run} has no backup of an older version, so there is nothing to roll back to.`,
      { run },
    )
  const source = backup.files[0] ?? ''
  await logged(context, { call: 'migrate.rollback', item: run }, async () => {
    const writer = await context.store.open(run, { purpose: 'roll back', controlSocket: null })
    try {
      await requireUntouched(context, run, backup)
      if (source === context.store.layout.head(run)) {
        await writer.backup('before roll back')
        await writer.restoreBackup(backup.id)
        return
      }
      if (!(await isBack(context, { run, backup: backup.id, source })))
        await context.store.restoreDocument(run, backup.id)
      await writer.trash({
        reason: 'migration rolled back',
        workflow: null,
        keepDays: context.settings.value.cleanup.trashDays,
      })
    } finally {
      await writer.release()
    }
  })
  return source
}

/** The old document stands in its place already, beside the run that was made of it. */
async function isBack(
  { store }: ServiceContext,
  {
    run,
    backup,
    source,
  }: { readonly run: RunId; readonly backup: string; readonly source: string },
): Promise<boolean> {
  const [there] = await Promise.allSettled([store.readDocument(source)])
  if (there.status === 'rejected') return false
  return there.value.rev === (await store.readBackup(run, backup, source)).rev
}
