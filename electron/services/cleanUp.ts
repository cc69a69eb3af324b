import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import { planCleanup, type CleanupEntry } from '../../shared/core/cleanup/planCleanup.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { RunStatus } from '../../shared/schema/run.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { planned } from './planned.ts'
import { readRows } from './queryRuns.ts'
import { parseRunId } from './refs.ts'
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
  const work = approved.map(({ key, isUnchanged }): BatchRow => {
    const victim = shown.plan.victims.find((one) => one.run === key)
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
  const rows = await batch(work, options)
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
  const work = input.entries.map((entry): BatchRow => ({
    item: entry,
    work: () =>
      logged(context, { call: 'cleanup.restore', item: entry }, () =>
        context.store.restoreTrashed(entry),
      ),
  }))
  const rows = await batch(work, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows] }
}

async function makePlan(
  context: ServiceContext,
  input: CleanupInput,
): Promise<CallOutput<'cleanup.plan'>> {
  const asOf = input.asOf ?? context.now()
  const rows = await readRows(context, { signal: neverCancelled })
  const liveForks = new Set(
    rows.flatMap((row) => (row.parent !== null && row.finishedAt === null ? [row.parent] : [])),
  )
  const entries = rows.flatMap((row) => entryOf(context, row, liveForks))

  const plan = planCleanup(entries, input.policy, asOf)
  const revisions = entries.map((entry) => `${entry.run} ${entry.rev}`)
  const rev = `sha256:${context.sha256(JSON.stringify(revisions.toSorted()))}`
  return planned(context, plan, { rev, asOf })
}

function entryOf(
  context: ServiceContext,
  row: RunRow,
  liveForks: ReadonlySet<string>,
): readonly CleanupEntry[] {
  const status = RunStatus.safeParse(row.status)
  if (row.ref.format !== 'unstuck' || !status.success) return []
  const facts = context.index.facts.get(context.store.layout.head(parseRunId(row.id)))?.facts
  return [
    {
      run: parseRunId(row.id),
      workflow: row.workflow ?? '',
      status: status.data,
      finishedAt: row.finishedAt,
      updatedAt: row.updatedAt ?? row.createdAt ?? context.now(),
      sizeBytes: row.sizeBytes,
      rev: facts?.rev ?? 'unknown',
      pinned: row.pinned,
      locked: row.owner !== null,
      healthy: row.health === 'ok',
      liveness: row.liveness,
      hasLiveFork: liveForks.has(row.id),
    },
  ]
}

async function trashOne(context: ServiceContext, victim: CleanupVictim) {
  return logged(context, { call: 'cleanup.apply', item: victim.run }, async () => {
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
  })
}
