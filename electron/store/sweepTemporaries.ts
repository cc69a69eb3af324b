// Takes temporary files whose owner is proved to be gone out of the way: into the trash, because one can be the only good copy.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Child } from './fileSystem.ts'
import { backupFolder, isDay, places } from './layout.ts'
import { readLockFile } from './lockFile.ts'
import { findHolderState } from './machine.ts'
import { removeEmptyFolders } from './moveInto.ts'
import { absolute, statusOf } from './paths.ts'
import { listFiles } from './readStoredRun.ts'
import { removeLockFile } from './removeLockFile.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError, isMissing } from './storeErrors.ts'
import type { TemporaryFile, TrashedRun } from './store.ts'
import { findOwnerState, parseTemporaryName } from './temporaryName.ts'
import { moveToTrash } from './trash.ts'
import { removeManifest, trashFolder } from './trashManifest.ts'

export type SweepScope =
  /** Those of one run. With `day` also where only its holder writes: worth a look when its last holder is gone. */
  | { readonly kind: 'run'; readonly run: RunId; readonly day: string | null }
  | { readonly kind: 'workspace'; readonly signal?: CancelSignal | undefined }

export type Sweep = {
  readonly moved: readonly TrashedRun[]
  /** Nothing is proved of their owners: they stay, and are listed. */
  readonly unknown: readonly TemporaryFile[]
}

/** Everything of these names below `runs` and `.unstuck`; of other folders the list tells. */
export async function findTemporaries(
  context: StoreContext,
  scope: SweepScope,
): Promise<readonly TemporaryFile[]> {
  const found = []
  for (const folder of await foldersOf(context, scope)) {
    throwIfCancelled(scope.kind === 'workspace' ? scope.signal : undefined, 'Looking for files')
    for (const child of await filesIn(context, folder)) {
      const file = await temporaryAt(context, folder, child)
      if (file !== null && isInScope(scope, file)) found.push(file)
    }
  }
  return found
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
  const files = gone.filter(({ path }) => !isClaim(path))
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

async function giveBack(context: StoreContext, path: string): Promise<void> {
  const claim = await readClaim(context, path)
  if (claim !== null) await removeLockFile(context, path, claim)
}

async function foldersOf(context: StoreContext, scope: SweepScope): Promise<readonly string[]> {
  if (scope.kind === 'workspace') {
    const days = await daysIn(context, places.runs)
    return [...days, ...(await foldersBelow(context, places.state))]
  }
  const { run, day } = scope
  const small = [places.state, places.locks, ...(await foldersBelow(context, backupFolder(run)))]
  if (day === null) return small
  const entries = (await childrenIn(context, places.trash)).map(({ name }) => name).toSorted()
  const whole = entries.filter((name) => !name.startsWith('.'))
  const newest = whole.slice(-newestEntries).map((name) => `${places.trash}/${name}`)
  return [...small, `${places.runs}/${day}`, `${places.state}/archive/${day}`, ...newest]
}

async function daysIn(context: StoreContext, folder: string): Promise<readonly string[]> {
  const children = await childrenIn(context, folder)
  return children
    .filter(({ name, kind }) => kind === 'folder' && isDay(name))
    .map(({ name }) => `${folder}/${name}`)
}

/** The folder and those in it, but not what lies in the trash or is being deleted from there. */
async function foldersBelow(context: StoreContext, folder: string): Promise<readonly string[]> {
  if ((await statusOf(context, folder))?.kind !== 'folder') return []
  const found = [folder]
  for (const { name, kind } of await childrenIn(context, folder)) {
    const isTrashed = folder.startsWith(places.trash) && (name === 'files' || name.startsWith('.'))
    if (kind === 'folder' && !isTrashed)
      found.push(...(await foldersBelow(context, `${folder}/${name}`)))
  }
  return found
}

async function filesIn(context: StoreContext, folder: string): Promise<readonly Child[]> {
  const children = await childrenIn(context, folder)
  return children.filter(({ name, kind }) => kind === 'file' && /^\..+\.(tmp|claim)$/.test(name))
}

async function childrenIn(context: StoreContext, folder: string): Promise<readonly Child[]> {
  try {
    return await context.fileSystem.list(absolute(context, folder))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function temporaryAt(
  context: StoreContext,
  folder: string,
  { name }: Child,
): Promise<TemporaryFile | null> {
  const path = `${folder}/${name}`
  if (isClaim(path)) return claimAt(context, path, name)
  const parsed = parseTemporaryName(name)
  const sizeBytes = parsed === null ? null : ((await statusOf(context, path))?.sizeBytes ?? null)
  if (parsed === null || sizeBytes === null) return null
  const owner = await findOwnerState(context.machine, parsed)
  return { path, base: parsed.base, run: runOf(folder, parsed.base), sizeBytes, owner }
}

async function claimAt(
  context: StoreContext,
  path: string,
  base: string,
): Promise<TemporaryFile | null> {
  const claim = await readClaim(context, path)
  if (claim === null) return null
  const owner = await findHolderState(context.machine, claim.holder)
  return { path, base, run: claim.run, sizeBytes: 0, owner }
}

async function readClaim(context: StoreContext, path: string): ReturnType<typeof readLockFile> {
  const run = runOf('', path.slice(path.lastIndexOf('/') + 1))
  return run === null ? null : readLockFile(context, path, run)
}

function isClaim(path: string): boolean {
  return path.startsWith(`${places.locks}/`) && path.endsWith('.claim')
}

function isInScope(scope: SweepScope, { run, path }: TemporaryFile): boolean {
  if (scope.kind === 'workspace' || run === scope.run) return true
  return run === null && !path.startsWith(`${places.locks}/`) && !path.startsWith(places.runs)
}

/** The run whose file it was to be, by its folder or by its name. */
function runOf(folder: string, base: string): RunId | null {
  const backups = `${places.backups}/`
  const named = folder.startsWith(backups)
    ? folder.slice(backups.length).split('/')[0]
    : /^\.?(.+?)\.(?:jsonl?(?:\.zst)?|tar\.zst|[0-9a-f]{16}\.claim)$/.exec(base)?.[1]
  const run = RunId.safeParse(folder.startsWith(places.trash) ? null : named)
  return run.success ? run.data : null
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'))
}

const newestEntries = 64
const defaultKeepDays = 30
