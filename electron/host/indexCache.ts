import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from './hostFacts.ts'
import {
  decodeFirstPage,
  decodeIndex,
  encodeFirstPage,
  encodeIndex,
  type IndexCache,
  type ReadNext,
} from '../services/listing/savedIndex.ts'

export type IndexCacheOptions = {
  readonly folder: string
  /** Tells workspaces apart. */
  readonly workspace: string
  /** Rows of another version may have another shape. */
  readonly version: string
}

/**
 * Keeps what was read of a workspace in the user's cache, so that the next start reads only what changed. The workspace
 * itself is not written: opening leaves no trace. A file that is damaged in any way is as good as none.
 */
export function createIndexCache({ folder, workspace, version }: IndexCacheOptions): IndexCache {
  const file = join(folder, `${workspace}.rows`)
  const pageFile = join(folder, `${workspace}.page`)
  return {
    load: () => readParts(file, (next) => decodeIndex(next, version)),
    save: async (index, firstPage) => {
      await replaceFile(folder, file, encodeIndex(index, version))
      await replaceFile(folder, pageFile, [encodeFirstPage(firstPage, version)])
    },
    firstPage: async () => {
      const bytes = await readIfThere(pageFile)
      return bytes === null ? null : decodeFirstPage(bytes, version)
    },
  }
}

/** Tells the workspace in this folder from all others. */
export function cacheName(root: string): string {
  return sha256(root).slice(0, 24)
}

/** Written beside it first, so that whoever reads finds the old one or the new one. */
async function replaceFile(
  folder: string,
  file: string,
  parts: readonly Uint8Array[],
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const temporary = `${file}.${process.pid}.tmp`
  try {
    const handle = await open(temporary, 'w', 0o600)
    try {
      for (const part of parts) await handle.writeFile(part)
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Gives the file piece by piece; null when there is none. */
async function readParts<T>(file: string, read: (next: ReadNext) => Promise<T>): Promise<T | null> {
  const [opened] = await Promise.allSettled([open(file, 'r')])
  if (opened.status === 'rejected') return null
  const handle = opened.value
  try {
    const { size } = await handle.stat()
    return await read(async (sizeBytes) => {
      if (sizeBytes > size) return null
      const bytes = new Uint8Array(sizeBytes)
      const { bytesRead } = await handle.read(bytes, 0, sizeBytes, null)
      return bytesRead === sizeBytes ? bytes : null
    })
  } finally {
    await handle.close()
  }
}

/** Null for whatever cannot be read: a cache that is not to be had is none, and the list is made without it. */
async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error) return null
    throw error
  }
}
