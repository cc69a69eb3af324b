// Copies of what was there before a change, each in a folder of its own with a manifest that proves it.
import { compare } from '../../shared/schema/compare.ts'
import { dirname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { createFile, replaceFile } from './atomicWrite.ts'
import { digestInTurns } from './digestInTurns.ts'
import { decodeText, encodeText, readBytes } from './files.ts'
import { backupFolder } from './layout.ts'
import { absolute, adoptOwner, checkedPath, makeFolderOf, makeFolders, statusOf } from './paths.ts'
import { childrenOf, readDocumentOrNull } from './readStoredRun.ts'
import { checkEntryId, entryId } from './entryId.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { Backup, StoredDocument } from './documentStore.ts'

/** Written last: a backup without it was never finished, and is not one. */
const Manifest = z.looseObject({
  id: z.string(),
  run: RunId,
  at: z.string(),
  reason: z.string(),
  files: z.array(z.looseObject({ path: z.string(), sizeBytes: z.number(), digest: z.string() })),
  /** Files of the run that did not exist. */
  absent: z.array(z.string()),
})
type Manifest = z.infer<typeof Manifest>

/** Copies files to a new backup of the run, durably and verified. Files that do not exist are noted as such. */
export async function copyToNewBackup(
  context: StoreContext,
  run: RunId,
  options: { readonly paths: readonly string[]; readonly reason: string },
): Promise<Backup> {
  const at = context.now()
  const id = entryId(context, at)
  const folder = `${backupFolder(run)}/${id}`
  try {
    await makeFolders(context, folder)
    const copies = []
    for (const path of options.paths) copies.push(await copyFile(context, path, folder))
    const files = copies.filter((copy) => copy !== null)
    const absent = options.paths.filter((path) => !files.some((file) => file.path === path))
    const manifest = { id, run, at, reason: options.reason, files, absent }
    await replaceFile(context, `${folder}/${manifestName}`, encodeManifest(manifest))
    return backupOf(manifest)
  } catch (error) {
    throw asWriteError(error, `Run ${run} could not be backed up, so nothing was changed`)
  }
}

/** Newest first. A folder whose manifest is missing or damaged is no backup. */
export async function listBackups(context: StoreContext, run: RunId): Promise<readonly Backup[]> {
  const ids = await childrenOf(context, backupFolder(run))
  const manifests = await Promise.all(ids.map((id) => readManifest(context, run, id)))
  const found = manifests.filter((manifest) => manifest !== null)
  return found.map(backupOf).toSorted((a, b) => compare(b.at + b.id, a.at + a.id))
}

/** One file of a backup, by the path it had. Throws `corrupt` when it is not as it was copied. */
export async function readBackupFile(
  context: StoreContext,
  run: RunId,
  options: { readonly backup: string; readonly document: string },
): Promise<StoredDocument> {
  const { backup, document } = options
  const contents = await readContents(context, run, backup)
  const file = contents.files.find(({ path }) => path === document)
  if (file !== undefined)
    return { document, bytes: file.bytes, rev: await digestInTurns(file.bytes) }
  const message = `Backup ${backup} of run ${run} does not hold ${document}.`
  throw new AppError('not-found', message, { run, backup, document })
}

/** Puts files back exactly, over what is there; paths that did not exist are returned when they exist now. */
export async function replaceFromBackup(
  context: StoreContext,
  run: RunId,
  id: string,
): Promise<{ readonly files: readonly string[]; readonly surplus: readonly string[] }> {
  const contents = await readContents(context, run, id)
  for (const { path, bytes } of contents.files) {
    await makeFolderOf(context, path)
    await replaceFile(context, path, bytes)
  }
  const surplus = []
  for (const path of contents.absent) {
    if ((await statusOf(context, path)) !== null) surplus.push(path)
  }
  return { files: contents.files.map(({ path }) => path), surplus }
}

/** Puts files back where no file is. Throws `invalid-input` before anything is written when one is. */
export async function restoreFromBackup(
  context: StoreContext,
  run: RunId,
  id: string,
): Promise<readonly string[]> {
  const { files } = await readContents(context, run, id)
  for (const { path } of files) {
    if ((await statusOf(context, path)) !== null) throw inTheWay(path)
  }
  for (const { path, bytes } of files) {
    const folder = await makeFolderOf(context, path)
    if ((await createFile(context, path, bytes)) === null) throw inTheWay(path)
    await context.fileSystem.syncFolder(folder)
  }
  return files.map(({ path }) => path)
}

/** Takes a file away after its copy in a backup was found equal to what is there now, and of the revision that is named. */
export async function removeCopied(
  context: StoreContext,
  path: string,
  options: {
    readonly run: RunId
    readonly backup: string
    readonly rev?: string | undefined
  },
): Promise<void> {
  const { run, backup } = options
  const copy = await readBackupFile(context, run, { backup, document: path })
  const now = await readDocumentOrNull(context, path)
  if (now?.rev !== copy.rev || copy.rev !== (options.rev ?? copy.rev)) {
    const message = `${path} changed meanwhile, so it was left where it is; backup ${backup} is a copy of it. Try again.`
    throw new AppError('stale', message, { run, backup, path })
  }
  try {
    await context.fileSystem.remove(absolute(context, path))
    await context.fileSystem.syncFolder(dirname(absolute(context, path)))
  } catch (error) {
    throw asWriteError(error, `${path} is in backup ${backup} and could not be taken away`)
  }
}

type Contents = {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[]
  readonly absent: readonly string[]
}

/** Everything is read and verified before the first byte is written. */
async function readContents(context: StoreContext, run: RunId, id: string): Promise<Contents> {
  const manifest = await readManifest(context, run, checkEntryId(id, 'backup'))
  if (manifest === null) {
    throw new AppError('not-found', `Run ${run} has no whole backup "${id}".`, { run, backup: id })
  }
  const files = []
  for (const { path, digest } of manifest.files) {
    const stored = await readDocumentOrNull(context, `${backupFolder(run)}/${id}/files/${path}`)
    if (stored === null || stored.rev !== digest) {
      const message = `Backup ${id} of run ${run} is damaged: ${path} is not as it was copied. Nothing was changed. Choose another backup.`
      throw new AppError('corrupt', message, { run, backup: id, path })
    }
    files.push({ path, bytes: stored.bytes })
  }
  return { files, absent: manifest.absent }
}

async function copyFile(
  context: StoreContext,
  path: string,
  folder: string,
): Promise<Manifest['files'][number] | null> {
  const from = await checkedPath(context, path)
  if ((await statusOf(context, path)) === null) return null
  const target = `${folder}/files/${path}`
  const parent = await makeFolders(context, dirname(target))
  const to = absolute(context, target)
  await context.fileSystem.copy(from, to)
  await adoptOwner(context, to, parent)
  await context.fileSystem.syncFile(to)
  await context.fileSystem.syncFolder(parent)
  const bytes = await readBytes(context.fileSystem, to)
  return { path, sizeBytes: bytes.byteLength, digest: await digestInTurns(bytes) }
}

async function readManifest(
  context: StoreContext,
  run: RunId,
  id: string,
): Promise<Manifest | null> {
  const stored = await readDocumentOrNull(context, `${backupFolder(run)}/${id}/${manifestName}`)
  if (stored === null) return null
  const manifest = Manifest.safeParse(parseJsonIfAny(decodeText(stored.bytes)))
  return manifest.success && manifest.data.id === id ? manifest.data : null
}

function backupOf({ id, at, reason, files }: Manifest): Backup {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  return { id, at, reason, sizeBytes, files: files.map(({ path }) => path) }
}

function encodeManifest(manifest: Manifest): Uint8Array {
  return encodeText(`${JSON.stringify(manifest, null, 2)}\n`)
}

function inTheWay(path: string): AppError {
  const message = `${path} exists. Nothing was put back. Move it away first.`
  return new AppError('invalid-input', message, { path })
}

const manifestName = 'manifest.json'
