// Puts the files of a change in their places, each whole and read back.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { replaceFile } from './atomicWrite.ts'
import { newContentPath, type ChangeRecord } from './documentChanges.ts'
import { absolute, checkedFile, makeFolderOf } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'

export type ChangeStep = {
  readonly change: ChangeRecord
  readonly file: ChangeRecord['files'][number]
}

/** Puts the content of after in place, and reads it back. */
export async function putContent(
  context: StoreContext,
  { change, file }: ChangeStep,
): Promise<void> {
  const { path, before, after } = file
  if (after === null) await removeFile(context, path)
  else {
    const waiting = await readDocumentOrNull(context, newContentPath(change, path))
    if (waiting?.rev !== after) throw lostContent(path)
    await makeFolderOf(context, path)
    await replaceFile(context, path, waiting.bytes)
    if (before === null) await adoptMode(context, { path, like: change.document })
  }
  const now = (await readDocumentOrNull(context, path))?.rev ?? null
  if (now === after) return
  throw new AppError('io', `${path} does not read back as it was written.`, { path })
}

function lostContent(path: string): AppError {
  return new AppError('corrupt', `The new content of ${path} is not there as it was kept.`, {
    path,
  })
}

export async function removeFile(context: StoreContext, path: string): Promise<void> {
  await context.fileSystem.remove(absolute(context, path))
  await context.fileSystem.syncFolder(dirname(absolute(context, path)))
}

/** A new file of a state may be read by whoever may read the state itself. */
async function adoptMode(
  context: StoreContext,
  { path, like }: { readonly path: string; readonly like: string },
): Promise<void> {
  const { status } = await checkedFile(context, like)
  if (status === null) return
  const file = await context.fileSystem.open(absolute(context, path), 'append')
  try {
    await file.changeMode(status.mode)
    await file.sync()
  } finally {
    await file.close()
  }
}
