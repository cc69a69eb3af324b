// Puts the files of a run that comes from elsewhere into the workspace: all of them, durable, or none.
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { underRunLock } from './archiveLock.ts'
import { foldersOf, isFileOf, type RunPlace } from './archivePlaces.ts'
import { removeFile } from './atRest.ts'
import { renameWithPatience, temporaryPath } from './atomicWrite.ts'
import type { Days } from './days.ts'
import { writeAll } from './files.ts'
import { archivePath, compressedPath, headPath, isDay, journalPath } from './layout.ts'
import { removeEmptyFolders } from './moveInto.ts'
import { absolute, adoptOwner, makeFolders, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'

export type AdoptedFile = {
  /** Relative to the root: a place of this run. */
  readonly path: string
  readonly parts: () => AsyncIterable<Uint8Array>
}

export type Adoption = { readonly day: string; readonly files: readonly AdoptedFile[] }

/** [B60] The head comes last. Throws `invalid-input` when anything of a run of this id is there, and then changes nothing. */
export async function adoptRun(
  context: StoreContext,
  days: Days,
  { run, day, files }: Adoption & { readonly run: RunId },
): Promise<void> {
  const place = { run, day }
  const foreign = files.find(({ path }) => !isFileOf(place, path))
  if (!isDay(day) || foreign !== undefined)
    throw new AppError('bug', `${foreign?.path ?? day} is no place of run ${run}.`)
  await requireFree(context, days, place)
  await underRunLock(context, { run, purpose: 'import' }, async (lock) => {
    await requireFree(context, days, place)
    const head = headPath(day, run)
    const headLast = files.toSorted((a, b) => Number(a.path === head) - Number(b.path === head))
    const begun: string[] = []
    try {
      for (const file of headLast) {
        await lock.verify()
        // Also one whose folder then could not be synced is there.
        begun.unshift(file.path)
        await writeFile(context, file)
      }
    } catch (error) {
      for (const path of begun) await Promise.allSettled([removeFile(context, path)])
      for (const folder of foldersOf(run)) await removeEmptyFolders(context, folder)
      throw error
    }
    days.remember(run, day)
  })
}

async function requireFree(context: StoreContext, days: Days, place: RunPlace): Promise<void> {
  const { run } = place
  const known = await days.find(run)
  const places = known === null ? [place] : [place, { run, day: known }]
  const paths = places.flatMap(({ day }) => {
    const plain = [headPath(day, run), journalPath(day, run)]
    return [...plain, ...plain.map((path) => compressedPath(path)), archivePath(day, run)]
  })
  for (const path of [...paths, ...foldersOf(run)]) {
    if ((await statusOf(context, path)) === null) continue
    const message = `${path} is there already, so no run ${run} was made. Nothing was changed.`
    throw new AppError('invalid-input', message, { run, path })
  }
}

async function writeFile(context: StoreContext, { path, parts }: AdoptedFile): Promise<void> {
  const parent = await makeFolders(context, dirname(path))
  const target = absolute(context, path)
  const temporary = temporaryPath(context, target)
  try {
    const file = await context.fileSystem.open(temporary, 'create')
    try {
      for await (const part of parts()) await writeAll(file, part)
      await adoptOwner(context, temporary, dirname(temporary))
      await file.sync()
    } finally {
      await file.close()
    }
    await renameWithPatience(context, temporary, target)
  } catch (error) {
    const relative = `${dirname(path)}/${temporary.slice(parent.length + 1)}`
    await Promise.allSettled([removeFile(context, relative)])
    throw error
  }
  await context.fileSystem.syncFolder(parent)
}
