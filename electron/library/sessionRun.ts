// A session is a native run of kind `session`: its variables are the state, its checkpoints the named points of it.
import { isDeepStrictEqual } from 'node:util'
import { assertNever } from '../../shared/assert.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import { ownValue, type Json } from '../../shared/schema/json.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { SaveOptions, SessionStatus } from './sessions.ts'
import type { State } from './state.ts'

/**
 * The run that holds a session: the session's id where that is one for a run, else what is readable of it with a digest of
 * it all. The session's own id stands in the run, so that two sessions never share one unnoticed.
 */
export function runIdOf(
  session: string,
  sha256: (text: string) => string,
  kind: KeptKind = 'session',
): RunId {
  const same = RunId.safeParse(session)
  if (same.success && session.length <= 100) return same.data
  const slug = session
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return RunId.parse(`${slug.slice(0, 60) || kind}-${sha256(session).slice(0, 16)}`)
}

/** Kinds of runs that a program keeps by itself; the id by which it knows one stands in the run under the same name. */
export type KeptKind = 'session' | 'thread'

export const nameOfKind = { session: 'Session', thread: 'Thread' } as const

/** The id that its program knows it by; null for a run of another kind. */
export function keptIdOf(run: Run, kind: KeptKind): string | null {
  if (run.kind !== kind) return null
  const known = run[kind]
  return typeof known === 'string' ? known : run.id
}

export function newSessionRun(options: {
  readonly run: RunId
  readonly kind: KeptKind
  readonly session: string
  readonly program: string
  readonly state: State
  readonly at: string
  readonly user: string
  readonly host: string
  readonly folder: string
}): Run {
  const { run, kind, session, program, state, at, user, host, folder } = options
  return {
    id: run,
    kind,
    [kind]: session,
    workflow: { name: program, version: null, source: null, digest: null, definition: null },
    status: 'paused',
    createdAt: at,
    startedAt: at,
    updatedAt: at,
    finishedAt: null,
    place: { user, host, folder, environment: [] },
    error: null,
    inputs: {},
    variables: state,
    steps: {},
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

/** One record that makes a state of another, so that it is there whole or not at all; none where they are equal. */
export function changeRecords(before: State, after: State, by: string): readonly RecordBody[] {
  const set = Object.entries(after)
    .filter(([name, value]) => !isDeepStrictEqual(ownValue<Json>(before, name), value))
    .map(([name, value]) => ({ name, value }))
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name))
  if (set.length === 0 && removed.length === 0) return []
  return [{ type: 'variablesChanged', set, removed, by }]
}

/** What takes a session from one status to another; none where it has it already. */
export function statusRecords(
  now: RunStatus,
  { status, reason }: SaveOptions,
  by: string,
): readonly RecordBody[] {
  if (status === undefined || status === now) return []
  const isEnded = now === 'completed' || now === 'failed' || now === 'cancelled'
  const again: readonly RecordBody[] = isEnded
    ? [{ type: 'runResumed', by, reason: null, reset: [] }]
    : []
  return [...again, endRecord(status, { by, reason: reason ?? null })]
}

function endRecord(
  status: SessionStatus,
  { by, reason }: { readonly by: string; readonly reason: string | null },
): RecordBody {
  switch (status) {
    case 'paused':
      return { type: 'runPaused', by, reason }
    case 'completed':
      return { type: 'runCompleted' }
    case 'cancelled':
      return { type: 'runCancelled', by, reason }
    case 'failed': {
      const message = reason ?? 'Its program said that it failed.'
      const error = { name: 'SessionFailed', message, code: null, stack: null }
      return { type: 'runFailed', error }
    }
    default:
      return assertNever(status)
  }
}
