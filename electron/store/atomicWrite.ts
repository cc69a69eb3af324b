// Replaces a file so that a reader finds the old bytes or the new ones, never a mixture, also after a power cut.
import { basename, dirname, join } from 'node:path'
import { orRemove, rename, replace, writeTemporary } from './diskReplace.ts'
import { drive, step, type Sequence } from './diskSequence.ts'
import type { FileStatus, OpenFile } from './fileSystem.ts'
import { writeAll } from './files.ts'
import { absolute, checkedPath } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError, hasCode, isTaken } from './storeErrors.ts'
import { temporaryName } from './temporaryName.ts'

/** Replaces a file, or makes it. Keeps owner, group and mode of what was there; refuses a link in its place. */
export async function replaceFile(
  context: StoreContext,
  relative: string,
  bytes: Uint8Array,
): Promise<void> {
  const temporary = temporaryPath(context, absolute(context, relative))
  try {
    await drive(replace(context, { root: context.root, relative, bytes, temporary }))
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
    const temporary = temporaryPath(context, path)
    await drive(writeTemporary(context, temporary, { bytes, like: null }))
    const made = await orRemoved(context, temporary, async () => {
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

/** In the same folder; whose it is can be told when it is found again. */
export function temporaryPath(context: StoreContext, path: string): string {
  const { identity } = context.machine
  return join(dirname(path), temporaryName(identity, basename(path), context.randomId(8)))
}

/** Renames, and on Windows tries again while another program has the file open. */
export function renameWithPatience(context: StoreContext, from: string, to: string): Promise<void> {
  return drive(rename(context, from, to))
}

function orRemoved<T>(context: StoreContext, path: string, work: () => Promise<T>): Promise<T> {
  return drive(orRemove(context, path, asSequence(work)))
}

function* asSequence<T>(work: () => Promise<T>): Sequence<T> {
  return yield* step(work())
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
    if (hasCode(error, linkless)) return 'no-links'
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
  return orRemoved(context, path, async () => {
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
