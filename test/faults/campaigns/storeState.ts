// What a workspace holds, as another process finds it: for comparing the state before, between and after.
import type { Readable } from 'node:stream'
import type { ArchiveCipher, Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'

export type StoreState = {
  readonly head: string | null
  /** Type and name of each record; null when there is no journal. */
  readonly records: readonly string[] | null
  /** Flaws but for a torn tail, which is no state. */
  readonly flaws: readonly string[]
  /** Files outside the run, by path; null when the file is not there. */
  readonly documents: Readonly<Record<string, string | null>>
  /** Whole lines of the operations log. */
  readonly operations: readonly string[]
  /** Whole lines of each batch. */
  readonly jobs: readonly (readonly string[])[]
  /** Runs in the trash. */
  readonly trashed: readonly string[]
  /** Backups that can be read, as the files that they hold. */
  readonly backups: readonly string[]
}

/** Looks at everything, and settles what a cut move left in the trash. */
export async function readState(
  store: Store,
  run: RunId,
  documents: readonly string[],
): Promise<StoreState> {
  const trashed = await store.trashed()
  const stored = await orNull(() => store.read(run))
  const texts = await Promise.all(
    documents.map(async (path) => [path, await readText(store, path)] as const),
  )
  const journal = stored?.journal ?? null
  return {
    head: stored === null || stored.head === null ? null : textOf(stored.head.bytes),
    records: journal?.records.map(({ record }) => labelOf(record)) ?? null,
    flaws: (journal?.flaws ?? [])
      .filter(({ kind }) => kind !== 'torn')
      .map(({ sentence }) => sentence),
    documents: Object.fromEntries(texts),
    operations: await readOperations(store),
    jobs: await Promise.all(
      (await store.jobs()).map(async (id) => (await store.readJob(id, 0)).lines),
    ),
    trashed: trashed.flatMap(({ kind, run: of }) => (kind === 'run' && of !== null ? [of] : [])),
    backups: await readBackups(store, run),
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof AppError && error.code === 'not-found'
}

/** Encrypts nothing, but changes every byte, so that nobody reads it without. */
export const cipher: ArchiveCipher = { encrypt: flipped, decrypt: flipped }

async function flipped(stream: Readable): Promise<Readable> {
  return stream.map((part: Uint8Array) => part.map((byte) => byte ^ 0x5a))
}

/** An archived run is put back: only then it can be written. */
export async function bringBack(store: Store, run: RunId): Promise<void> {
  if (await isArchived(store, run)) await store.unarchive(run, { cipher })
}

async function isArchived(store: Store, run: RunId): Promise<boolean> {
  if (await isSealed(store, run)) return true
  const stored = await orNull(() => store.read(run))
  return stored !== null && stored.archive !== null
}

/** True for a run that cannot be read without its cipher. */
export async function isSealed(store: Store, run: RunId): Promise<boolean> {
  const [result] = await Promise.allSettled([store.read(run)])
  return (
    result?.status === 'rejected' &&
    result.reason instanceof AppError &&
    result.reason.details['needs'] === 'passphrase'
  )
}

async function readBackups(store: Store, run: RunId): Promise<readonly string[]> {
  const backups = await store.backups(run)
  return Promise.all(
    backups.map(async ({ id, files }) => {
      for (const file of files) await store.readBackup(run, id, file)
      return files.join(' ')
    }),
  )
}

async function readOperations(store: Store): Promise<readonly string[]> {
  const text = (await readText(store, '.unstuck/operations.jsonl')) ?? ''
  return text.split('\n').slice(0, -1).filter(isWhole)
}

function isWhole(line: string): boolean {
  return line.startsWith('{') && line.endsWith('}')
}

async function readText(store: Store, path: string): Promise<string | null> {
  const stored = await orNull(() => store.readDocument(path))
  return stored === null ? null : textOf(stored.bytes)
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  const [result] = await Promise.allSettled([work()])
  if (result?.status === 'fulfilled') return result.value
  if (isMissing(result?.reason)) return null
  throw result?.reason
}

function labelOf(record: { readonly type: string; readonly [key: string]: unknown }): string {
  const { type, name } = record
  return typeof name === 'string' ? `${type} ${name}` : type
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8')
}
