import type { FileFacts, FormatRank } from '../../shared/core/formats/format.ts'
import type { Store } from '../store/store.ts'

/** One look at a folder, and one at each of its files, serves every document in it. */
export type FolderMemory = {
  readonly look: (folder: string) => Promise<readonly FileFacts[]>
  /** Files by what their names have in common; of one list of files once. */
  readonly families: (
    files: readonly FileFacts[],
    familyOf: (path: string) => string,
  ) => ReadonlyMap<string, readonly FileFacts[]>
  /** By file, once it was asked for. */
  readonly ranks: Map<string, Promise<FormatRank | null>>
}

export function createFolderMemory(store: Pick<Store, 'listFolder'>): FolderMemory {
  const looks = new Map<string, Promise<readonly FileFacts[]>>()
  const grouped = new Map<readonly FileFacts[], ReadonlyMap<string, readonly FileFacts[]>>()
  return {
    look: (folder) => {
      const known = looks.get(folder) ?? store.listFolder(folder)
      looks.set(folder, known)
      return known
    },
    families: (files, familyOf) => {
      const known = grouped.get(files) ?? groupFiles(files, familyOf)
      grouped.set(files, known)
      return known
    },
    ranks: new Map(),
  }
}

function groupFiles(
  files: readonly FileFacts[],
  familyOf: (path: string) => string,
): ReadonlyMap<string, readonly FileFacts[]> {
  const groups = new Map<string, FileFacts[]>()
  for (const file of files) {
    const family = familyOf(file.path)
    const group = groups.get(family)
    if (group === undefined) groups.set(family, [file])
    else group.push(file)
  }
  return groups
}
