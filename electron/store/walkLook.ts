// What was found in one folder, in columns: 200,000 files are a few buffers, and cross to another thread without a copy.
import type { FileKind } from './fileSystem.ts'
import type { HeadLines } from './headLines.ts'
import type { Chosen } from './walkRules.ts'

export type FolderLook = {
  /** Names of the listed files in their order, as `namesOf` reads them. */
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
  /** What the heads among them say, in their order. */
  readonly lines: HeadLines
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

export function sizeAt(rows: Float64Array, place: number): number {
  return rows[place * rowLength + 3] ?? 0
}

/**
 * Looks at each chosen file. Times are doubles of milliseconds, which leaves out what is below a quarter of a microsecond:
 * a change, a look at it and another change take longer than that, so two states that were seen never share their times.
 */
export function createColumns(
  { files, folders }: Chosen,
  spare: ArrayBuffer | null = null,
): FolderColumns {
  const count = files.length
  const buffer = cleared(spare, count * bytesOfFile)
  const rows = new Float64Array(buffer, 0, count * rowLength)
  const modes = new Uint32Array(buffer, rows.byteLength, count)
  const uids = new Uint32Array(buffer, rows.byteLength + modes.byteLength, count)
  return { files, folders, rows, modes, uids, failures: new Map() }
}

export type FolderColumns = Chosen &
  Pick<FolderLook, 'rows' | 'modes' | 'uids'> & { readonly failures: Map<number, LookFailure> }

export function setNumbers(columns: FolderColumns, place: number, file: FileNumbers): void {
  const { rows } = columns
  const at = place * rowLength
  rows[at] = file.ino
  rows[at + 1] = file.mtimeMs
  rows[at + 2] = file.ctimeMs
  rows[at + 3] = file.size
  columns.modes[place] = file.mode
  columns.uids[place] = file.uid
}

export function lookOf({ files, ...columns }: FolderColumns): FolderLook {
  return { names: joined(files), ...columns }
}

/** Four numbers, its mode and its owner. */
const bytesOfFile = rowLength * 8 + 8

/** The spare buffer where it has the room. One that is made has some more, so that it does for other folders too. */
function cleared(spare: ArrayBuffer | null, sizeBytes: number): ArrayBuffer {
  if (spare === null || spare.byteLength < sizeBytes)
    return new ArrayBuffer(Math.ceil(sizeBytes / roundBytes) * roundBytes)
  new Uint8Array(spare, 0, sizeBytes).fill(0)
  return spare
}

const roundBytes = 4096

/** With `/` between them; nothing stands for a name that is the one before it and an `l`, as that of a journal is. */
function joined(names: readonly string[]): string {
  return names
    .map((name, at) => (at > 0 && isLonger(name, names[at - 1] ?? '') ? '' : name))
    .join('/')
}

function isLonger(name: string, before: string): boolean {
  return name.length === before.length + 1 && name.endsWith('l') && name.startsWith(before)
}

export function namesOf(text: string): readonly string[] {
  if (text === '') return []
  const names = text.split('/')
  for (let at = 1; at < names.length; at++) if (names[at] === '') names[at] = `${names[at - 1]}l`
  return names
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
