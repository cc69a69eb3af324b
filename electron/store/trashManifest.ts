// The manifest of what lies in the trash: what was taken away, and how far its move has come.
import { z } from 'zod'
import { RunId } from '../../shared/schema/ids.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { replaceFile } from './atomicWrite.ts'
import { decodeText, encodeText } from './files.ts'
import { places } from './layout.ts'
import { absolute, makeFolders, statusOf } from './paths.ts'
import { readDocumentOrNull } from './readStoredRun.ts'
import type { StoreContext } from './storeContext.ts'
import { isMissing, orGone } from './storeErrors.ts'
import type { TrashedRun } from './trashStore.ts'

export const TrashManifest = z.looseObject({
  id: z.string(),
  kind: z.enum(['run', 'temporary', 'thinned']).default('run'),
  /** Null: temporary files that belong to no run. */
  run: RunId.nullable(),
  workflow: z.string().nullable(),
  at: z.string(),
  expiresAt: z.string(),
  sizeBytes: z.number(),
  reason: z.string(),
  /** `moving` and `restoring` are on disk before the first file moves. */
  state: z.enum(['moving', 'trashed', 'restoring']),
  /** In the order in which they are taken away. `stamp` tells whether a file was written since; null for a folder. */
  items: z.array(
    z.looseObject({
      path: z.string(),
      stamp: z.string().nullable(),
      /** Where it is put back, when that is another place than where it was. */
      restoreAs: z.string().optional(),
    }),
  ),
})
export type TrashManifest = z.infer<typeof TrashManifest>

/** Where an item lies while it is in the trash. */
export function trashedPath(manifest: TrashManifest, path: string): string {
  return `${trashFolder(manifest.id)}/files/${path}`
}

export function trashFolder(id: string): string {
  return `${places.trash}/${id}`
}

export function manifestPath(folder: string): string {
  return `${folder}/manifest.json`
}

export async function writeManifest(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashManifest> {
  const folder = trashFolder(manifest.id)
  await makeFolders(context, folder)
  const text = `${JSON.stringify(manifest, null, 2)}\n`
  await replaceFile(context, manifestPath(folder), encodeText(text))
  return manifest
}

/** Null when there is none that can be understood. */
export async function readManifest(
  context: StoreContext,
  id: string,
  folder = trashFolder(id),
): Promise<TrashManifest | null> {
  const manifest = TrashManifest.safeParse(await readJson(context, manifestPath(folder)))
  return manifest.success && manifest.data.id === id ? manifest.data : null
}

/** Takes the manifest away, and the note that goes with it. */
export async function removeManifest(context: StoreContext, id: string): Promise<void> {
  await forgetExpired(context, id)
  await context.fileSystem.remove(absolute(context, manifestPath(trashFolder(id))))
  await context.fileSystem.syncFolder(absolute(context, trashFolder(id)))
}

export async function trashedRunOf(
  context: StoreContext,
  manifest: TrashManifest,
): Promise<TrashedRun> {
  const { id, kind, run, workflow, at, expiresAt, sizeBytes, reason } = manifest
  const seenExpiredAt = await readExpired(context, id)
  const document = documentIn(manifest)
  const backup = kind === 'thinned' ? manifest.items[0]?.path.split('/').at(-1) : undefined
  const entry = { id, kind, run, workflow, at, expiresAt, sizeBytes, reason, seenExpiredAt }
  return {
    ...entry,
    ...(document === null ? {} : { document }),
    ...(backup === undefined ? {} : { backup }),
  }
}

/** Left-over files are put back under other names, so that nobody takes them for what they are not. */
function documentIn({ run, items }: TrashManifest): string | null {
  const [only, ...more] = items
  const isOne = run === null && more.length === 0 && only?.restoreAs === only?.path
  return isOne ? (only?.path ?? null) : null
}

/**
 * Notes that an entry was found expired, unless that is known already. What was noted at a time that has not come yet, by a
 * clock that was wrong, is noted anew.
 */
export async function noteExpired(context: StoreContext, id: string): Promise<void> {
  const [now, seen] = [context.now(), await readExpired(context, id)]
  if (seen !== null && Date.parse(seen) <= Date.parse(now)) return
  try {
    await replaceFile(context, notePath(id), encodeText(`${JSON.stringify({ at: now })}\n`))
  } catch (error) {
    if (!(await isGone(context, id, error))) throw error
  }
}

export async function forgetExpired(context: StoreContext, id: string): Promise<void> {
  if ((await statusOf(context, notePath(id))) === null) return
  await orGone(() => context.fileSystem.remove(absolute(context, notePath(id))))
}

/** Another process has deleted the entry meanwhile, or put it back: there is nothing to be noted of it. */
async function isGone(context: StoreContext, id: string, error: unknown): Promise<boolean> {
  return isMissing(error) && (await statusOf(context, trashFolder(id))) === null
}

async function readExpired(context: StoreContext, id: string): Promise<string | null> {
  const note = ExpiredNote.safeParse(await readJson(context, notePath(id)))
  return note.success ? note.data.at : null
}

const ExpiredNote = z.looseObject({ at: z.iso.datetime({ precision: 3 }) })

function notePath(id: string): string {
  return `${trashFolder(id)}/expired.json`
}

async function readJson(context: StoreContext, path: string): Promise<unknown> {
  const stored = await readDocumentOrNull(context, path)
  return stored === null ? null : parseJsonIfAny(decodeText(stored.bytes))
}
