// Head and journal of a run that has ended, compressed in place and put back. A plain file that is there is the one that counts.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LockedRun } from './archiveLock.ts'
import type { RunPlace } from './archivePlaces.ts'
import { readAtRest } from './atRestRead.ts'
import { keepRights } from './atRestRights.ts'
import { replaceFile } from './atomicWrite.ts'
import { copyToNewBackup } from './backups.ts'
import { compressFrame, headStartOf, largestContent, skippableFrame } from './compressZstd.ts'
import { compressedPath, headPath, journalPath } from './layout.ts'
import { absolute, statusOf } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { orWriteError } from './storeErrors.ts'
import type { StoredDocument } from './documentStore.ts'

/** The caller holds the run's lock and writes no more. A plain file goes only after its compressed one was read back. */
export async function compressRun(
  context: StoreContext,
  { run, day, lock }: LockedRun,
): Promise<void> {
  await orWriteError(`Run ${run} could not be compressed`, async () => {
    const head = await readDocumentOrNull(context, headPath(day, run))
    const journal = await readDocumentOrNull(context, journalPath(day, run))
    // What is not whole is left as it is, for whoever repairs it.
    if (head === null || journal === null) return
    const start = skippableFrame(headStartOf(head.bytes))
    await compressFile(context, journal, { start, lock })
    await compressFile(context, head, { start, lock })
  })
}

/**
 * Puts the plain files back under the run's lock; of a damaged one what can be read, and the damaged one into a backup. False
 * when nothing was compressed.
 */
export async function putBackPlain(
  context: StoreContext,
  { run, day }: RunPlace,
): Promise<boolean> {
  return orWriteError(`Run ${run} could not be decompressed`, async () => {
    let isPutBack = false
    for (const path of [journalPath(day, run), headPath(day, run)]) {
      const packed = await readAtRest(context, path)
      if (packed === null) continue
      await decompressFile(context, { run, path, ...packed })
      isPutBack = true
    }
    return isPutBack
  })
}

/** Whether a run has ended, after records of these types were added. */
export function isEndedBy(types: readonly string[], before: boolean): boolean {
  const last = types.findLast((type) => ending.has(type) || goingOn.has(type))
  return last === undefined ? before : ending.has(last)
}

const ending: ReadonlySet<string> = new Set(['runCompleted', 'runFailed', 'runCancelled'])
const goingOn: ReadonlySet<string> = new Set(['runStarted', 'runResumed'])

async function compressFile(
  context: StoreContext,
  plain: StoredDocument,
  { start, lock }: { readonly start: Uint8Array } & Pick<LockedRun, 'lock'>,
): Promise<void> {
  const target = compressedPath(plain.document)
  const frame = await compressFrame(plain.bytes)
  const bytes = Buffer.concat([start, frame])
  // What could not be read back is not compressed.
  if (plain.bytes.byteLength > largestContent(frame.byteLength)) return
  // After a power cut the plain file may be there again: then it must not be an older one.
  await context.fileSystem.syncFile(absolute(context, plain.document))
  try {
    await replaceFile(context, target, bytes)
    await keepRights(context, { from: plain.document, to: target })
    await requireReadBack(context, plain)
    await lock.verify()
  } catch (error) {
    const isPlainThere = (await statusOf(context, plain.document)) !== null
    // Beside the plain file it counts for nothing, and would only take room.
    if (isPlainThere) await Promise.allSettled([removeFile(context, target)])
    throw error
  }
  await removeFile(context, plain.document)
}

async function requireReadBack(context: StoreContext, plain: StoredDocument): Promise<void> {
  const packed = await readAtRest(context, plain.document)
  const now = await readDocumentOrNull(context, plain.document)
  if (packed?.rev === plain.rev && !packed.isDamaged && now?.rev === plain.rev) return
  const message = `${plain.document} is not what was compressed, so it was left as it is.`
  throw new AppError('stale', message, { document: plain.document })
}

async function decompressFile(
  context: StoreContext,
  file: {
    readonly run: RunId
    readonly path: string
    readonly bytes: Uint8Array
    readonly rev: string
    readonly isDamaged: boolean
  },
): Promise<void> {
  const { run, path } = file
  const packed = compressedPath(path)
  const plain = await readDocumentOrNull(context, path)
  if (file.isDamaged || (plain !== null && plain.rev !== file.rev)) {
    const reason = file.isDamaged ? 'A compressed file is damaged' : 'A plain file is newer'
    await copyToNewBackup(context, run, { paths: [packed], reason })
  }
  if (plain === null) await writePlain(context, file)
  await removeFile(context, packed)
}

async function writePlain(
  context: StoreContext,
  { path, bytes, rev }: { readonly path: string; readonly bytes: Uint8Array; readonly rev: string },
): Promise<void> {
  try {
    await replaceFile(context, path, bytes)
    await keepRights(context, { from: compressedPath(path), to: path })
    const now = await readDocumentOrNull(context, path)
    if (now?.rev === rev) return
    throw new AppError('io', `${path} was written and reads as something else. Check the disk.`)
  } catch (error) {
    // It would stand before the compressed file, for readers who may have no right to it.
    await Promise.allSettled([removeFile(context, path)])
    throw error
  }
}

/** Gone for good when it resolves: a compressed file that came back behind its plain one would be an old state. */
export async function removeFile(context: StoreContext, path: string): Promise<void> {
  if ((await statusOf(context, path)) === null) return
  await context.fileSystem.remove(absolute(context, path))
  await context.fileSystem.syncFolder(dirname(absolute(context, path)))
}
