// Takes temporary files whose owner is proved to be gone out of the way: into the trash, where one can be the only good copy.
import type { RunId } from '../../shared/schema/ids.ts'
import { findTemporaries, isClaim, readClaim, type SweepScope } from './findTemporaries.ts'
import { removeFile } from './atRest.ts'
import { hasHead } from './archiveView.ts'
import { archivePath, places } from './layout.ts'
import { removeEmptyFolders } from './moveInto.ts'
import { statusOf } from './paths.ts'
import { listFiles } from './readStoredRun.ts'
import { removeLockFile } from './removeLockFile.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import type { TemporaryFile, TrashedRun } from './trashStore.ts'
import { moveToTrash } from './trash.ts'
import { removeManifest, trashFolder } from './trashManifest.ts'

export type Sweep = {
  readonly moved: readonly TrashedRun[]
  /** Nothing is proved of their owners: they stay, and are listed. */
  readonly unknown: readonly TemporaryFile[]
}

/** One entry in the trash for each run. Claims on locks hold no state, and are given back as every claim is. */
export async function sweepTemporaries(
  context: StoreContext,
  scope: SweepScope,
  keepDays = defaultKeepDays,
): Promise<Sweep> {
  const found = await findTemporaries(context, scope)
  const gone = found.filter(({ owner }) => owner === 'gone')
  for (const { path, run } of gone) if (isClaim(path) && run !== null) await giveBack(context, path)
  const files = await removeCopies(
    context,
    gone.filter(({ path }) => !isClaim(path)),
  )
  const moved = []
  for (const run of new Set(files.map((file) => file.run))) {
    const own = files.filter((file) => file.run === run)
    moved.push(await moveOne(context, run, { own, keepDays }))
  }
  return {
    moved: moved.filter((entry) => entry !== null),
    unknown: found.filter(({ owner }) => owner === 'unknown'),
  }
}

/**
 * The same for a run that was just taken. With `day`: its holder before is gone, so that what it was writing may be left.
 * What fails is told to `onProblem`: a file that is in nobody's way must not keep a run from being opened.
 */
export async function sweepRun(
  context: StoreContext,
  run: RunId,
  day: string | null,
): Promise<void> {
  try {
    await sweepTemporaries(context, { kind: 'run', run, day })
  } catch (error) {
    context.onProblem(asWriteError(error, `Left-over files of run ${run} could not be moved`))
  }
}

async function moveOne(
  context: StoreContext,
  run: RunId | null,
  { own, keepDays }: { readonly own: readonly TemporaryFile[]; readonly keepDays: number },
): Promise<TrashedRun | null> {
  const suffix = context.randomId(8)
  const items = own.map(({ path, base }, index) => ({
    path,
    // Under a name that is nobody's, so that it stays there.
    restoreAs: `${folderOf(path)}/${base}.left-over-${suffix}${index === 0 ? '' : `-${index}`}.tmp`,
  }))
  const reason = 'Left over by a process that ended while it wrote'
  const request = { kind: 'temporary', run, workflow: null, reason, items, keepDays } as const
  const entry = await moveToTrash(context, request)
  for (const { path } of own) {
    if (path.startsWith(`${places.trash}/`)) await removeEmptyFolders(context, folderOf(path))
  }
  const isEmpty = (await listFiles(context, `${trashFolder(entry.id)}/files`)).length === 0
  if (!isEmpty) return entry
  // Another process has taken them meanwhile.
  await removeManifest(context, entry.id)
  await removeEmptyFolders(context, trashFolder(entry.id))
  return null
}

/** [X107] What archives are made of and unpacked into is deleted: in the trash the plain copy of an encrypted one would outlive it. */
async function removeCopies(
  context: StoreContext,
  files: readonly TemporaryFile[],
): Promise<readonly TemporaryFile[]> {
  const kept: TemporaryFile[] = []
  for (const file of files) {
    if (await isArchiveCopy(context, file)) await removeFile(context, file.path)
    else kept.push(file)
  }
  return kept
}

/** Never the only good one: the head goes after the archive is in its place, and comes back before that is taken away. */
async function isArchiveCopy(
  context: StoreContext,
  { path, run }: TemporaryFile,
): Promise<boolean> {
  const day = path.startsWith(`${places.archive}/`) ? path.split('/').at(-2) : undefined
  if (day === undefined || run === null) return false
  return (
    (await statusOf(context, archivePath(day, run))) !== null ||
    (await hasHead(context, { run, day }))
  )
}

async function giveBack(context: StoreContext, path: string): Promise<void> {
  const claim = await readClaim(context, path)
  if (claim !== null) await removeLockFile(context, path, claim)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

const defaultKeepDays = 30
