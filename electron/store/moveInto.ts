// Moves files and folders without ever replacing a file.
import { dirname } from 'node:path'
import { renameWithPatience } from './atomicWrite.ts'
import { absolute, checkedPath, makeFolderOf, statusOf } from './paths.ts'
import { childrenOf } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { hasCode, isMissing } from './storeErrors.ts'

/** Moves a file or folder where nothing is; folders that both exist are merged. What is in the way stays, on both sides. */
export async function moveInto(context: StoreContext, from: string, to: string): Promise<void> {
  const [source, target] = [await statusOf(context, from), await statusOf(context, to)]
  if (source === null) return
  if (target === null) {
    const parent = await makeFolderOf(context, to)
    const path = await checkedPath(context, from)
    if (!(await renameIfThere(context, { from, path, to: absolute(context, to) }))) return
    await context.fileSystem.syncFolder(parent)
    await context.fileSystem.syncFolder(dirname(path))
    return
  }
  if (source.kind !== 'folder' || target.kind !== 'folder') return
  for (const name of await childrenOf(context, from)) {
    await moveInto(context, `${from}/${name}`, `${to}/${name}`)
  }
  await removeEmptyFolders(context, from)
}

/** False: another process that moves the same has taken it meanwhile. */
async function renameIfThere(
  context: StoreContext,
  { from, path, to }: { readonly from: string; readonly path: string; readonly to: string },
): Promise<boolean> {
  try {
    await renameWithPatience(context, path, to)
    return true
  } catch (error) {
    if (isMissing(error) && (await statusOf(context, from)) === null) return false
    throw error
  }
}

/** Removes folders that hold no file, from the inside out; one that holds a file stays. */
export async function removeEmptyFolders(context: StoreContext, path: string): Promise<void> {
  const status = await statusOf(context, path)
  if (status?.kind !== 'folder') return
  for (const name of await childrenOf(context, path)) {
    await removeEmptyFolders(context, `${path}/${name}`)
  }
  await removeFolderIfEmpty(context, path)
}

export async function removeFolderIfEmpty(context: StoreContext, path: string): Promise<void> {
  try {
    await context.fileSystem.removeFolder(absolute(context, path))
  } catch (error) {
    if (!hasCode(error, occupied)) throw error
  }
}

const occupied = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT'])
