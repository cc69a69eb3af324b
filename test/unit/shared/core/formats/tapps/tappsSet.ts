import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { FileFacts, FileSet } from '../../../../../../shared/core/formats/format.ts'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'

const root = fileURLToPath(new URL('../../../../../fixtures/foreign/sets/tapps/', import.meta.url))

export const context = {
  sha256: (text: string) => createHash('sha256').update(text, 'utf8').digest('hex'),
  now: '2026-11-22T09:00:00.000Z',
}

export type Folder = {
  readonly facts: readonly FileFacts[]
  readonly texts: ReadonlyMap<string, string>
}

/** Every file of a folder of fixtures, with names as a workspace has them. */
export function folderOf(name: string): Folder {
  const facts: FileFacts[] = []
  const texts = new Map<string, string>()
  const base = join(root, name)
  for (const entry of readdirSync(base, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const path = relative(base, file).replaceAll('\\', '/')
    const bytes = readFileSync(file)
    facts.push({ path, sizeBytes: statSync(file).size, modifiedAt: modifiedAt(path) })
    const text = textOf(path, bytes)
    if (text !== null) texts.set(path, text)
  }
  return { facts: facts.toSorted((a, b) => (a.path < b.path ? -1 : 1)), texts }
}

/** A copied fixture has no time of its own: the stamp in its name stands for it. */
function modifiedAt(path: string): string {
  const [, day, clock] = /(\d{8})-(\d{6})\.json/.exec(path) ?? []
  if (day === undefined || clock === undefined) return '2026-11-21T08:00:00.000Z'
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`
  return `${date}T${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4)}.000Z`
}

function textOf(path: string, bytes: Buffer): string | null {
  if (!path.endsWith('.gz')) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}

/** What the services hand to the format for one document: the files of its folders that belong to it, and no other text. */
export function setOf(folder: Folder, document: string): FileSet {
  const text = folder.texts.get(document) ?? ''
  const folders = new Set(tapps.folders(document))
  const files = folder.facts.filter(({ path }) =>
    folders.has(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''),
  )
  const named = new Set([...tapps.belongs(document, text, files), document])
  return {
    document,
    item: null,
    files,
    texts: new Map([...folder.texts].filter(([path]) => named.has(path))),
  }
}

/** The folder with other texts; null takes a file away. */
export function withFiles(
  { facts, texts }: Folder,
  changes: Readonly<Record<string, string | null>>,
): Folder {
  const gone = new Set(Object.keys(changes).filter((path) => changes[path] === null))
  const given = Object.entries(changes).flatMap(([path, text]) =>
    text === null ? [] : [[path, text] as const],
  )
  const added = given
    .filter(([path]) => !facts.some((file) => file.path === path))
    .map(([path, text]) => ({ path, sizeBytes: text.length, modifiedAt: modifiedAt(path) }))
  return {
    facts: [...facts.filter(({ path }) => !gone.has(path)), ...added],
    texts: new Map([...[...texts].filter(([path]) => !gone.has(path)), ...given]),
  }
}

export const home = '.tapps-agents/workflow-state'
