import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type {
  FileFacts,
  FileSet,
  Format,
  FormatChange,
  FormatContext,
} from '../../../../../shared/core/formats/format.ts'
import { Timestamp } from '../../../../../shared/schema/json.ts'

const sets = new URL('../../../../fixtures/foreign/sets/', import.meta.url)

export const context: FormatContext = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  now: Timestamp.parse('2026-11-21T12:00:00.000Z'),
}

/** Every file below a folder of the fixtures, by path from that folder. */
export function readFolder(folder: string): ReadonlyMap<string, string> {
  const root = new URL(`${folder}/`, sets)
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.pathname.length))
  return new Map(
    paths
      .map((path) => path.replace(/^\//, ''))
      .toSorted()
      .map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
  )
}

/** The file set of a document, gathered as the service does it. */
export function setOf(
  format: Format,
  document: string,
  files: ReadonlyMap<string, string>,
  item: string | null = null,
): FileSet {
  const facts = factsOf(files)
  const folders = new Set(format.folders(document))
  const listed = facts.filter(({ path }) => folders.has(folderOf(path)))
  const text = files.get(document) ?? ''
  const paths = new Set([document, ...format.belongs(document, text, listed)])
  return {
    document,
    item,
    files: listed,
    texts: new Map([...files].filter(([path]) => paths.has(path))),
  }
}

export function factsOf(files: ReadonlyMap<string, string>): readonly FileFacts[] {
  return [...files].map(([path, text]) => ({
    path,
    sizeBytes: Buffer.byteLength(text),
    modifiedAt: Timestamp.parse('2026-11-21T09:00:00.000Z'),
  }))
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
}

/** The text of a change of one file; a refusal is a failure of the test. */
export function changedText(change: FormatChange): string {
  if (change.kind === 'refused') throw new Error(change.problems.join(' '))
  const text = change.changes[0]?.text
  if (typeof text !== 'string' || change.changes.length !== 1) {
    throw new Error(`expected one changed file, got ${change.changes.length}`)
  }
  return text
}
