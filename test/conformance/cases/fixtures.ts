// What the cases share. Nothing here knows a test runner, a disk, or which store is asked.
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OpenOptions, RunWriter, Store } from '../../../electron/store/store.ts'
import { AppError, type ErrorCode } from '../../../shared/errors.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import { Run } from '../../../shared/schema/run.ts'

export const runId = RunId.parse('deploy-20260102t030405z-a1b2')
export const otherRunId = RunId.parse('etl-20260103t030405z-c3d4')
export const createdAt = '2026-01-02T03:04:05.678Z'
export const headPath = `runs/2026-01-02/${runId}.json`
export const journalPath = `runs/2026-01-02/${runId}.jsonl`
export const opening = { purpose: 'test', controlSocket: null } satisfies OpenOptions
export const durable = { durable: true } as const

export function createRun(store: Store, at = createdAt): Promise<RunWriter> {
  return store.create(runId, { ...opening, createdAt: at })
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
  const writer = await store.create(options.run ?? runId, { ...opening, createdAt, ...options })
  await writer.append(options.bodies ?? [setVariable('a')], durable)
  if (options.head !== undefined) await writer.replaceHead(options.head)
  await writer.release()
}

export function setVariable(name: string, value: string | number = 1): RecordBody {
  return { type: 'variableSet', name, value }
}

export function keyframe(): RecordBody {
  return { type: 'keyframe', run: sampleRun() }
}

export function repaired(dropped: {
  readonly fromSeq: number
  readonly toSeq: number
  readonly bytes: number
}): RecordBody {
  return { type: 'repaired', source: 'head', backup: null, dropped, by: 'ana', reason: null }
}

/** The last argument may say more of the error: what stands in it must stand in its details. */
export async function assertRefused(
  promise: Promise<unknown>,
  code: ErrorCode,
  details: object = {},
): Promise<void> {
  const [result] = await Promise.allSettled([promise])
  assert.equal(result?.status, 'rejected', `It was not refused with "${code}".`)
  const error: unknown = result.reason
  assert.ok(error instanceof AppError, `It threw no AppError: ${String(error)}`)
  assert.equal(error.code, code, error.message)
  assert.partialDeepStrictEqual(plain(error.details), details)
}

/** Without prototypes and classes, so that only values are compared. */
export function plain(value: unknown): unknown {
  const text = JSON.stringify(value ?? null)
  return JSON.parse(text)
}

export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes)
}

/** Waits until it holds; fails after a minute: a machine may be slow. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const end = performance.now() + 60_000
  while (!holds()) {
    assert.ok(performance.now() < end, `Not within a minute: ${what}`)
    await sleep(20)
  }
}

export function sampleRun(id: RunId = runId): Run {
  return Run.parse({
    id,
    kind: 'workflow',
    workflow: { name: 'deploy', version: null, source: null, digest: null, definition: null },
    status: 'running',
    createdAt,
    startedAt: createdAt,
    updatedAt: createdAt,
    finishedAt: null,
    place: { user: null, host: null, folder: null, environment: [] },
    error: null,
    inputs: {},
    variables: {},
    steps: {},
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 1, sum: '' },
  })
}
