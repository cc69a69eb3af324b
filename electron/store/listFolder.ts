// Lists the files of one folder, whatever their names: what lies beside a document of another engine.
import { mapBounded } from '../../shared/mapBounded.ts'
import type { FileStatus } from './fileSystem.ts'
import { checkedPath, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { orMissing } from './storeErrors.ts'
import type { FolderFile } from './documentStore.ts'

/** Plain files by name; links, folders and what is gone meanwhile are left out. `''` is the workspace itself. */
export async function listFolder(
  context: StoreContext,
  folder: string,
): Promise<readonly FolderFile[]> {
  const path = folder === '' ? context.root : await checkedPath(context, folder)
  const names = (await childrenAt(context, path)).slice(0, mostFiles)
  const files = names.map((name) => (folder === '' ? name : `${folder}/${name}`))
  const found = await mapBounded(files, 16, async (file) =>
    fileOf(file, await statusOf(context, file)),
  )
  return found.filter((file) => file !== null)
}

/** A folder of more files than these is looked at up to here, in the order of their names. */
const mostFiles = 10_000

async function childrenAt(context: StoreContext, path: string): Promise<readonly string[]> {
  const children = await orMissing(() => context.fileSystem.list(path), [])
  return children.flatMap(({ name, kind }) => (kind === 'file' ? [name] : [])).toSorted()
}

function fileOf(path: string, status: FileStatus | null): FolderFile | null {
  if (status?.kind !== 'file') return null
  const modifiedAt = new Date(Number(status.modifiedNs / 1_000_000n)).toISOString()
  return { path, sizeBytes: status.sizeBytes, modifiedAt }
}
