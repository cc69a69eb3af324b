// Replaces the files of another engine's state together: all of them, or none, also when the process ends in between.
import { AppError } from '../../shared/errors.ts'
import { replaceFile } from './atomicWrite.ts'
import { copyToNewBackup, readBackupFile } from './backups.ts'
import { documentKey, newContentPath, writeChange, type ChangeRecord } from './documentChanges.ts'
import { writeEvidence, type EvidenceFile } from './evidence.ts'
import { putContent, removeFile, type ChangeStep } from './documentFiles.ts'
import { underDocumentLock } from './documentLock.ts'
import { digestOf } from './files.ts'
import { places } from './layout.ts'
import type { HeldLock } from './lock.ts'
import { absolute, checkedFile, makeFolderOf } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import type { Backup, DocumentReplacement } from './documentStore.ts'

export type ReplaceOptions = {
  /** What each file that was looked at was then; null: it was not there. */
  readonly revs: ReadonlyMap<string, string | null>
  readonly reason: string
  /** Packed into one file beside the backup before anything is replaced. */
  readonly evidence?: readonly EvidenceFile[]
}

/** [E175] Throws `stale`, and changes nothing, when a file is not as it was looked at. */
export async function replaceDocuments(
  context: StoreContext,
  document: string,
  options: ReplaceOptions & { readonly changes: readonly DocumentReplacement[] },
): Promise<Backup> {
  for (const { path } of options.changes) await requireWritable(context, path)
  return underDocumentLock(context, document, async (lock) => {
    await requireRevs(context, options.revs)
    const paths = options.changes.map(({ path }) => path)
    const { reason } = options
    const backup = await copyToNewBackup(context, documentKey(document), { paths, reason })
    if (options.evidence !== undefined)
      await writeEvidence(
        context,
        { run: documentKey(document), backup: backup.id },
        options.evidence,
      )
    const change = await prepare(context, document, { ...options, backup })
    try {
      for (const file of change.files) await replaceOne(context, lock, { change, file })
    } catch (error) {
      throw await rolledBack(context, change, error)
    }
    // All of it is done; where that cannot be noted, the next look at what is kept finds it out.
    await Promise.allSettled([noteDone(context, change)])
    return backup
  })
}

async function noteDone(context: StoreContext, change: ChangeRecord): Promise<void> {
  await writeChange(context, { ...change, state: 'done' })
  await dropNewContents(context, change)
}

async function requireWritable(context: StoreContext, path: string): Promise<void> {
  const { status } = await checkedFile(context, path)
  const isOurs = path === places.state || path.startsWith(`${places.state}/`)
  if (!isOurs && (status === null || status.kind === 'file')) return
  throw new AppError('invalid-input', `${path} is no state file that can be written.`, { path })
}

async function requireRevs(context: StoreContext, revs: ReplaceOptions['revs']): Promise<void> {
  for (const [path, rev] of revs) {
    if (((await readDocumentOrNull(context, path))?.rev ?? null) === rev) continue
    const message = `${path} changed on disk since you looked. Nothing was changed. Review the plan again.`
    throw new AppError('stale', message, { path })
  }
}

/** Everything that is needed to finish is durable before the first file is touched. */
async function prepare(
  context: StoreContext,
  document: string,
  options: ReplaceOptions & {
    readonly changes: readonly DocumentReplacement[]
    readonly backup: Backup
  },
): Promise<ChangeRecord> {
  const { backup, changes, reason, revs } = options
  const files = []
  for (const { path, bytes, why } of changes) {
    const before = await copiedRev(context, document, { backup, path })
    if (revs.has(path) && revs.get(path) !== before) throw staleCopy(path)
    files.push({ path, why, before, after: bytes === null ? null : digestOf(bytes) })
    if (bytes === null) continue
    const waiting = newContentPath({ document, id: backup.id }, path)
    await makeFolderOf(context, waiting)
    await replaceFile(context, waiting, bytes)
  }
  const change = { id: backup.id, document, at: backup.at, reason, state: 'begun', files } as const
  await writeChange(context, { ...change, files })
  return { ...change, files }
}

function staleCopy(path: string): AppError {
  const message = `${path} changed on disk while it was backed up. Nothing was changed. Review the plan again.`
  return new AppError('stale', message, { path })
}

async function copiedRev(
  context: StoreContext,
  document: string,
  { backup, path }: { readonly backup: Backup; readonly path: string },
): Promise<string | null> {
  if (!backup.files.includes(path)) return null
  const key = documentKey(document)
  return (await readBackupFile(context, key, { backup: backup.id, document: path })).rev
}

async function replaceOne(context: StoreContext, lock: HeldLock, step: ChangeStep): Promise<void> {
  const { path, before } = step.file
  await lock.verify()
  const now = (await readDocumentOrNull(context, path))?.rev ?? null
  if (now !== before) throw staleCopy(path)
  await putContent(context, step)
}

/** Puts back what was replaced; where even that fails, the next start goes on from what is kept. */
async function rolledBack(
  context: StoreContext,
  change: ChangeRecord,
  error: unknown,
): Promise<unknown> {
  const [undone] = await Promise.allSettled([rollBack(context, change)])
  if (undone.status === 'fulfilled') return error
  const message = `The change of ${change.document} failed half way, and what was written could not be taken back. It is finished, or reported, when this workspace is opened next.`
  return new AppError(
    'io',
    message,
    { document: change.document, backup: change.id },
    { cause: error },
  )
}

async function rollBack(context: StoreContext, change: ChangeRecord): Promise<void> {
  const key = documentKey(change.document)
  for (const { path, before, after } of change.files) {
    const now = (await readDocumentOrNull(context, path))?.rev ?? null
    if (now !== after || before === after) continue
    if (before === null) await removeFile(context, path)
    else {
      const copy = await readBackupFile(context, key, { backup: change.id, document: path })
      await replaceFile(context, path, copy.bytes)
    }
  }
  await writeChange(context, { ...change, state: 'undone' })
}

async function dropNewContents(context: StoreContext, change: ChangeRecord): Promise<void> {
  for (const { path, after } of change.files)
    if (after !== null)
      await context.fileSystem.remove(absolute(context, newContentPath(change, path)))
}
