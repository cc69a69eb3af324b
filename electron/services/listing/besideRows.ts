// What a row of another engine says follows from files beside its document too: which rows a change of such a file concerns.
import {
  foreignFormatIds,
  type FileFacts,
  type Format,
} from '../../../shared/core/formats/format.ts'
import type { Entry } from '../../store/store.ts'
import { formatOf } from '../readFormat.ts'
import type { RowTable } from './rowTable.ts'

/** Files that came, went or changed in one sweep. */
export type TouchedFiles = {
  readonly note: (entries: readonly Entry[]) => void
  readonly noteRemoved: (document: string) => void
  /** Places of rows that were not read in this sweep, and that say something of a file that was touched. */
  readonly rowsBeside: (rows: RowTable) => readonly number[]
}

/** [F282] */
export function createTouchedFiles(): TouchedFiles {
  const read = new Set<string>()
  const folders = new Map<string, FileFacts[]>()
  const touch = (file: FileFacts): void => {
    const folder = folderOf(file.path)
    const known = folders.get(folder)
    if (known === undefined) folders.set(folder, [file])
    else known.push(file)
  }
  return {
    note: (entries) => {
      for (const { document, run, sizeBytes, modifiedAt } of entries) {
        // A run of ours stands beside no engine's document.
        if (run !== null) continue
        read.add(document)
        touch({ path: document, sizeBytes, modifiedAt })
      }
    },
    noteRemoved: (document) => touch({ path: document, sizeBytes: 0, modifiedAt: '' }),
    rowsBeside: (rows) =>
      folders.size === 0
        ? []
        : rows.ofFormats(foreign).filter((place) => {
            const document = rows.documentAt(place)
            const format = formatOf(rows.rowAt(place).ref.format)
            return !read.has(document) && format !== null && concerns(format, document, folders)
          }),
  }
}

const foreign: ReadonlySet<string> = new Set(foreignFormatIds)

function concerns(
  format: Format,
  document: string,
  touched: ReadonlyMap<string, readonly FileFacts[]>,
): boolean {
  const near = format
    .folders(document)
    .flatMap((folder) => touched.get(folder.replace(/^\.\//, '')) ?? [])
    .filter(({ path }) => path !== document)
  if (near.length === 0) return false
  if (format.mayBelong !== undefined)
    return near.some(({ path }) => format.mayBelong?.(document, path) === true)
  return format.belongs(document, '', near).some((path) => path !== document)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
