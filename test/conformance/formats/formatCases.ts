import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { detectFormat } from '../../../shared/core/formats/detectFormat.ts'
import type {
  FileChange,
  FileFacts,
  FileSet,
  Format,
  FormatContext,
} from '../../../shared/core/formats/format.ts'
import { formats } from '../../../shared/core/formats/formats.ts'

/** A real document of an engine, with everything that lies in the fixtures beside it. */
export type FormatCase = {
  readonly format: Format
  readonly document: string
  readonly text: string
  readonly set: FileSet
}

export const context: FormatContext = {
  sha256: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
  now: '2026-11-22T00:00:00.000Z',
}

const fixtures = fileURLToPath(new URL('../../fixtures/foreign/', import.meta.url))

/** Every file of `fixtures/foreign/<id>` and `fixtures/foreign/sets/<id>` that is told to be of this format. */
export function casesOf(format: Format): readonly FormatCase[] {
  const roots = [join(fixtures, format.id), join(fixtures, 'sets', format.id)]
  return roots.filter(existsSync).flatMap((root) => {
    const files = filesBelow(root)
    return [...files].flatMap(([document, text]) => {
      const isTemporary = document.endsWith('.tmp')
      if (isTemporary || detectFormat(text).format !== format.id) return []
      return [{ format, document, text, set: setOf(format, document, files) }]
    })
  })
}

export const allFormats: readonly Format[] = Object.values(formats)

/** The files that belong to a document, as the services gather them. */
export function setOf(
  format: Format,
  document: string,
  files: ReadonlyMap<string, string>,
  item: string | null = null,
): FileSet {
  const text = files.get(document) ?? ''
  const folders = new Set(format.folders(document).map((folder) => folder.replace(/^\.\//, '')))
  const listed = [...files.keys()].filter((path) => folders.has(folderOf(path))).map(factsOf)
  const named = new Set([document, ...format.belongs(document, text, listed)])
  const own = listed.filter(({ path }) => named.has(path))
  const facts = own.some(({ path }) => path === document) ? own : [factsOf(document), ...own]
  const texts = new Map([...files].filter(([path]) => named.has(path)))
  return { document, item, files: facts, texts }
}

/** The same set after these changes. */
export function changed(set: FileSet, changes: readonly FileChange[]): FileSet {
  const texts = new Map(set.texts)
  for (const { path, text } of changes) {
    if (text === null) texts.delete(path)
    else texts.set(path, text)
  }
  const known = new Set(set.files.map(({ path }) => path))
  const added = [...texts.keys()].filter((path) => !known.has(path)).map(factsOf)
  const files = [...set.files.filter(({ path }) => texts.has(path)), ...added]
  return { ...set, files, texts }
}

/** Changes that would leave every file as it is. */
export function isNothing(set: FileSet, changes: readonly FileChange[]): boolean {
  return changes.every(({ path, text }) => set.texts.get(path) === text)
}

function filesBelow(root: string): ReadonlyMap<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    paths
      .toSorted()
      .map((path) => [path.slice(root.length + 1).replaceAll('\\', '/'), textOf(path)]),
  )
}

function textOf(path: string): string {
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}

function factsOf(path: string): FileFacts {
  return { path, sizeBytes: 1000, modifiedAt: '2026-11-21T00:00:00.000Z' }
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}
