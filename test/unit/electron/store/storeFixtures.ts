import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createFileStore, type FileStoreOptions } from '../../../../electron/store/fileStore.ts'
import type { OpenOptions, Store } from '../../../../electron/store/store.ts'
import { RunId } from '../../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../../shared/schema/journal.ts'
import { sampleRun } from '../../../conformance/cases/fixtures.ts'

export const runId = RunId.parse('deploy-20260102t030405z-a1b2')
export const otherRunId = RunId.parse('etl-20260103t030405z-c3d4')
export const createdAt = '2026-01-02T03:04:05.678Z'
export const day = '2026-01-02'
export const application = { version: '0.1.0' }
export const testing = { purpose: 'test', controlSocket: null } satisfies OpenOptions

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Each call is a millisecond later. */
export function createClock(start = createdAt): () => string {
  let time = Date.parse(start)
  return () => new Date(time++).toISOString()
}

/** Each call differs, also from those of another prefix (one character). */
export function createIds(prefix = '0'): (length: number) => string {
  let count = 0
  return (length) => prefix + (count++).toString(36).padStart(length - 1, '0')
}

export async function openFileStore(
  root: string,
  options: Partial<FileStoreOptions> = {},
): Promise<Store> {
  const store = await createFileStore({
    root,
    now: createClock(),
    randomId: createIds(),
    application,
    ...options,
  })
  onTestFinished(() => store.close())
  return store
}

export function setVariable(name: string, value: string | number = 1): RecordBody {
  return { type: 'variableSet', name, value }
}

export function keyframe(id: RunId = runId): RecordBody {
  return { type: 'keyframe', run: sampleRun(id) }
}

/** A store whose run has these records, and a head when a text is given. Its lock is free. */
export async function writeRun(
  store: Store,
  options: {
    readonly run?: RunId
    readonly bodies?: readonly RecordBody[]
    readonly head?: string
    readonly createdAt?: string
  } = {},
): Promise<void> {
  const writer = await store.create(options.run ?? runId, { ...testing, createdAt, ...options })
  await writer.append(options.bodies ?? [setVariable('a')], { durable: true })
  if (options.head !== undefined) await writer.replaceHead(options.head)
  await writer.release()
}

/** Text of an error, or of what came instead. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([promise])
  return result?.status === 'rejected' ? result.reason : { instead: result?.value }
}
