import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { checkEntryId } from './entryId.ts'
import { backupFolder } from './layout.ts'
import { statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import type { TrashedRun } from './trashStore.ts'
import { moveToTrash } from './trash.ts'

/** [X35] It is put back among the run's backups. */
export async function trashBackup(
  context: StoreContext,
  run: RunId,
  {
    backup,
    ...rest
  }: {
    readonly backup: string
    readonly workflow: string | null
    readonly reason: string
    readonly keepDays: number
  },
): Promise<TrashedRun> {
  const path = `${backupFolder(run)}/${checkEntryId(backup, 'backup')}`
  if ((await statusOf(context, path))?.kind !== 'folder') {
    const message = `Run ${run} has no backup "${backup}". Look at its backups again.`
    throw new AppError('not-found', message, { run, backup })
  }
  return moveToTrash(context, { ...rest, kind: 'thinned', run, items: [{ path }] })
}
