// Lists everything in a workspace that may be a state document. Nothing is opened, no link is followed.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import type { Days } from './days.ts'
import type { Child, FileStatus } from './fileSystem.ts'
import { headPath, isDay, journalPath, isTemporary, places, runOfFile } from './layout.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { explain, isMissing } from './storeErrors.ts'
import type { Entry } from './store.ts'

/** Entries by path. The first day folder, by name, that has a run's files has the run; files in others are documents. */
export async function listEntries(
  context: StoreContext,
  days: Days,
  signal: CancelSignal | undefined,
): Promise<readonly Entry[]> {
  const walk: Walk = { context, signal, found: [] }
  await walkFolder(walk, { path: '', depth: 0 })
  const entries = toEntries(walk.found)
  for (const { run, document } of entries) {
    const day = document.split('/')[1]
    if (run !== null && day !== undefined) days.remember(run, day)
  }
  return entries
}

/** The entry of one run; null when it has no file. */
export async function entryOfRun(
  context: StoreContext,
  days: Days,
  run: RunId,
): Promise<Entry | null> {
  const day = await days.find(run)
  if (day === null) return null
  const walk: Walk = { context, signal: undefined, found: [] }
  const folder = { path: `${places.runs}/${day}`, depth: 2 }
  const names = [headPath(day, run), journalPath(day, run)].map((path) =>
    path.slice(path.lastIndexOf('/') + 1),
  )
  const pair = await mapBounded(names, 2, (name) => look(walk, folder, { name, kind: 'file' }))
  const there = pair.filter(({ status, problem }) => status !== null || problem !== null)
  return there.length === 0 ? null : runEntry(run, day, there)
}

/** Runs whose lock file is there. */
export async function listHeldRuns(context: StoreContext): Promise<ReadonlySet<RunId>> {
  try {
    const children = await context.fileSystem.list(absolute(context, places.locks))
    return new Set(children.flatMap(({ name }) => runOfFile(name) ?? []))
  } catch (error) {
    if (isMissing(error)) return new Set()
    throw error
  }
}

type Found = {
  readonly path: string
  readonly name: string
  /** The day, for a file that lies directly in a day folder. */
  readonly day: string | null
  readonly status: FileStatus | null
  readonly problem: string | null
}

type Walk = {
  readonly context: StoreContext
  readonly signal: CancelSignal | undefined
  readonly found: Found[]
}

type Folder = { readonly path: string; readonly depth: number }

async function walkFolder(walk: Walk, folder: Folder): Promise<void> {
  throwIfCancelled(walk.signal, 'Listing the workspace')
  const children = await childrenOf(walk, folder)
  const day = dayOfFolder(folder.path)
  const isListed = (child: Child): boolean => day !== null || isDocument(folder, child)
  const files = children.filter((child) => child.kind !== 'folder' && isListed(child))
  walk.found.push(...(await mapBounded(files, 16, (child) => look(walk, folder, child))))
  const folders = children.filter(({ name, kind }) => kind === 'folder' && isWalked(folder, name))
  await mapBounded(folders, 4, ({ name }) =>
    walkFolder(walk, { path: join(folder.path, name), depth: folder.depth + 1 }),
  )
}

/** A folder that cannot be opened is an entry with a problem; one that has just gone is nothing. */
async function childrenOf({ context, found }: Walk, folder: Folder): Promise<readonly Child[]> {
  const path = folder.path === '' ? context.root : absolute(context, folder.path)
  try {
    return await context.fileSystem.list(path)
  } catch (error) {
    if (folder.path === '') throw error
    if (isMissing(error)) return []
    const name = folder.path.slice(folder.path.lastIndexOf('/') + 1)
    const problem = `The folder cannot be opened: ${explain(error)}`
    found.push({ path: folder.path, name, day: null, status: null, problem })
    return []
  }
}

async function look({ context }: Walk, folder: Folder, child: Child): Promise<Found> {
  const path = join(folder.path, child.name)
  const base = { path, name: child.name, day: dayOfFolder(folder.path) }
  try {
    const status = await statusOf(context, path)
    return {
      ...base,
      status,
      problem: status === null ? problemOfName(child.name) : await problemOf(context, path, status),
    }
  } catch (error) {
    return { ...base, status: null, problem: `It cannot be looked at: ${explain(error)}` }
  }
}

/** A name of other bytes is read with replacement characters, and nothing is found under it. */
function problemOfName(name: string): string | null {
  const isOtherText = name.includes('\ufffd')
  return isOtherText ? 'Its name is not UTF-8, so it cannot be opened. Rename it.' : null
}

async function problemOf(
  context: StoreContext,
  path: string,
  status: FileStatus,
): Promise<string | null> {
  if (status.kind === 'link') return 'It is a link, and links are not followed.'
  if (status.kind !== 'file') return 'It is not a file.'
  const ownRight = status.uid === context.fileSystem.userId ? 0o400 : 0o004
  if ((status.mode & ownRight) !== 0) return null
  try {
    await context.fileSystem.check(absolute(context, path), 'read')
    return null
  } catch (error) {
    return `It cannot be read: ${explain(error)}`
  }
}

function toEntries(found: readonly Found[]): readonly Entry[] {
  const runDays = new Map<RunId, string>()
  const files = found
    .filter(({ status, problem }) => status !== null || problem !== null)
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
  const pairs = new Map<string, Found[]>()
  const rest: Entry[] = []
  for (const file of files) {
    const run = file.day === null ? null : runOfFile(file.name)
    if (run === null || file.day === null) {
      rest.push(documentEntry(file))
      continue
    }
    const day = runDays.get(run) ?? file.day
    runDays.set(run, day)
    if (day === file.day) pairs.set(run, [...(pairs.get(run) ?? []), file])
    else rest.push(documentEntry(file))
  }
  const runs = [...runDays].map(([run, day]) => runEntry(run, day, pairs.get(run) ?? []))
  return [...runs, ...rest].toSorted((a, b) => (a.document < b.document ? -1 : 1))
}

function runEntry(run: RunId, day: string, pair: readonly Found[]): Entry {
  return { ...entryOf(pair), document: headPath(day, run), run, kind: 'run' }
}

function documentEntry(file: Found): Entry {
  const kind = isTemporary(file.name) ? 'temporary' : 'document'
  return { ...entryOf([file]), document: file.path, run: null, kind }
}

function entryOf(files: readonly Found[]): Omit<Entry, 'document' | 'run' | 'kind'> {
  const modifiedNs = files.map(({ status }) => status?.modifiedNs ?? 0n)
  const latest = modifiedNs.reduce((a, b) => (a > b ? a : b), 0n)
  return {
    sizeBytes: files.reduce((sum, { status }) => sum + (status?.sizeBytes ?? 0), 0),
    modifiedAt: new Date(Number(latest / 1_000_000n)).toISOString(),
    stamp: files.map(stampOf).join('|'),
    problem: files.find(({ problem }) => problem !== null)?.problem ?? null,
  }
}

function stampOf({ name, status }: Found): string {
  const part = name.endsWith('.jsonl') ? 'journal' : 'file'
  if (status === null) return `${part}:none`
  return `${part}:${status.inode}:${status.modifiedNs}:${status.changedNs}:${status.sizeBytes}`
}

function dayOfFolder(path: string): string | null {
  const day = path.startsWith(`${places.runs}/`) ? path.slice(places.runs.length + 1) : ''
  return isDay(day) ? day : null
}

function isWalked(folder: Folder, name: string): boolean {
  if (folder.depth >= maxDepth || foreignFolders.has(name)) return false
  if (name.startsWith('.')) return name === '.tapps-agents'
  return folder.path !== '' || name !== places.logs
}

/** Outside the day folders only JSON, left-over temporary files, and links that may stand for either. */
function isDocument(folder: Folder, { name, kind }: Child): boolean {
  if (kind === 'link') return isWalked(folder, name)
  if (isTemporary(name)) return true
  if (folder.path === '' && name === 'unstuck.json') return false
  return /\.json(\.gz)?$/i.test(name) && !/^(package|tsconfig)[^/]*\.json$/i.test(name)
}

function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

const foreignFolders = new Set(['node_modules', 'dist'])
const maxDepth = 6
