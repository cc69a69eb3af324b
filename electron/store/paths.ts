// Keeps every path below the workspace's root and free of links.
import { dirname, sep } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { drive } from './diskSequence.ts'
import { adopt } from './diskSteps.ts'
import type { FileStatus } from './fileSystem.ts'
import type { StoreContext } from './storeContext.ts'
import { asReadError, asWriteError, isMissing, isTaken } from './storeErrors.ts'

/** The absolute path of a relative one. Throws `invalid-input` for a path that leaves the root. */
export function absolute(context: Pick<StoreContext, 'root'>, relative: string): string {
  // Every part is looked at for links: a path of thousands would keep the disk busy for nothing.
  const isLong = relative.length > mostParts && relative.split('/').length > mostParts
  if (isLong || notNamed.test(relative) || forbidden.test(relative)) {
    const shown = relative.length > 300 ? `${relative.slice(0, 300)}…` : relative
    throw new AppError('invalid-input', `"${shown}" is no path inside the workspace.`)
  }
  // All of its parts are names, so that nothing is left to normalise.
  const below = sep === '/' ? relative : relative.replaceAll('/', sep)
  return context.root.endsWith(sep) ? context.root + below : context.root + sep + below
}

/** The absolute path, after each part of it that exists was found to be no link. */
export async function checkedPath(context: StoreContext, relative: string): Promise<string> {
  return (await checkedFile(context, relative)).path
}

/** The same, and what is there; null when nothing is. */
export async function checkedFile(
  context: StoreContext,
  relative: string,
): Promise<{ readonly path: string; readonly status: FileStatus | null }> {
  const path = absolute(context, relative)
  const parts = prefixes(relative)
  const statuses = await Promise.all(parts.map((part) => statusOf(context, part)))
  const link = parts[statuses.findIndex((status) => status?.kind === 'link')]
  if (link !== undefined) throw linkError(relative, link)
  return { path, status: statuses.at(-1) ?? null }
}

/** Null when nothing is there. */
export async function statusOf(
  context: StoreContext,
  relative: string,
): Promise<FileStatus | null> {
  try {
    return await context.fileSystem.status(absolute(context, relative))
  } catch (error) {
    if (isMissing(error)) return null
    throw asReadError(error, `${relative} could not be looked at`)
  }
}

/** Makes the folder in which a path lies, and returns it; the root is there. */
export async function makeFolderOf(context: StoreContext, relative: string): Promise<string> {
  const folder = dirname(relative)
  return folder === '.' ? context.root : makeFolders(context, folder)
}

/** Makes a folder and those above it, each durable. New ones belong to the owner of the folder around them. */
export async function makeFolders(context: StoreContext, relative: string): Promise<string> {
  let parent = context.root
  for (const part of prefixes(relative)) {
    const path = absolute(context, part)
    const status = await statusOf(context, part)
    if (status?.kind === 'link') throw linkError(relative, part)
    if (status === null) await makeFolder(context, { path, parent, relative: part })
    parent = path
  }
  return parent
}

async function makeFolder(
  context: StoreContext,
  folder: { readonly path: string; readonly parent: string; readonly relative: string },
): Promise<void> {
  try {
    await context.fileSystem.makeFolder(folder.path)
    await adoptOwner(context, folder.path, folder.parent)
  } catch (error) {
    if (isTaken(error)) return
    throw asWriteError(error, `The folder ${folder.relative} could not be made`)
  }
  await context.fileSystem.syncFolder(folder.parent)
}

export async function adoptOwner(
  context: StoreContext,
  path: string,
  parent: string,
): Promise<void> {
  await drive(adopt(context, path, parent))
}

export function linkError(relative: string, part: string): AppError {
  const message = `"${relative}" is not used, because "${part}" is a link, and links are not followed. Put the file itself there.`
  return new AppError('invalid-input', message, { link: part })
}

/** The path itself and the folders on its way, from the top. */
export function prefixes(relative: string): readonly string[] {
  const parts = relative.split('/')
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'))
}

const mostParts = 64
/** A part that is no name of its own: none at all, the folder itself, or the one above it. */
const notNamed = /(?:^|\/)\.{0,2}(?:\/|$)/

// NUL ends a path early; on Windows a backslash separates and a colon names a drive or a stream.
const forbidden = process.platform === 'win32' ? /[\0\\:]/ : /\0/
