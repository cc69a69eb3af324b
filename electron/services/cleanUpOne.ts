// One run of a clean-up: read again under its lock, then moved, archived or thinned.
import { writeSealedStart } from '../../shared/core/codec/summaryLine.ts'
import { exemptions } from '../../shared/core/cleanup/exemptions.ts'
import type { CleanupPolicy, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import { assertNever } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { RunWriter } from '../store/store.ts'
import { archiveCipher } from './archiveCipher.ts'
import type { ServiceContext } from './context.ts'
import { stampNumber, stampOfNumber } from './listing/tableRow.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { nativeRef } from './refs.ts'
import { thinRun } from './thinRun.ts'

/** Returns what undoes it: an entry of the trash, or the path in the archive. */
export async function cleanUpOne(
  context: ServiceContext,
  victim: CleanupVictim,
  how: Pick<Work, 'policy' | 'passphrase'>,
): Promise<{ readonly result: string; readonly freedBytes: number }> {
  const { run, action } = victim
  const before = await bytesOf(context, run)
  await requireUnchanged(context, victim)
  const work = { ...how, context, victim }
  const result = await doneBy(action, work)
  // What went to the trash is nowhere, which would be looked for in every day.
  const left = action === 'trash' ? 0 : await bytesOf(context, run)
  return { result, freedBytes: before - left }
}

type Work = {
  readonly context: ServiceContext
  readonly victim: CleanupVictim
  readonly policy: CleanupPolicy
  /** To which archives are encrypted; null: they are not. */
  readonly passphrase: string | null
}

function doneBy(action: CleanupVictim['action'], work: Work): Promise<string> {
  switch (action) {
    case 'trash':
      return trash(work)
    case 'archive':
      return archive(work)
    case 'thin':
      return thin(work)
    default:
      return assertNever(action)
  }
}

async function trash({ context, victim }: Work): Promise<string> {
  const { run, reason, workflow } = victim
  const { store, settings } = context
  const { archive: packed } = await store.read(run)
  if (packed !== null) await store.unarchive(run)
  return underLock(context, victim, async (writer) => {
    const keepDays = settings.value.cleanup.trashDays
    return (await writer.trash({ reason, workflow, keepDays })).id
  })
}

async function archive({ context, victim, passphrase }: Work): Promise<string> {
  const { run } = victim
  const opened = await underLock(context, victim, async (_, found) => found)
  const { rev } = opened.stored
  if (passphrase === null) return (await context.store.archive(run, { rev })).path
  const clear = Buffer.from(writeSealedStart(requireRun(opened), context.sha256))
  const seal = { ...archiveCipher(context, run, passphrase), clear }
  return (await context.store.archive(run, { rev, seal })).path
}

async function thin({ context, victim, policy }: Work): Promise<string> {
  const every = policy.thin?.every ?? null
  const { finish } = await underLock(context, victim, (writer, opened) =>
    thinRun(context, writer, { opened, victim, every }),
  )
  return (await finish()).id
}

/** [X37] Nobody else writes it meanwhile, and nothing that keeps a run from going holds for it now. */
async function underLock<T>(
  context: ServiceContext,
  victim: CleanupVictim,
  work: (writer: RunWriter, opened: OpenedRun) => Promise<T>,
): Promise<T> {
  const options = { purpose: 'clean up', controlSocket: null }
  const writer = await context.store.open(victim.run, options)
  try {
    const opened = await readStoredRun(context, victim.run)
    await requireFree(context, opened)
    return await work(writer, opened)
  } finally {
    await writer.release()
  }
}

async function requireFree(context: ServiceContext, { stored, run, health }: OpenedRun) {
  const facts = {
    archived: stored.archive !== null,
    healthy: health === 'ok' && run !== null,
    locked: false,
    liveness: 'none',
    pinned: run?.annotations.pinned === true,
    status: run?.status ?? '',
    hasLiveFork: await hasLiveFork(context, stored.id),
  } as const
  const found = exemptions.find(({ holds }) => holds(facts))
  if (found === undefined) return
  const message = `Run ${stored.id} stays as it is. ${found.reason}`
  throw new AppError('stale', message, { run: stored.id, rule: found.rule })
}

async function hasLiveFork(context: ServiceContext, run: RunId): Promise<boolean> {
  const { rowsElsewhere, index } = context
  const forks =
    rowsElsewhere === undefined
      ? index.rows.forksOf(run)
      : (await rowsElsewhere.forks(nativeRef(context, run))).map((fork) => fork.run)
  for (const fork of forks) if (!(await hasEnded(context, fork))) return true
  return false
}

/** A fork that is gone needs nothing any more; one that cannot be read may. */
async function hasEnded(context: ServiceContext, fork: string): Promise<boolean> {
  try {
    const { run } = await readStoredRun(context, fork as RunId) // ids of the index were parsed
    return run !== null && run.finishedAt !== null
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return true
    throw error
  }
}

/** Its files are those that the plan was made from. */
async function requireUnchanged(context: ServiceContext, victim: CleanupVictim): Promise<void> {
  const entry = await context.store.entry(victim.run)
  if (entry !== null && stampOfNumber(stampNumber(entry.stamp)) === victim.rev) return
  throw new AppError('stale', `Run ${victim.run} changed since you looked. It stays.`, {
    run: victim.run,
  })
}

/** Of all its files in their places; of an archived run that of its archive. */
async function bytesOf({ store }: ServiceContext, run: RunId): Promise<number> {
  const entry = await store.entry(run)
  if (entry === null) return 0
  return entry.sizeBytes + (entry.archived ? 0 : await store.besideBytes(run))
}
