// Replaces a file so that a reader finds the old bytes or the new ones, never a mixture, also after a power cut.
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { fileMode, type FileStatus, type OpenFile } from './fileSystem.ts'
import { writeAll } from './files.ts'
import { adoptOwner, checkedPath, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError, errorCode, isTaken } from './storeErrors.ts'

/** Replaces a file, or makes it. Keeps owner, group and mode of what was there; refuses a link in its place. */
export async function replaceFile(
  context: StoreContext,
  relative: string,
  bytes: Uint8Array,
): Promise<void> {
  const path = await checkedPath(context, relative)
  const before = await statusOf(context, relative)
  try {
    const temporary = await writeTemporary(context, path, { bytes, like: before })
    await orRemove(context, temporary, () => renameWithPatience(context, temporary, path))
    await context.fileSystem.syncFolder(dirname(path))
  } catch (error) {
    throw asWriteError(error, `${relative} could not be replaced`)
  }
}

/**
 * Makes a file in one step, whole. Null when the name is taken; then nothing has changed. The status is that of the new
 * file, whatever has happened to its name since. The name itself is durable after `syncFolder`.
 */
export async function createFile(
  context: StoreContext,
  relative: string,
  bytes: Uint8Array,
): Promise<FileStatus | null> {
  const path = await checkedPath(context, relative)
  try {
    const temporary = await writeTemporary(context, path, { bytes, like: null })
    const made = await orRemove(context, temporary, async () => {
      const status = await context.fileSystem.status(temporary)
      return { status, outcome: await linkInto(context, temporary, path) }
    })
    await removeSecondName(context, temporary, made.outcome === 'made' ? path : null)
    if (made.outcome === 'no-links') return await createInPlace(context, path, bytes)
    return made.outcome === 'taken' ? null : made.status
  } catch (error) {
    throw asWriteError(error, `${relative} could not be made`)
  }
}

/** `.<name>.<pid>.<random>.tmp`: whose it is can be told when it is found again. */
export function temporaryPath(context: StoreContext, path: string): string {
  const name = `.${basename(path)}.${context.machine.identity.pid}.${context.randomId(8)}.tmp`
  return join(dirname(path), name)
}

async function writeTemporary(
  context: StoreContext,
  path: string,
  content: { readonly bytes: Uint8Array; readonly like: FileStatus | null },
): Promise<string> {
  const temporary = temporaryPath(context, path)
  const file = await context.fileSystem.open(temporary, 'create')
  await orRemove(context, temporary, async () => {
    try {
      await writeAll(file, content.bytes)
      if (content.like === null) await adoptOwner(context, temporary, dirname(path))
      else await keepOwner(file, content.like, path)
      await file.sync()
    } finally {
      await file.close()
    }
  })
  return temporary
}

async function keepOwner(file: OpenFile, like: FileStatus, path: string): Promise<void> {
  const own = await file.status()
  try {
    if (own.uid !== like.uid || own.gid !== like.gid) await file.changeOwner(like.uid, like.gid)
    if (like.mode !== fileMode) await file.changeMode(like.mode)
  } catch (cause) {
    const message = `${basename(path)} belongs to another user, who would lose access to it. Do this as that user, or as an administrator.`
    throw new AppError('read-only', message, { uid: like.uid, gid: like.gid }, { cause })
  }
}

/** A temporary file of a failed attempt is removed; when even that fails, the error names it. */
async function orRemove<T>(
  context: StoreContext,
  temporary: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const [removed] = await Promise.allSettled([context.fileSystem.remove(temporary)])
    if (removed?.status !== 'rejected') throw error
    throw asWriteError(error, 'Writing failed', { leftOver: basename(temporary) })
  }
}

// Windows refuses for a moment while a virus scanner or an indexer has the file open.
const windowsRetries = process.platform === 'win32' ? 8 : 0
const windowsRefusals = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Renames, and on Windows tries again while another program has the file open. */
export async function renameWithPatience(
  context: StoreContext,
  from: string,
  to: string,
): Promise<void> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await context.fileSystem.rename(from, to)
    } catch (error) {
      if (retry >= windowsRetries || !windowsRefusals.has(errorCode(error) ?? '')) throw error
      await context.timers.wait(10 * 2 ** retry)
    }
  }
}

async function linkInto(
  context: StoreContext,
  temporary: string,
  path: string,
): Promise<'made' | 'taken' | 'no-links'> {
  try {
    await context.fileSystem.link(temporary, path)
    return 'made'
  } catch (error) {
    if (isTaken(error)) return (await isSameFile(context, temporary, path)) ? 'made' : 'taken'
    if (linkless.has(errorCode(error) ?? '')) return 'no-links'
    throw error
  }
}

/** A file whose temporary name cannot be removed is not made at all: nobody would know that it is there. */
async function removeSecondName(
  context: StoreContext,
  temporary: string,
  made: string | null,
): Promise<void> {
  try {
    await context.fileSystem.remove(temporary)
  } catch (error) {
    if (made !== null) await context.fileSystem.remove(made)
    throw error
  }
}

/** A network drive may make the link, lose the answer, and then say that the name is taken. */
async function isSameFile(context: StoreContext, one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.allSettled([
    context.fileSystem.status(one),
    context.fileSystem.status(other),
  ])
  return a.status === 'fulfilled' && b.status === 'fulfilled' && a.value.inode === b.value.inode
}

// FAT, some network and container file systems.
const linkless = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV', 'EINVAL'])

/** Without links a reader may see the file before its bytes: it is then unreadable, which proves nothing to anybody. */
async function createInPlace(
  context: StoreContext,
  path: string,
  bytes: Uint8Array,
): Promise<FileStatus | null> {
  const file = await openNew(context, path)
  if (file === null) return null
  return orRemove(context, path, async () => {
    try {
      await writeAll(file, bytes)
      await file.sync()
      return await file.status()
    } finally {
      await file.close()
    }
  })
}

async function openNew(context: StoreContext, path: string): Promise<OpenFile | null> {
  try {
    return await context.fileSystem.open(path, 'create')
  } catch (error) {
    if (isTaken(error)) return null
    throw error
  }
}
