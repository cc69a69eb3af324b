import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import {
  planChosen,
  planCleanup,
  type CleanupEntry,
} from '../../shared/core/cleanup/planCleanup.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { RunStatus } from '../../shared/schema/run.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { readRowsWhole } from './listing/refreshRows.ts'
import { logged } from './logged.ts'
import { planned } from './planned.ts'
import { readRows } from './queryRuns.ts'
import { approvedRows, rememberPlan } from './shownPlans.ts'

type CleanupInput = HandlerInput<'cleanup.plan'>

export async function planCleanupOf(
  context: ServiceContext,
  input: CleanupInput,
): Promise<CallOutput<'cleanup.plan'>> {
  const shown = await makePlan(context, input)
  rememberPlan(context, shown)
  return shown
}

/** Moves the victims to the trash, one by one; a run that changed since it was shown stays. */
export async function applyCleanup(
  context: ServiceContext,
  input: HandlerInput<'cleanup.apply'>,
  options: HandlerOptions<'cleanup.apply'>,
): Promise<CallOutput<'cleanup.apply'>> {
  const shown = await makePlan(context, input)
  const approved = approvedRows<CleanupPlan, CleanupVictim>(context, {
    shown,
    input,
    rowsOf: (plan) => plan.victims,
    keyOf: (victim) => victim.run,
  })

  let freedBytes = 0
  const victims = new Map(shown.plan.victims.map((victim) => [String(victim.run), victim]))
  const work = approved.map(({ key, isUnchanged }): BatchRow => {
    const victim = victims.get(key)
    if (!isUnchanged || victim === undefined) return { item: key, work: null }
    return {
      item: key,
      work: async () => {
        const entry = await trashOne(context, victim)
        freedBytes += entry.sizeBytes
        return entry.id
      },
    }
  })
  const rows = await batch(context, { call: 'cleanup.apply', rows: work }, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows], freedBytes }
}

export async function listTrash(context: ServiceContext): Promise<CallOutput<'trash.list'>> {
  return { entries: [...(await context.store.trashed())] }
}

export async function restoreRuns(
  context: ServiceContext,
  input: HandlerInput<'cleanup.restore'>,
  options: HandlerOptions<'cleanup.restore'>,
): Promise<CallOutput<'cleanup.restore'>> {
  const runs = new Map((await context.store.trashed()).map(({ id, run }) => [id, run]))
  const work = input.entries.map((entry): BatchRow => ({
    item: entry,
    work: () =>
      logged(context, { call: 'cleanup.restore', item: entry, run: runs.get(entry) }, () =>
        context.store.restoreTrashed(entry),
      ),
  }))
  const rows = await batch(context, { call: 'cleanup.restore', rows: work }, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows] }
}

async function makePlan(
  context: ServiceContext,
  input: CleanupInput,
): Promise<CallOutput<'cleanup.plan'>> {
  if (context.rowsElsewhere !== undefined) return context.rowsElsewhere.planCleanup(input)
  const asOf = input.asOf ?? context.now()
  const chosen = input.runs ? new Set(input.runs) : null
  const { entries, plan } = await planVerified(context, (listed) =>
    chosen === null ? planCleanup(listed, input.policy, asOf) : planChosen(listed, chosen),
  )
  const revs = new Map<string, string>()
  for (const { run } of plan.victims) revs.set(run, (await context.store.read(run)).rev)
  const victims = plan.victims.map((victim) => ({
    ...victim,
    rev: revs.get(victim.run) ?? victim.rev,
  }))

  const revisions = entries
    .filter(({ run }) => chosen === null || chosen.has(run))
    .map((entry) => `${entry.run} ${entry.rev}`)
  const rev = `sha256:${context.sha256(JSON.stringify(revisions.toSorted()))}`
  return planned(context, { ...plan, victims }, { rev, asOf })
}

/** Nothing is chosen of which not all was read: a run that turns out to be damaged stays. */
async function planVerified(
  context: ServiceContext,
  choose: (entries: readonly CleanupEntry[]) => CleanupPlan,
): Promise<{ readonly entries: readonly CleanupEntry[]; readonly plan: CleanupPlan }> {
  for (;;) {
    const rows = await readRows(context, { signal: neverCancelled })
    const liveForks = new Set(
      rows.flatMap((row) => (row.parent !== null && row.finishedAt === null ? [row.parent] : [])),
    )
    const entries = rows.flatMap((row) => entryOf(context, row, liveForks))
    const plan = choose(entries)
    const unread = plan.victims
      .map(({ run }) => placeOf(context, run))
      .filter((place) => place !== -1 && !context.index.rows.stateAt(place).isVerified)
    if (unread.length === 0) return { entries, plan }
    await readRowsWhole(context, unread, neverCancelled)
  }
}

function placeOf({ index, store }: ServiceContext, run: RunId): number {
  return index.rows.placeOf(store.layout.head(run))
}

function entryOf(
  context: ServiceContext,
  row: RunRow,
  liveForks: ReadonlySet<string>,
): readonly CleanupEntry[] {
  const [status, id] = [RunStatus.safeParse(row.status), RunId.safeParse(row.id)]
  if (row.ref.format !== 'unstuck' || !id.success) return []
  const run = id.data
  return [
    {
      run,
      workflow: row.workflow ?? '',
      // Of a run that cannot be read nothing is known, and it stays as what is damaged.
      status: status.data ?? 'pending',
      archived: row.archived === true,
      finishedAt: row.finishedAt,
      updatedAt: row.updatedAt ?? row.createdAt ?? context.now(),
      sizeBytes: row.sizeBytes,
      // Of the victims it is replaced by the revision of what was read.
      rev: context.index.rows.stampAt(placeOf(context, run)),
      pinned: row.pinned,
      locked: row.owner !== null,
      healthy: row.health === 'ok' && status.success,
      liveness: row.liveness,
      hasLiveFork: liveForks.has(row.id),
    },
  ]
}

async function trashOne(context: ServiceContext, victim: CleanupVictim) {
  const { run, reason } = victim
  const work = async () => {
    const writer = await context.store.open(victim.run, {
      purpose: 'clean up',
      controlSocket: null,
    })
    try {
      const { rev } = await context.store.read(victim.run)
      if (rev !== victim.rev)
        throw new AppError('stale', `Run ${victim.run} changed since you looked. It stays.`, {
          run: victim.run,
        })
      return await writer.trash({
        reason: victim.reason,
        workflow: victim.workflow,
        keepDays: context.settings.value.cleanup.trashDays,
      })
    } finally {
      await writer.release()
    }
  }
  return logged(context, { call: 'cleanup.apply', item: run, reason }, work, ({ id }) => ({
    undo: { call: 'cleanup.restore', item: run, target: id },
  }))
}
