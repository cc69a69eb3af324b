// The manifest of a trashed run: what was taken away, and how far its move has come.
import { z } from 'zod'
import { RunId } from '../../shared/schema/ids.ts'
import { replaceFile } from './atomicWrite.ts'
import { decodeText, encodeText } from './files.ts'
import { places } from './layout.ts'
import { absolute, makeFolders } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import type { TrashedRun } from './store.ts'

export const TrashManifest = z.looseObject({
  id: z.string(),
  run: RunId,
  workflow: z.string().nullable(),
  at: z.string(),
  expiresAt: z.string(),
  sizeBytes: z.number(),
  reason: z.string(),
  /** `moving` and `restoring` are on disk before the first file moves. */
  state: z.enum(['moving', 'trashed', 'restoring']),
  /** In the order in which they are taken away. `stamp` tells whether a file was written since; null for a folder. */
  items: z.array(z.looseObject({ path: z.string(), stamp: z.string().nullable() })),
})
export type TrashManifest = z.infer<typeof TrashManifest>

/** Where an item lies while it is in the trash. */
export function trashedPath(manifest: TrashManifest, path: string): string {
  return `${trashFolder(manifest.id)}/files/${path}`
}

export function trashFolder(id: string): string {
  return `${places.trash}/${id}`
}

export function manifestPath(id: string): string {
  return `${trashFolder(id)}/manifest.json`
}

export async function writeManifest(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest> {
  await makeFolders(context, trashFolder(manifest.id))
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  await replaceFile(context, manifestPath(manifest.id), encodeText(text))
  return manifest
}

/** Null when there is none that can be understood. */
export async function readManifest(
  context: StoreContext,
  id: string,
): Promise<TrashManifest | null> {
  const stored = await readDocumentOrNull(context, manifestPath(id))
  if (stored === null) return null
  try {
    const manifest = TrashManifest.safeParse(JSON.parse(decodeText(stored.bytes)))
    return manifest.success && manifest.data.id === id ? manifest.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

export async function removeManifest(context: StoreContext, id: string): Promise<void> {
  await context.fileSystem.remove(absolute(context, manifestPath(id)))
  await context.fileSystem.syncFolder(absolute(context, trashFolder(id)))
}

export function trashedRunOf(manifest: TrashManifest): TrashedRun {
  const { id, run, workflow, at, expiresAt, sizeBytes, reason } = manifest
  return { id, run, workflow, at, expiresAt, sizeBytes, reason }
}
