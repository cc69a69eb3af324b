// Reads the state of another engine: the document, and what lies beside it and belongs to it.
import type {
  FileFacts,
  FileSet,
  Format,
  FormatContext,
  FormatItem,
  FormatReading,
} from '../../shared/core/formats/format.ts'
import { formats } from '../../shared/core/formats/formats.ts'
import type { UnknownMapping } from '../../shared/schema/unknownMapping.ts'
import type { FormatId } from '../../shared/schema/format.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { AppError } from '../../shared/errors.ts'
import type { Store } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { createFolderMemory, type FolderMemory } from './folderMemory.ts'
import { readVersions, type Ranked } from './readVersions.ts'
import { decodeUtf8 } from './decodeUtf8.ts'
import { unpack } from './unpack.ts'

/** The state of another engine as it was read, and what a change of it has to be based on. */
export type FormatState = {
  readonly format: Format
  readonly role: 'run' | 'part'
  /** Documents that stand for an earlier state of the same run: this one has the row. */
  readonly behind: readonly string[]
  readonly text: string
  readonly set: FileSet
  /** Of every file that was read, by path. */
  readonly revs: ReadonlyMap<string, string>
  /** Changes when any file of the set does. */
  readonly rev: string
  readonly reading: FormatReading
  /** The states in a document that holds many; empty: it is one. */
  readonly items: readonly FormatItem[]
}

export type FormatSource = {
  readonly document: string
  readonly item: string | null
  /** The document itself, which was read already. */
  readonly text: string
  readonly rev: string
}

export type ReadLimits = {
  /** A larger file is not read. */
  readonly fileBytes: number
  /** All files that are read beside the document have at most so many together. */
  readonly totalBytes: number
}

export type FormatReader = Pick<ServiceContext, 'sha256' | 'now'> & {
  readonly store: Pick<Store, 'listFolder' | 'readDocument'>
}

/** Null: there is nothing that reads this format. */
export function formatOf(id: FormatId): Format | null {
  const known: { readonly [id in FormatId]?: Format } = formats
  return known[id] ?? null
}

/** [F190] */
export async function readFormat(
  context: FormatReader,
  format: Format,
  options: FormatSource & {
    readonly limits: ReadLimits
    readonly folders?: FolderMemory
    readonly mappings?: readonly UnknownMapping[]
  },
): Promise<FormatState> {
  const { document, item, text, limits } = options
  const folders = options.folders ?? createFolderMemory(context.store)
  const listed = await listFolders(folders, format.folders(document))
  const own = listed.find(({ path }) => path === document)
  const known = {
    sha256: context.sha256,
    now: context.now(),
    ...(options.mappings === undefined ? {} : { mappings: options.mappings }),
  }
  const versions = await readVersions(format, {
    document,
    text,
    listed,
    folders,
    known,
    textOf: async (path) => (await readText(context.store, path, limits.fileBytes)).text,
  })
  const named = new Set([...format.belongs(document, text, listed), ...(versions?.behind ?? [])])
  const beside =
    named.size === 0 ? [] : listed.filter(({ path }) => named.has(path) && path !== document)
  const read = await readTexts(context.store, beside, limits)
  const texts = new Map([[document, text], ...read.texts])
  const revs = new Map([[document, options.rev], ...read.revs])
  const files = [own ?? factsOf(context, document, text), ...beside]
  const set = { document, item, files, texts }
  const ranked = versions ?? rankOf(format, set, known)
  const reading = format.read(set, known)
  return {
    format,
    role: ranked.isBehind ? 'part' : format.role(document, text),
    behind: ranked.behind,
    text,
    set,
    revs,
    rev: revOf(context, revs),
    reading,
    items: reading.items ?? format.items?.(text) ?? [],
  }
}

/** [F215] Of documents of one run the last one is its row. */
function rankOf(format: Format, { document, texts }: FileSet, known: FormatContext): Ranked {
  const own = format.rank?.(document, texts.get(document) ?? '', known) ?? null
  if (own === null) return { isBehind: false, behind: [] }
  const others = [...texts].flatMap(([path, text]) => {
    const rank = path === document ? null : (format.rank?.(path, text, known) ?? null)
    return rank?.run === own.run ? [{ path, order: rank.order }] : []
  })
  return {
    isBehind: others.some(({ order }) => order > own.order),
    behind: others.flatMap(({ path, order }) => (order < own.order ? [path] : [])),
  }
}

/** Texts of files, decompressed where their names say so, as far as the limits go. */
export async function readTexts(
  store: FormatReader['store'],
  files: readonly FileFacts[],
  limits: ReadLimits,
): Promise<{
  readonly texts: ReadonlyMap<string, string>
  readonly revs: ReadonlyMap<string, string>
}> {
  const chosen = withinLimits(files, limits)
  const read = await mapBounded(chosen, 8, async ({ path }) => ({
    path,
    ...(await readText(store, path, limits.fileBytes)),
  }))
  return {
    texts: new Map(read.flatMap(({ path, text }) => (text === null ? [] : [[path, text]]))),
    revs: new Map(read.flatMap(({ path, rev }) => (rev === null ? [] : [[path, rev]]))),
  }
}

/** What a plan is based on: a file that comes, goes or changes makes it another one. */
function revOf({ sha256 }: FormatReader, revs: ReadonlyMap<string, string>): string {
  const [only, ...more] = revs.values()
  if (only !== undefined && more.length === 0) return only
  const parts = [...revs].toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `sha256:${sha256(JSON.stringify(parts))}`
}

export async function listFolders(
  { look }: FolderMemory,
  folders: readonly string[],
): Promise<readonly FileFacts[]> {
  const inside = [...new Set(folders.map(plainFolder))].filter((folder) => folder !== null)
  const [first, ...others] = await Promise.all(inside.map(look))
  if (first === undefined || others.length === 0) return first ?? []
  return [...new Map([first, ...others].flat().map((file) => [file.path, file])).values()]
}

/** Null for one that lies outside of the workspace: it is not looked at. */
function plainFolder(folder: string): string | null {
  const parts = folder.split('/').filter((part) => part !== '' && part !== '.')
  return parts.includes('..') ? null : parts.join('/')
}

/** The newest first, as far as the limits go: what is left out has no text. */
function withinLimits(files: readonly FileFacts[], limits: ReadLimits): readonly FileFacts[] {
  let left = limits.totalBytes
  const newest = files.toSorted((one, other) => (one.modifiedAt < other.modifiedAt ? 1 : -1))
  return newest.slice(0, mostFiles).filter(({ sizeBytes }) => {
    if (sizeBytes > limits.fileBytes || sizeBytes > left) return false
    left -= sizeBytes
    return true
  })
}

const mostFiles = 500

type ReadText = { readonly text: string | null; readonly rev: string | null }

/** A file that is gone meanwhile, or may not be read, is part of the set and has no text. */
async function readText(
  store: FormatReader['store'],
  path: string,
  limitBytes: number,
): Promise<ReadText> {
  try {
    const { bytes, rev } = await store.readDocument(path)
    const unpacked = await unpack(path, bytes, limitBytes)
    const decoded = unpacked.kind === 'ok' ? decodeUtf8(unpacked.bytes) : null
    return { text: decoded !== null && 'text' in decoded ? decoded.text : null, rev }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return { text: null, rev: null }
    throw error
  }
}

/** Of a document that its folder does not list, such as one that was named by a person. */
function factsOf(context: FormatReader, document: string, text: string): FileFacts {
  return { path: document, sizeBytes: text.length, modifiedAt: context.now() }
}
