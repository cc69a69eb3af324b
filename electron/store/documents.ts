// Reads any file of a workspace, and takes old documents out of the way.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { copyToNewBackup, removeCopied } from './backups.ts'
import { readRange } from './files.ts'
import { places } from './layout.ts'
import { checkedFile } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError } from './storeErrors.ts'
import type { Backup, StoredDocument } from './documentStore.ts'

export async function readDocument(
  context: StoreContext,
  document: string,
): Promise<StoredDocument> {
  await existingFile(context, document)
  const stored = await readDocumentOrNull(context, document)
  if (stored === null) throw missing(document)
  return stored
}

export async function readSlice(
  context: StoreContext,
  document: string,
  range: { readonly offset: number; readonly limitBytes: number },
): Promise<{ readonly bytes: Uint8Array; readonly sizeBytes: number }> {
  const path = await existingFile(context, document)
  try {
    const file = await context.fileSystem.open(path, 'read')
    try {
      const { sizeBytes } = await file.status()
      const offset = Math.min(Math.max(0, range.offset), sizeBytes)
      const limit = Math.min(Math.max(0, range.limitBytes), sizeBytes - offset)
      return { bytes: await readRange(file, offset, limit), sizeBytes }
    } finally {
      await file.close()
    }
  } catch (error) {
    throw asReadError(error, `${document} could not be read`)
  }
}

/** The path of a file that is there. Only files are opened: reading a pipe would wait for ever. */
async function existingFile(context: StoreContext, document: string): Promise<string> {
  const { path, status } = await checkedFile(context, document)
  if (status === null) throw missing(document)
  if (status.kind === 'file') return path
  throw new AppError('invalid-input', `${document} is not a file.`)
}

function missing(document: string): AppError {
  const message = `${document} is not in this workspace. Look at the list again.`
  return new AppError('not-found', message, { document })
}

/** Copies a document to a run's backups; with `isMoved` it is then taken away. */
export async function backUpDocument(
  context: StoreContext,
  document: string,
  options: {
    readonly run: RunId
    readonly reason: string
    readonly isMoved: boolean
    /** Only this revision is taken away. */
    readonly rev?: string
  },
): Promise<Backup> {
  const { run, reason, isMoved, rev } = options
  if (document.startsWith(`${places.state}/`)) {
    throw new AppError('invalid-input', `${document} is not a state document.`)
  }
  await readDocument(context, document)
  const backup = await copyToNewBackup(context, run, { paths: [document], reason })
  if (isMoved) await removeCopied(context, document, { run, backup: backup.id, rev })
  return backup
}
