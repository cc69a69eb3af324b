// Thinning takes checkpoints out of a run at rest: what it would do, and the doing of it.
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { HandlerOptions } from '../../shared/contract/contract.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import type { CleanupEntry } from '../../shared/core/cleanup/cleanupEntry.ts'
import type { CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import type { Thinning } from '../../shared/core/cleanup/planCleanup.ts'
import { planThinning, type ThinningPlan } from '../../shared/core/cleanup/planThinning.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import type { TrashedRun } from '../store/trashStore.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun, type OpenedRun } from './openStoredRun.ts'

/** Reads the runs that may be thinned; what was found of one is known until it or the policy changes. */
export async function lookForThinning(
  context: ServiceContext,
  entries: readonly CleanupEntry[],
  { every, signal, progress }: HandlerOptions<'cleanup.plan'> & { readonly every: number | null },
): Promise<ReadonlyMap<string, Thinning>> {
  const { thinnings } = context.index
  const found = new Map<string, Thinning>()
  for (const [done, { run, rev }] of entries.entries()) {
    throwIfCancelled(signal, 'Looking for checkpoints that may go')
    const of = `${rev} ${every ?? 'none'}`
    const known = thinnings.get(run)
    const thinning = known?.of === of ? known.thinning : await thinningOf(context, run, every)
    thinnings.set(run, { of, thinning })
    if (thinning.gone > 0) found.set(run, thinning)
    progress({ done: done + 1, total: entries.length, item: run })
  }
  return found
}

const nothing: Thinning = { kept: 0, gone: 0, savedBytes: 0 }

async function thinningOf(
  context: ServiceContext,
  run: RunId,
  every: number | null,
): Promise<Thinning> {
  const { store } = context
  // [X35] A run that is compressed takes little room already.
  if (typeof (await store.entry(run))?.journalBytes !== 'number') return nothing
  const opened = await readStoredRun(context, run)
  const sound = soundOf(opened)
  if (sound === null) return nothing
  const plan = planThinning(sound.journal, sound.run.checkpoints, every)
  if (plan.gone.length === 0) return nothing
  const journalSaved = await store.compactedBytes(run, { gaps: plan.gaps })
  const head = encodeThinned(context, sound, {
    seq: lastSeq(sound.journal) + 1,
    sum: '0'.repeat(32),
    journalBytes: sound.journal.sizeBytes - journalSaved,
  })
  const before = opened.stored.head?.bytes.byteLength ?? 0
  const savedBytes = journalSaved + before - new TextEncoder().encode(head).byteLength
  if (savedBytes <= 0) return nothing
  return { kept: plan.kept.length, gone: plan.gone.length, savedBytes }
}

type Sound = { readonly run: Run; readonly journal: JournalReading }

function soundOf({ health, run, stored }: OpenedRun): Sound | null {
  const { journal, head } = stored
  if (health !== 'ok' || run === null || journal === null || head === null) return null
  return { run, journal }
}

function lastSeq({ records }: JournalReading): number {
  return records.at(-1)?.record.seq ?? 0
}

function encodeThinned(
  { sha256 }: ServiceContext,
  { run, journal }: Sound,
  last: { readonly seq: number; readonly sum: string; readonly journalBytes: number },
): string {
  const { seq, sum, journalBytes } = last
  const thinned = { ...run, journal: { ...run.journal, seq, sum } }
  const records = journal.records
    .slice(-lastRecords)
    .flatMap((item) => (item.kind === 'known' ? [item.record] : []))
  return encodeHead(thinned, sha256, listedFacts(thinned, { journalBytes, records }))
}

/** Enough to find how the run came to rest. */
const lastRecords = 20

/**
 * [X35] Backs up, puts keyframes in the place of what goes, writes the head, reads all of it back, and moves the backup to
 * the trash. Where a checkpoint that stays cannot be opened then, the run is put back as it was.
 */
export async function thinRun(
  context: ServiceContext,
  writer: RunWriter,
  {
    opened,
    victim,
    every,
  }: { readonly opened: OpenedRun; readonly victim: CleanupVictim; readonly every: number | null },
): Promise<{ readonly finish: () => Promise<TrashedRun> }> {
  const { run: id, workflow } = victim
  const sound = soundOf(opened)
  const plan = sound === null ? null : planThinning(sound.journal, sound.run.checkpoints, every)
  if (sound === null || plan === null || plan.gone.length !== victim.checkpoints?.gone)
    throw new AppError('stale', `Run ${id} changed since you looked. It stays as it is.`, {
      run: id,
    })
  const backup = await writer.backup('before checkpoints were thinned')
  const last = await writer.compact({ gaps: plan.gaps, backup: backup.id })
  await writer.replaceHead(
    encodeThinned(context, sound, { ...last, journalBytes: writer.journalBytes() }),
  )
  if (!(await isWhole(context, sound.run, plan))) {
    await writer.restoreBackup(backup.id)
    const message = `Run ${id} could not be thinned: not every checkpoint that stays could be opened afterwards. It is as it was.`
    throw new AppError('io', message, { run: id })
  }
  return {
    finish: () =>
      context.store.trashBackup(id, {
        backup: backup.id,
        workflow,
        reason: victim.reason,
        keepDays: context.settings.value.cleanup.trashDays,
      }),
  }
}

async function isWhole(
  context: ServiceContext,
  before: Run,
  { kept }: ThinningPlan,
): Promise<boolean> {
  const { health, run, stored } = await readStoredRun(context, before.id)
  const { journal } = stored
  if (health !== 'ok' || run === null || journal === null) return false
  const seqs = new Map(before.checkpoints.map(({ id, seq }) => [String(id), seq]))
  return kept.every((id) => {
    const seq = seqs.get(id)
    invariant(seq !== undefined, `Checkpoint ${id} of run ${before.id} is none of its own.`)
    return readRunAt(journal, seq) !== null
  })
}

/** [X35] Puts the journal back that thinning took away, unless the run went on since. */
export async function undoThinning(context: ServiceContext, entry: TrashedRun): Promise<string> {
  const { store } = context
  const { id, run, backup } = entry
  invariant(run !== null && backup !== undefined, `Trash entry ${id} names no backup of a run.`)
  const writer = await store.open(run, { purpose: 'undo thinning', controlSocket: null })
  try {
    const { journal } = await store.read(run)
    const last = journal?.records.at(-1)
    const isNewest =
      last?.kind === 'known' && last.record.type === 'thinned' && last.record.backup === backup
    if (!isNewest) {
      const message = `Run ${run} went on, or was thinned again, after these records were taken away. They stay in the trash as entry ${id}.`
      throw new AppError('invalid-input', message, { run, entry: id })
    }
    await store.restoreTrashed(id)
    await writer.restoreBackup(backup)
  } finally {
    await writer.release()
  }
  const { health } = await readStoredRun(context, run)
  if (health === 'ok') return run
  throw new AppError(
    'io',
    `Run ${run} is damaged after its journal was put back. Look at it again.`,
    {
      run,
    },
  )
}
