// How a file is replaced: a temporary file, its flush, the rename, the flush of the folder.
import { basename, dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { lookBelow, type PlaceInWorkspace } from './diskPaths.ts'
import { step, type DiskFile, type DiskPort, type Sequence } from './diskSequence.ts'
import { adopt, writeWhole } from './diskSteps.ts'
import { fileMode, type FileStatus } from './fileSystem.ts'
import { asWriteError, hasCode } from './storeErrors.ts'

export type Replacement = PlaceInWorkspace & {
  readonly bytes: Uint8Array
  /** Absolute path of the temporary file, in the same folder. */
  readonly temporary: string
}

/** Replaces a file, or makes it. Keeps owner, group and mode of what was there; refuses a link in its place. */
export function* replace(port: DiskPort, replacement: Replacement): Sequence<void> {
  const { bytes, temporary } = replacement
  const { path, status } = yield* lookBelow(port, replacement)
  yield* writeTemporary(port, temporary, { bytes, like: status })
  yield* orRemove(port, temporary, rename(port, temporary, path))
  yield* step(port.fileSystem.syncFolder(dirname(path)))
}

/** Writes and flushes a new file, owned like the one it will replace, or like its folder. */
export function* writeTemporary(
  port: DiskPort,
  temporary: string,
  content: { readonly bytes: Uint8Array; readonly like: FileStatus | null },
): Sequence<void> {
  const file = yield* step(port.fileSystem.open(temporary, 'create'))
  yield* orRemove(port, temporary, fill(port, temporary, { ...content, file }))
}

function* fill(
  port: DiskPort,
  temporary: string,
  content: {
    readonly file: DiskFile
    readonly bytes: Uint8Array
    readonly like: FileStatus | null
  },
): Sequence<void> {
  const { file, bytes, like } = content
  try {
    yield* writeWhole(file, bytes)
    if (like === null) yield* adopt(port, temporary, dirname(temporary))
    else yield* keepOwner(file, like, temporary)
    yield* step(file.sync())
  } finally {
    yield* step(file.close())
  }
}

function* keepOwner(file: DiskFile, like: FileStatus, path: string): Sequence<void> {
  const own = yield* step(file.status())
  try {
    if (own.uid !== like.uid || own.gid !== like.gid)
      yield* step(file.changeOwner(like.uid, like.gid))
    if (like.mode !== fileMode) yield* step(file.changeMode(like.mode))
  } catch (cause) {
    const message = `${basename(path)} belongs to another user, who would lose access to it. Do this as that user, or as an administrator.`
    throw new AppError('read-only', message, { uid: like.uid, gid: like.gid }, { cause })
  }
}

/** A file of a failed attempt is removed; when even that fails, the error names it. */
export function* orRemove<T>(port: DiskPort, path: string, work: Sequence<T>): Sequence<T> {
  try {
    return yield* work
  } catch (error) {
    try {
      yield* step(port.fileSystem.remove(path))
    } catch {
      throw asWriteError(error, 'Writing failed', { leftOver: basename(path) })
    }
    throw error
  }
}

// Windows refuses for a moment while a virus scanner or an indexer has the file open.
const windowsRetries = 8
const windowsRefusals = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Renames, and on Windows tries again while another program has the file open. */
export function* rename(port: DiskPort, from: string, to: string): Sequence<void> {
  const retries = process.platform === 'win32' ? windowsRetries : 0
  for (let retry = 0; ; retry += 1) {
    try {
      return yield* step(port.fileSystem.rename(from, to))
    } catch (error) {
      if (retry >= retries || !hasCode(error, windowsRefusals)) throw error
      yield* step(port.timers.wait(10 * 2 ** retry))
    }
  }
}
