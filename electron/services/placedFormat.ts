// Tells a document that says nothing of itself any more by where it lies, what it is called, and what lies beside it.
import { detectFormat } from '../../shared/core/formats/detectFormat.ts'
import { foreignFormatIds, type FileFacts, type Format } from '../../shared/core/formats/format.ts'
import { createFolderMemory, type FolderMemory } from './folderMemory.ts'
import { formatOf, listFolders, readTexts, type FormatReader } from './readFormat.ts'

/**
 * [F283] The engine that names its documents so, and of which all is that can be told of the files beside it; null where there
 * is none, or no file beside it says anything.
 */
export async function placedFormat(
  context: FormatReader,
  document: string,
  folders: FolderMemory = createFolderMemory(context.store),
): Promise<Format | null> {
  for (const id of foreignFormatIds) {
    const format = formatOf(id)
    if (format?.names?.(document) !== true) continue
    const listed = await listFolders(folders, format.folders(document))
    const { texts } = await readTexts(context.store, nearest(document, listed), limits)
    const told = new Set([...texts.values()].map((text) => detectFormat(text).format))
    told.delete('unknown')
    if (told.size === 1 && told.has(id)) return format
  }
  return null
}

const mostNear = 6
const limits = { fileBytes: 1024 * 1024, totalBytes: 4 * 1024 * 1024 }

/** Its spares first, then what is called most alike. */
function nearest(document: string, files: readonly FileFacts[]): readonly FileFacts[] {
  const name = baseOf(document)
  return files
    .filter(({ path, sizeBytes }) => path !== document && sizeBytes > 0 && isState.test(path))
    .map((file) => ({ file, alike: alikeAt(name, baseOf(file.path)) }))
    .toSorted((one, other) => other.alike - one.alike)
    .slice(0, mostNear)
    .map(({ file }) => file)
}

const isState = /\.json(?:\.gz)?(?:\.[\d.]+)?(?:\.tmp)?$/

/** How many characters two names have in common at their begin. */
function alikeAt(one: string, other: string): number {
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  return at
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
