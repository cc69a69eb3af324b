// Takes a change of another engine's files back: every file as it was before, or none.
import { AppError } from '../../shared/errors.ts'
import { listBackups, readBackupFile } from './backups.ts'
import { documentKey, readChange, readChanges, type ChangeRecord } from './documentChanges.ts'
import { checkEntryId } from './entryId.ts'
import { replaceDocuments } from './replaceDocuments.ts'
import type { StoreContext } from './storeContext.ts'
import type { Backup, DocumentBackup, DocumentReplacement } from './documentStore.ts'

/** Newest first. */
export async function listDocumentBackups(
  context: StoreContext,
  document: string,
): Promise<readonly DocumentBackup[]> {
  const key = documentKey(document)
  const [backups, changes] = [await listBackups(context, key), await readChanges(context, key)]
  return backups.map((backup) => ({
    ...backup,
    state: changes.find(({ id }) => id === backup.id)?.state ?? null,
  }))
}

/** [E177] Throws `stale`, and changes nothing, when a file was written since. What it replaces is backed up in turn. */
export async function restoreDocuments(
  context: StoreContext,
  document: string,
  options: { readonly backup: string; readonly reason: string },
): Promise<Backup> {
  const id = checkEntryId(options.backup, 'backup')
  const change = await readChange(context, documentKey(document), id)
  if (change === null || change.document !== document) throw noBackup(document, id)
  const changes: DocumentReplacement[] = []
  for (const file of change.files) changes.push(await beforeOf(context, change, file))
  return replaceDocuments(context, document, {
    changes,
    revs: new Map(change.files.map(({ path, after }) => [path, after])),
    reason: options.reason,
  })
}

async function beforeOf(
  context: StoreContext,
  { document, id }: ChangeRecord,
  { path, before }: ChangeRecord['files'][number],
): Promise<DocumentReplacement> {
  const why = 'as it was before'
  if (before === null) return { path, bytes: null, why }
  const key = documentKey(document)
  const copy = await readBackupFile(context, key, { backup: id, document: path })
  return { path, bytes: copy.bytes, why }
}

function noBackup(document: string, backup: string): AppError {
  const message = `There is no backup "${backup}" of ${document}.`
  return new AppError('not-found', message, { document, backup })
}
