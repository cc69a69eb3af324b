import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import { AppError } from '../../shared/errors.ts'
import type { TrashedRun } from '../store/trashStore.ts'
import { archivePassphrase } from './archivePassphrase.ts'
import { batch, type BatchRow } from './batch.ts'
import { cleanUpOne } from './cleanUpOne.ts'
import type { ServiceContext } from './context.ts'
import { logged, type LoggedEnd } from './logged.ts'
import { planWholeCleanup, recallCleanup } from './planCleanupOf.ts'
import { approvedRows, rememberPlan } from './shownPlans.ts'
import { watchedFile } from './seenFile.ts'
import { undoThinning } from './thinRun.ts'

type ApplyInput = HandlerInput<'cleanup.apply'>
type ApplyOptions = HandlerOptions<'cleanup.apply'> & { readonly by?: string }

/** Carries a part of the plan out, run by run; a run that changed since it was shown stays. */
export async function applyCleanup(
  context: ServiceContext,
  { passphrase: given, ...input }: ApplyInput,
  options: ApplyOptions,
): Promise<CallOutput<'cleanup.apply'>> {
  const { signal, progress, by = context.user } = options
  const passphrase = await archivePassphrase(context, { given, policy: input.policy })
  const approved = await approvedVictims(context, input, options)
  const part = approved.slice(input.offset, input.offset + input.limit)

  let freedBytes = 0
  const work = part.map(({ victim, isUnchanged }): BatchRow => {
    const item = victim.run
    if (!isUnchanged) return { item, work: null }
    return {
      item,
      work: async () => {
        const done = await logged(
          context,
          { call: 'cleanup.apply', item, by, reason: victim.reason },
          () => cleanUpOne(context, victim, { policy: input.policy, passphrase }),
          ({ result: target }) => ({
            changes: [{ path: '/action', before: null, after: JSON.stringify(victim.action) }],
            ...undoOf(victim, { target, isSealed: passphrase !== null }),
          }),
        )
        freedBytes += done.freedBytes
        return done.result
      },
    }
  })
  const asked = { call: 'cleanup.apply', rows: work, by, atOnce: passphrase === null ? atOnce : 1 }
  const rows = await batch(context, asked, { signal, progress })
  context.emit('runs.changed', { runs: null })
  const next = input.offset + part.length
  return {
    rows: [...rows],
    freedBytes,
    nextOffset: next < approved.length && part.length > 0 ? next : null,
    total: approved.length,
  }
}

/** What is encrypted comes back only with its passphrase, which is kept nowhere. */
function undoOf(
  { run: item, action }: CleanupVictim,
  { target, isSealed }: { readonly target: string; readonly isSealed: boolean },
): Pick<LoggedEnd, 'undo'> {
  if (action !== 'archive') return { undo: { call: 'cleanup.restore', item, target } }
  return isSealed ? {} : { undo: { call: 'run.unarchive', item, target: null } }
}

/**
 * Each run is moved under its own lock, so that a few waits for the disk can be shared; more gain nothing. Encryption takes a
 * core and a quarter of a gigabyte: that is done one by one.
 */
const atOnce = 8

type Approved = { readonly victim: CleanupVictim; readonly isUnchanged: boolean }

/** [X38] The first part plans anew, and compares; of each later one every run is looked at as its turn comes. */
async function approvedVictims(
  context: ServiceContext,
  input: Omit<ApplyInput, 'passphrase'>,
  { signal }: ApplyOptions,
): Promise<readonly Approved[]> {
  const options = { signal, progress: () => undefined }
  if (input.offset > 0) {
    const plan = await recallCleanup(context, input, options)
    if (plan === null)
      throw new AppError(
        'stale',
        'The clean-up that was shown is not known any more. Review it again.',
      )
    rememberPlan(context, { ...input, plan })
    return plan.victims.map((victim) => ({ victim, isUnchanged: true }))
  }
  const shown = await planWholeCleanup(context, input, options)
  if (shown.digest !== input.digest) {
    const before = await recallCleanup(context, input, options)
    if (before !== null) rememberPlan(context, { ...input, plan: before })
  } else rememberPlan(context, shown)
  const rows = approvedRows<CleanupPlan, CleanupVictim>(context, {
    shown,
    input,
    rowsOf: ({ victims }) => victims,
    keyOf: ({ run }) => run,
  })
  const plan = context.shownPlans.get(input.digest)
  const victims = plan !== undefined && 'victims' in plan ? plan.victims : []
  const unchanged = new Map(rows.map(({ key, isUnchanged }) => [key, isUnchanged]))
  return victims.map((victim) => ({ victim, isUnchanged: unchanged.get(victim.run) === true }))
}

export async function listTrash(
  context: ServiceContext,
  { offset, limit }: HandlerInput<'trash.list'>,
): Promise<CallOutput<'trash.list'>> {
  const all = await context.store.trashed()
  const entries = all.slice(offset, offset + limit).map(asListed)
  const next = offset + entries.length
  return {
    entries,
    nextOffset: next < all.length && entries.length > 0 ? next : null,
    total: all.length,
    sizeBytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  }
}

/** Which backup it is concerns the undo alone. */
function asListed(trashed: TrashedRun): Omit<TrashedRun, 'backup'> {
  const { backup: _, ...entry } = trashed
  return entry
}

export async function restoreRuns(
  context: ServiceContext,
  input: HandlerInput<'cleanup.restore'>,
  options: HandlerOptions<'cleanup.restore'>,
): Promise<CallOutput<'cleanup.restore'>> {
  const only = new Set(input.entries)
  const known = new Map((await context.store.trashed({ only })).map((entry) => [entry.id, entry]))
  const work = input.entries.map((item): BatchRow => {
    const entry = known.get(item)
    const run = entry?.run ?? null
    const file = run === null ? null : watchedFile(context.store, run)
    const operation = { call: 'cleanup.restore', item, run, file }
    return {
      item,
      work: () => logged(context, operation, () => restoreOne(context, item, entry)),
    }
  })
  const rows = await batch(context, { call: 'cleanup.restore', rows: work, atOnce }, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows] }
}

function restoreOne(
  context: ServiceContext,
  id: string,
  entry: TrashedRun | undefined,
): Promise<string> {
  return entry?.kind === 'thinned' ? undoThinning(context, entry) : context.store.restoreTrashed(id)
}
