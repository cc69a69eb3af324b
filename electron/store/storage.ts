// Measures what lies on the disk in the folders of runs and of Unstuck itself, by kind of file and by run.
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { Child } from './fileSystem.ts'
import { isDay, isTemporary, places, runOfFile } from './layout.ts'
import { isOperationLog } from './operations.ts'
import { absolute, statusOf } from './paths.ts'
import type { StoreContext } from './storeContext.ts'
import { StorageKind } from '../../shared/schema/storageKind.ts'
import { explain, orMissing } from './storeErrors.ts'

export type StorageSum = { readonly files: number; readonly bytes: number }
export type StorageProgress = StorageSum & { readonly folder: string }

export type Storage = {
  readonly kinds: Readonly<Record<StorageKind, StorageSum>>
  /** What belongs to a run, without what lies in the trash. */
  readonly runs: ReadonlyMap<RunId, StorageSum>
  /** Null where the platform does not tell. */
  readonly disk: { readonly freeBytes: number; readonly totalBytes: number } | null
  /** Folders that could not be looked into: their content is not counted. */
  readonly problems: readonly { readonly path: string; readonly sentence: string }[]
}

export type StorageOptions = {
  readonly signal?: CancelSignal
  readonly onProgress?: (progress: StorageProgress) => void
}

/** Sizes of files as they are listed; links are counted as themselves. Documents elsewhere in the folder are not counted. */
export async function measureStorage(
  context: StoreContext,
  options: StorageOptions,
): Promise<Storage> {
  const walk: Walk = {
    context,
    options,
    kinds: new Map(),
    runs: new Map(),
    problems: [],
    total: { files: 0, bytes: 0 },
  }
  for (const root of [places.runs, places.logs, places.state]) await walkFolder(walk, root)
  const disk = (await context.fileSystem.space?.(context.root)) ?? null
  return {
    kinds: Object.fromEntries(
      StorageKind.options.map((kind) => [kind, walk.kinds.get(kind) ?? { files: 0, bytes: 0 }]),
    ) as Record<StorageKind, StorageSum>, // an entry for each kind
    runs: walk.runs,
    disk,
    problems: walk.problems,
  }
}

type Sum = { files: number; bytes: number }

type Walk = {
  readonly context: StoreContext
  readonly options: StorageOptions
  readonly kinds: Map<StorageKind, Sum>
  readonly runs: Map<RunId, Sum>
  readonly problems: Storage['problems'][number][]
  readonly total: Sum
}

async function walkFolder(walk: Walk, folder: string): Promise<void> {
  const children = await childrenIn(walk, folder)
  const files = children.filter(({ kind }) => kind !== 'folder')
  for (let at = 0; at < files.length; at += pieceSize) {
    throwIfCancelled(walk.options.signal, 'Measuring the storage')
    await mapBounded(files.slice(at, at + pieceSize), 16, ({ name }) => count(walk, folder, name))
    walk.options.onProgress?.({ ...walk.total, folder })
    // Where files are looked at without waiting, this lets others have their turn.
    if (files.length > pieceSize) await walk.context.timers.wait(0)
  }
  for (const { name, kind } of children) {
    if (kind === 'folder') await walkFolder(walk, `${folder}/${name}`)
  }
}

async function childrenIn(walk: Walk, folder: string): Promise<readonly Child[]> {
  throwIfCancelled(walk.options.signal, 'Measuring the storage')
  try {
    // The three roots may be links, which are not followed.
    const isRoot = !folder.includes('/')
    if (isRoot && (await statusOf(walk.context, folder))?.kind !== 'folder') return []
    const path = absolute(walk.context, folder)
    return await orMissing(() => walk.context.fileSystem.list(path), [])
  } catch (error) {
    tellProblem(walk, folder, error)
    return []
  }
}

function tellProblem({ problems }: Walk, path: string, error: unknown): void {
  if (problems.length === mostProblems) return
  problems.push({ path, sentence: `It was not counted: ${explain(error)}` })
}

async function count(walk: Walk, folder: string, name: string): Promise<void> {
  const path = `${folder}/${name}`
  const bytes = await sizeOf(walk, path)
  if (bytes === null) return
  const { kind, run } = classify(path)
  add(walk.kinds, kind, bytes)
  if (run !== null) add(walk.runs, run, bytes)
  walk.total.files += 1
  walk.total.bytes += bytes
}

async function sizeOf(walk: Walk, path: string): Promise<number | null> {
  try {
    return (await statusOf(walk.context, path))?.sizeBytes ?? null
  } catch (error) {
    tellProblem(walk, path, error)
    return null
  }
}

function add<Key>(sums: Map<Key, Sum>, key: Key, bytes: number): void {
  const sum = sums.get(key) ?? { files: 0, bytes: 0 }
  sum.files += 1
  sum.bytes += bytes
  sums.set(key, sum)
}

/** What kind of file a path says that it is, and whose. */
export function classify(path: string): {
  readonly kind: StorageKind
  readonly run: RunId | null
} {
  const [root = '', second = '', third = ''] = path.split('/')
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (root === places.logs) return { kind: 'log', run: runNamed(second) }
  if (`${root}/${second}` === places.trash) return { kind: 'trash', run: null }
  if (isTemporary(name) || name.endsWith('.claim')) return { kind: 'temporary', run: null }
  if (root === places.runs) return isDay(second) ? inDay(name) : { kind: 'other', run: null }
  const folder = folders[second]
  if (folder === 'archive')
    return { kind: 'archive', run: runNamed(name.replace(/\.tar\..*$/, '')) }
  if (folder !== undefined) return { kind: folder, run: runNamed(third) }
  return { kind: isOperationLog(name) ? 'operation' : 'other', run: null }
}

const folders: Readonly<Record<string, StorageKind>> = {
  steps: 'step',
  backups: 'backup',
  archive: 'archive',
}

function inDay(name: string): { readonly kind: StorageKind; readonly run: RunId | null } {
  const plain = name.replace(/\.zst$/, '')
  const run = runOfFile(plain)
  if (run === null) return { kind: 'other', run: null }
  return { kind: plain.endsWith('.jsonl') ? 'journal' : 'head', run }
}

function runNamed(text: string): RunId | null {
  const run = RunId.safeParse(text)
  return run.success ? run.data : null
}

const pieceSize = 512
const mostProblems = 20
