// Finds temporary files that were left over, and tells whether it is proved that their owners are gone.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Child } from './fileSystem.ts'
import { backupFolder, isDay, places } from './layout.ts'
import { readLockFile } from './lockFile.ts'
import { findHolderState } from './machine.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { orGone, orMissing } from './storeErrors.ts'
import type { TemporaryFile } from './trashStore.ts'
import { findOwnerState, parseTemporaryName } from './temporaryName.ts'

export type SweepScope =
  /** Those of one run. With `day` also where only its holder writes: worth a look when its last holder is gone. */
  | { readonly kind: 'run'; readonly run: RunId; readonly day: string | null }
  | { readonly kind: 'workspace'; readonly signal?: CancelSignal | undefined }

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
  const found: Child[] = []
  const find = async (): Promise<void> => {
    for await (const children of piecesOf(context, folder)) {
      found.push(
        ...children.filter(({ name, kind }) => kind === 'file' && /^\..+\.(tmp|claim)$/.test(name)),
      )
    }
  }
  await orGone(find)
  return found
}

/** The runs of a day may be a hundred thousand; all other folders are small. */
async function* piecesOf(
  { root, fileSystem }: StoreContext,
  folder: string,
): AsyncGenerator<readonly Child[]> {
  const path = absolute({ root }, folder)
  const isLarge = isDay(folder.slice(folder.lastIndexOf('/') + 1))
  if (isLarge && fileSystem.listInPieces !== undefined) yield* fileSystem.listInPieces(path)
  else yield await fileSystem.list(path)
}

async function childrenIn(context: StoreContext, folder: string): Promise<readonly Child[]> {
  return orMissing(() => context.fileSystem.list(absolute(context, folder)), [])
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

export async function readClaim(
  context: StoreContext,
  path: string,
): ReturnType<typeof readLockFile> {
  const run = runOf('', path.slice(path.lastIndexOf('/') + 1))
  return run === null ? null : readLockFile(context, path, run)
}

export function isClaim(path: string): boolean {
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

const newestEntries = 64
