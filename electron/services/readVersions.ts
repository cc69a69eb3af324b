import type { FileFacts, Format, FormatContext } from '../../shared/core/formats/format.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { FolderMemory } from './folderMemory.ts'

/** Where a document stands among those of its run. */
export type Ranked = { readonly isBehind: boolean; readonly behind: readonly string[] }

type Among = {
  readonly document: string
  readonly text: string
  /** The files of its folders. */
  readonly listed: readonly FileFacts[]
  readonly folders: FolderMemory
  readonly known: FormatContext
  readonly textOf: (path: string) => Promise<string | null>
}

/** [F324] Null for a format that does not rank files by their names. Each file is read once, whatever is asked of its family. */
export async function readVersions(
  format: Format,
  { document, text, listed, folders, known, textOf }: Among,
): Promise<Ranked | null> {
  if (format.family === undefined) return null
  const familyOf = (path: string) => format.family?.(path) ?? path
  const alike = folders.families(listed, familyOf).get(familyOf(document)) ?? []
  if (alike.length < 2) return alone
  const rankAt = async (path: string) => {
    const own = path === document ? text : await textOf(path)
    return own === null ? null : (format.rank?.(path, own, known) ?? null)
  }
  const ranked = await mapBounded(alike.slice(-mostAlike), 8, async ({ path }) => {
    const found = folders.ranks.get(path) ?? rankAt(path)
    folders.ranks.set(path, found)
    return { path, rank: await found }
  })
  const own = ranked.find(({ path }) => path === document)?.rank ?? null
  if (own === null) return alone
  const others = ranked.flatMap(({ path, rank: other }) =>
    other?.run === own.run ? [{ path, order: other.order }] : [],
  )
  return {
    isBehind: others.some(({ order }) => order > own.order),
    behind: others.flatMap(({ path, order }) => (order < own.order ? [path] : [])),
  }
}

/** Of more files that are named alike the last ones by name. */
const mostAlike = 500

const alone: Ranked = { isBehind: false, behind: [] }
