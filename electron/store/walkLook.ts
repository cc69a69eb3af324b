// What was found in one folder, in columns: 200,000 files are a few buffers, and cross to another thread without a copy.
import type { FileKind } from './fileSystem.ts'
import type { Chosen } from './walkRules.ts'

export type FolderLook = {
  /** Names of the listed files in their order, with `/` between them. */
  readonly names: string
  readonly folders: readonly string[]
  /** Four numbers a file, see `rowOf`. */
  readonly rows: Float64Array
  /** As `lstat` tells it: kind and permission bits. */
  readonly modes: Uint32Array
  readonly uids: Uint32Array
  /** Files that could not be looked at, by their place; their rows are zeros. */
  readonly failures: ReadonlyMap<number, LookFailure>
}

/** First bytes of files of a folder, one file behind the other. */
export type FolderStarts = {
  readonly bytes: Uint8Array
  /** Where the bytes of each file begin, by its place, and where the last ones end: the same twice for a file that was not read. */
  readonly offsets: Uint32Array
}

/** An error of the system, as it crosses to another thread. */
export type LookFailure = { readonly code: string; readonly message: string }

/** Inode, times in milliseconds, and size of a file. */
export type FileNumbers = {
  readonly ino: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly size: number
  readonly mode: number
  readonly uid: number
}

export const rowLength = 4

/**
 * Looks at each chosen file. Times are doubles of milliseconds, which leaves out what is below a quarter of a microsecond:
 * a change, a look at it and another change take longer than that, so two states that were seen never share their times.
 */
export function createColumns({ files, folders }: Chosen): {
  readonly set: (place: number, file: FileNumbers) => void
  readonly fail: (place: number, failure: LookFailure) => void
  readonly look: () => FolderLook
} {
  const rows = new Float64Array(files.length * rowLength)
  const modes = new Uint32Array(files.length)
  const uids = new Uint32Array(files.length)
  const failures = new Map<number, LookFailure>()
  return {
    set: (place, { ino, mtimeMs, ctimeMs, size, mode, uid }) => {
      const at = place * rowLength
      rows[at] = ino
      rows[at + 1] = mtimeMs
      rows[at + 2] = ctimeMs
      rows[at + 3] = size
      modes[place] = mode
      uids[place] = uid
    },
    fail: (place, failure) => {
      failures.set(place, failure)
    },
    look: () => ({ names: files.join('/'), folders, rows, modes, uids, failures }),
  }
}

export function namesOf(joined: string): readonly string[] {
  return joined === '' ? [] : joined.split('/')
}

export function asFailure(error: unknown): LookFailure {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error
  return { code: error.code, message: error.message }
}

export function asError({ code, message }: LookFailure): Error {
  return Object.assign(new Error(message), { code })
}

/** The kind bits of a mode. */
export const kindBits = {
  file: 0o100000,
  folder: 0o040000,
  link: 0o120000,
  other: 0,
} as const satisfies Record<FileKind, number>

export function kindOfMode(mode: number): FileKind {
  const bits = mode & 0o170000
  if (bits === kindBits.file) return 'file'
  if (bits === kindBits.folder) return 'folder'
  return bits === kindBits.link ? 'link' : 'other'
}
