// Opens a session under its run's lock, also when another process is just writing it.
import { setTimeout as sleep } from 'node:timers/promises'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import { decodeUtf8 } from '../services/decodeUtf8.ts'
import type { RunWriter, Store, StoredRun } from '../store/store.ts'
import { keptIdOf, nameOfKind, type KeptKind } from './sessionRun.ts'

export type SessionContext = {
  readonly store: Store
  /** What a run of it is: free state of a program, or checkpoints of an engine's thread. */
  readonly kind: KeptKind
  /** Shown as the session's workflow. */
  readonly program: string
  readonly user: string
  readonly host: string
  readonly folder: string
  /** Now, ISO 8601, UTC, milliseconds. */
  readonly now: () => string
  readonly sha256: (text: string) => string
  /** How long a session is waited for that another process is writing. */
  readonly lockWaitMs: number
  readonly maxStateBytes: number
  /** Days that a deleted session can be brought back, as the settings say when it is deleted. */
  readonly trashDays: () => Promise<number>
  /** How long the lock is kept after the last use of it; null: for a moment, so that others get their turn. */
  readonly holdMs: (run: Run) => number | null
}

/** `run` is null for a session that is not there yet. */
export type StoredSession = { readonly stored: StoredRun | null; readonly run: Run | null }

export type NamedSession = { readonly id: RunId; readonly session: string }

/** Never writes. Throws `corrupt`, `version-too-new`, or `invalid-input` for a run that is another thing. */
export async function readSession(
  context: SessionContext,
  named: NamedSession,
): Promise<StoredSession> {
  const found = await readAnySession(context, named)
  if (found.run !== null) requireSame(context.kind, named, found.run)
  return found
}

/** The same, whatever the run holds. */
export async function readAnySession(
  context: SessionContext,
  named: NamedSession,
): Promise<StoredSession> {
  const stored = await orNull(() => context.store.read(named.id))
  if (stored === null) return { stored: null, run: null }
  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  // A program that was killed while it made the session left a part of its first record, and nothing that was acknowledged.
  if (head === null && (stored.journal?.records.length ?? 0) === 0) return { stored, run: null }
  const { run, health, findings, version } = readRun(
    { head, journal: stored.journal },
    context.sha256,
  )
  if (health === 'newer-version')
    throw new AppError(
      'version-too-new',
      `${nameOfKind[context.kind]} ${named.session} was written by a newer version (document version ${version}). It is left as it is; use that version.`,
      { session: named.session, run: named.id },
    )
  if (run === null || health === 'damaged') throw damaged(context.kind, named, findings)
  return { stored, run }
}

/** Null where there is no such run and none is to be made. */
export async function takeWriter(
  context: SessionContext,
  named: NamedSession,
  { isMade, notBeforeMs }: { readonly isMade: boolean; readonly notBeforeMs: number },
): Promise<RunWriter | null> {
  const earlyMs = notBeforeMs - performance.now()
  if (earlyMs > 0) await sleep(earlyMs)
  const endMs = performance.now() + context.lockWaitMs
  for (let pauseMs = 2; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const isLast = performance.now() > endMs
    const taken = await tryWriter(context, named, { isMade, isLast })
    if (taken !== 'busy') return taken
    // Uneven, so that two processes that began together do not stay together.
    await sleep(pauseMs * (0.5 + Math.random()))
  }
}

async function tryWriter(
  { store, now, kind }: SessionContext,
  { id, session }: NamedSession,
  { isMade, isLast }: { readonly isMade: boolean; readonly isLast: boolean },
): Promise<RunWriter | 'busy' | null> {
  const options = { purpose: `${kind} ${session.slice(0, 80)}`, controlSocket: null }
  let isThere = true
  try {
    const opened = await orNull(() => store.open(id, options))
    if (opened !== null || !isMade) return opened
    isThere = false
    return await store.create(id, { ...options, createdAt: now() })
  } catch (error) {
    const code = error instanceof AppError ? error.code : null
    // Held for a moment; or made by somebody else since we looked, and then the next try opens it.
    const isPassing = code === 'locked' || (code === 'invalid-input' && !isThere)
    if (!isPassing || isLast) throw error
    return 'busy'
  }
}

/** Throws `invalid-input` for a run that holds something else. */
export function requireSame(kind: KeptKind, { id, session }: NamedSession, run: Run): void {
  const found = keptIdOf(run, kind)
  if (found === session) return
  const what = found === null ? `the run of ${run.workflow.name}` : `the ${kind} ${found}`
  throw new AppError(
    'invalid-input',
    `${nameOfKind[kind]} ${session} cannot be kept: ${id} is ${what}. Choose another id for the ${kind}.`,
    { session, run: id },
  )
}

function damaged(
  kind: KeptKind,
  { id, session }: NamedSession,
  findings: ReturnType<typeof readRun>['findings'],
): AppError {
  const flaw = findings.find(({ severity }) => severity === 'error') ?? findings[0]
  return new AppError(
    'corrupt',
    `${nameOfKind[kind]} ${session} is damaged: ${flaw?.sentence ?? 'its files do not fit.'} Repair it (unstuck repair ${id}), then go on.`,
    { session, run: id, findings: findings.slice(0, 20) },
  )
}

async function orNull<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

const longestPauseMs = 50
