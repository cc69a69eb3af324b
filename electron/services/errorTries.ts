// What was tried with runs that failed alike, and what came of it: from the operations log, the forks, and the runs themselves.
import type { CancelSignal } from '../../shared/cancel.ts'
import type { OperationEntry } from '../../shared/contract/upkeep.ts'
import { errorFingerprint } from '../../shared/core/diagnose/errorFingerprint.ts'
import { observeTry, type TriedRun } from '../../shared/core/diagnose/observeTry.ts'
import { summarise, errorNameOf } from '../../shared/core/codec/summarise.ts'
import { AppError } from '../../shared/errors.ts'
import type { ErrorTry, TryKind } from '../../shared/schema/errorGroup.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import type { KnownFork, LoggedTry } from './listing/tryMemory.ts'
import { readStoredRun } from './openStoredRun.ts'

/** The newest first. Only what is new in the log is read. */
export async function readTries(
  { store, index: { tries } }: Pick<ServiceContext, 'store' | 'index'>,
  signal: CancelSignal,
): Promise<readonly LoggedTry[]> {
  const read = new Map<string, LoggedTry | null>()
  let offset: number | null = 0
  while (offset !== null && offset < mostOperations) {
    const page = await store.operations({ offset, limit: pageSize, signal })
    for (const one of page.operations) if (one.id !== null) read.set(one.id, tryOf(one))
    const isKnown = page.operations.some(({ id }) => id !== null && tries.operations.has(id))
    offset = isKnown ? null : page.nextOffset
  }
  for (const [id, one] of [...read].toReversed()) tries.operations.set(id, one)
  return [...tries.operations.values()]
    .filter((one) => one !== null)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

const pageSize = 200
const mostOperations = 10_000

/** Null for what goes on with no failed run, and for what was refused. */
function tryOf({ id, call, item, run, state, requestedAt, ...operation }: OperationEntry) {
  const { before, made = null, by, reason = null } = operation
  const kind = kinds.get(call)
  const failed = before?.failed
  if (kind === undefined || failed === undefined || state === 'failed') return null
  if (id === null || requestedAt === null) return null
  const asked = made === null ? kind : 'fork'
  return { operation: id, kind: asked, run: run ?? item, made, at: requestedAt, by, reason, failed }
}

const kinds: ReadonlyMap<string, TryKind> = new Map([
  ['resume.apply', 'resume'],
  ['edit.apply', 'edit'],
  ['edit.batch.apply', 'edit'],
  ['repair.apply', 'repair'],
  ['repair.batch.apply', 'repair'],
])

export type Tries = {
  /** Of one error, the newest first. */
  readonly ours: readonly LoggedTry[]
  readonly forks: readonly KnownFork[]
  /** Of all errors: what was tried next with a run may be about another one. */
  readonly all: readonly LoggedTry[]
}

type Untold = Omit<ErrorTry, 'outcome' | 'observedAt'> & { readonly step: string | null }

/** The newest first. `enough` says after which one no older one has to be looked at. */
export async function observeTries(
  context: ServiceContext,
  error: string,
  { ours, forks, all }: Tries,
  { limit, enough }: { readonly limit: number; readonly enough: (one: ErrorTry) => boolean },
): Promise<{ readonly tries: readonly ErrorTry[]; readonly total: number }> {
  const untold = untoldOf(ours, forks)
  const tries: ErrorTry[] = []
  for (const one of untold.slice(0, limit)) {
    const told = await observed(context, one, { error, all })
    tries.push(told)
    if (enough(told)) break
  }
  return { tries, total: untold.length }
}

function untoldOf(ours: readonly LoggedTry[], forks: readonly KnownFork[]): readonly Untold[] {
  const known = new Set(ours.map(({ made }) => made))
  const edits = ours.filter(({ kind }) => kind === 'edit')
  const isEdited = (run: string, at: string): boolean =>
    edits.some((edit) => edit.run === run && edit.at < at)
  const told = ours.map(({ operation, kind, run, made, at, by, reason, failed }) => ({
    kind,
    run,
    goesOn: made ?? run,
    at,
    by,
    reason,
    operation,
    step: failed.step,
    edited: kind !== 'edit' && isEdited(run, at),
  }))
  const others = forks
    .filter(({ fork }) => !known.has(fork))
    .map(({ run, fork, createdAt: at, step }) => ({
      kind: 'fork' as const,
      run,
      goesOn: fork,
      at,
      by: null,
      reason: null,
      operation: null,
      edited: isEdited(run, at),
      step,
    }))
  return [...told, ...others].toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

async function observed(
  context: ServiceContext,
  { step, ...one }: Untold,
  { error, all }: { readonly error: string; readonly all: readonly LoggedTry[] },
): Promise<ErrorTry> {
  const { at, goesOn, kind } = one
  // The newest first: the last of those after it is the next one.
  const next = all.findLast((later) => later.run === goesOn && later.at > at)
  const failedNext = next === undefined ? null : { error: next.failed.error, at: next.at }
  // What is edited does not run by itself: what came of it is told by what went on with it.
  if (failedNext !== null && (kind === 'edit' || kind === 'repair'))
    return { ...one, outcome: 'none', observedAt: null }
  const now = failedNext === null ? await lookAt(context, goesOn, step) : null
  return { ...one, ...observeTry({ at, error, failedNext, now }) }
}

/** Read again only when its files changed. */
async function lookAt(
  context: ServiceContext,
  text: string,
  step: string | null,
): Promise<TriedRun | null> {
  const { index, store } = context
  const id = RunId.safeParse(text)
  if (!id.success) return null
  const place = index.rows.placeOf(store.layout.head(id.data))
  if (place === -1) return null
  const stamp = index.rows.stampAt(place)
  const key = `${text} ${step ?? ''}`
  const known = index.tries.seen.get(key)
  if (known?.stamp === stamp) return known.run
  const run = await readTried(context, id.data, step)
  // A run that another process carries changes without its head.
  if (run?.status !== 'running') index.tries.seen.set(key, { stamp, run })
  return run
}

async function readTried(
  context: ServiceContext,
  id: RunId,
  step: string | null,
): Promise<TriedRun | null> {
  try {
    const { run } = await readStoredRun(context, id)
    return run === null ? null : triedRun(run, step)
  } catch (error) {
    // It is shown as one that cannot be read; its own row says why.
    if (error instanceof AppError && error.code !== 'bug') return null
    throw error
  }
}

function triedRun(run: Run, step: string | null): TriedRun {
  const { status, finishedAt, updatedAt } = run
  const state = step === null ? undefined : ownValue(run.steps, step)
  return {
    status,
    error: errorOf(run),
    finishedAt,
    updatedAt,
    step: state === undefined ? null : { status: state.status, finishedAt: endOf(state) },
  }
}

function errorOf(run: Run): string | null {
  const { step, error: message } = summarise(run)
  const { errorName: name = null } = errorNameOf(run)
  return message === null ? null : errorFingerprint({ step, name, message })
}

function endOf({ attempts }: StepState): string | null {
  return attempts.at(-1)?.finishedAt ?? null
}
