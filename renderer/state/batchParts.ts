// What each action on many runs asks of the host: its plan where there is one, the work in parts, and the way back.
import type { BatchProgress, OutcomeRow } from '../../shared/contract/call.ts'
import { applyWholeCleanup, readCleanupPlan, restoreAll } from '../../shared/contract/cleanUpAll.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { SelectedRun } from '../../shared/contract/selection.ts'
import { whyNot } from '../../shared/core/batch/whyNot.ts'
import type { BatchRepairRow } from '../../shared/core/repair/repairPlan.ts'
import type { BatchAction } from '../../shared/schema/batchAction.ts'
import { RunId } from '../../shared/schema/ids.ts'
import { noPolicy } from './policyDraft.ts'
import { approval } from './planning.ts'
import { chunksOf } from './readSelection.ts'

export type PartOptions = {
  readonly signal: AbortSignal
  readonly onProgress: (progress: BatchProgress) => void
  /** To which archives are encrypted, or were. */
  readonly passphrase: string | null
}

/** So much of the work as one call does. */
export type BatchPart = {
  readonly items: readonly string[]
  readonly work: (options: PartOptions) => Promise<readonly OutcomeRow[]>
}

/** One row of what is shown before anything is done. */
export type BatchItem = {
  readonly run: SelectedRun
  /** Why it is left out; null: it is done with. */
  readonly because: string | null
  /** What to know of it before it is done. */
  readonly note?: string
}

export type BatchPlan = {
  readonly items: readonly BatchItem[]
  readonly parts: readonly BatchPart[]
}

/** What would be done with these runs, and why not with the others. Only `migrate`, `trash` and `repair` have to ask for it. */
export async function planParts(
  client: Client,
  action: BatchAction,
  options: { readonly runs: readonly SelectedRun[]; readonly signal: AbortSignal },
): Promise<BatchPlan> {
  const { runs, signal } = options
  const able = runs.filter((run) => whyNot(action, run) === null)
  const plans: BatchPlan[] = []
  const alone = action === 'repair' ? await planCanary(client, able, signal) : []
  plans.push(...alone)
  const planned = alone.reduce((sum, { items }) => sum + items.length, 0)
  for (const chunk of chunksOf(able.slice(planned), mostInPart[action])) {
    plans.push(await planners[action](client, chunk, signal))
  }
  const refused = runs.flatMap((run) => {
    const because = whyNot(action, run)
    return because === null ? [] : [{ run, because }]
  })
  return {
    items: [...refused, ...plans.flatMap(({ items }) => items)],
    parts: plans.flatMap(({ parts }) => parts),
  }
}

/** One after the other, until one of them can be repaired: it is the first that is done, and it is done alone. */
async function planCanary(
  client: Client,
  runs: readonly SelectedRun[],
  signal: AbortSignal,
): Promise<readonly BatchPlan[]> {
  const plans: BatchPlan[] = []
  for (const run of runs) {
    const plan = await planRepairs(client, [run], signal)
    plans.push(plan)
    if (plan.parts.length > 0) break
  }
  return plans
}

/** Takes back what was done. The results are those of the rows that were done. */
export function undoParts(
  client: Client,
  action: BatchAction,
  rows: readonly OutcomeRow[],
): readonly BatchPart[] {
  const done = rows.filter(({ outcome }) => outcome === 'done')
  if (action === 'repair') return undoRepairs(client, done)
  const items = done.flatMap(({ item, result }) => {
    if (action === 'trash' || action === 'migrate') return result === null ? [] : [result]
    return [item]
  })
  return chunksOf(items, mostInPart.archive).map((chunk) => ({
    items: chunk,
    work: undoing[action](client, chunk),
  }))
}

/** Small enough that a plan is no larger than a message, and that a cancel is soon heard. */
const mostInPart = {
  archive: 200,
  unarchive: 200,
  trash: 500,
  migrate: 10,
  repair: 25,
} as const satisfies Record<BatchAction, number>

type Planner = (
  client: Client,
  runs: readonly SelectedRun[],
  signal: AbortSignal,
) => Promise<BatchPlan>

const planners = {
  archive: async (client, runs) =>
    unplanned(runs, async (ids, { passphrase, ...options }) => {
      return (await client.call('run.archive', { runs: [...ids], passphrase }, options)).rows
    }),
  unarchive: async (client, runs) =>
    unplanned(runs, async (ids, { passphrase, ...options }) => {
      return (await client.call('run.unarchive', { runs: [...ids], passphrase }, options)).rows
    }),
  trash: planTrash,
  migrate: planMigration,
  repair: planRepairs,
} as const satisfies Record<BatchAction, Planner>

function unplanned(
  runs: readonly SelectedRun[],
  work: (ids: readonly RunId[], options: PartOptions) => Promise<readonly OutcomeRow[]>,
): BatchPlan {
  const ids = idsOf(runs.map(({ document }) => document))
  return {
    items: runs.map((run) => ({ run, because: null })),
    parts: [{ items: ids, work: (options) => work(ids, options) }],
  }
}

async function planTrash(
  client: Client,
  runs: readonly SelectedRun[],
  signal: AbortSignal,
): Promise<BatchPlan> {
  const input = { policy: noPolicy, runs: idsOf(runs.map(({ document }) => document)) }
  const planned = await readCleanupPlan(client, input, { signal })
  const { victims, kept } = planned.plan
  const going = new Set<string>(victims.map(({ run }) => run))
  const because = kept.map(({ reason }) => reason).join(' Or: ')
  const work = async (options: PartOptions) =>
    (await applyWholeCleanup(client, { ...input, ...approval(planned) }, options)).rows
  return {
    items: runs.map((run) => ({ run, because: going.has(run.document) ? null : because })),
    parts: going.size === 0 ? [] : [{ items: [...going], work }],
  }
}

async function planMigration(
  client: Client,
  runs: readonly SelectedRun[],
  signal: AbortSignal,
): Promise<BatchPlan> {
  const first = await client.call(
    'migrate.plan',
    { documents: runs.map(({ document }) => document) },
    { signal },
  )
  const problems = new Map(
    first.plan.rows.flatMap(({ document, problem, run }) =>
      problem === null && run !== null ? [] : [[document, problem ?? 'It cannot be migrated.']],
    ),
  )
  const items = runs.map((run) => ({ run, because: problems.get(run.document) ?? null }))
  const documents = items.flatMap(({ run, because }) => (because === null ? [run.document] : []))
  if (documents.length === 0) return { items, parts: [] }
  const planned =
    problems.size === 0 ? first : await client.call('migrate.plan', { documents }, { signal })
  const work = async (options: PartOptions) =>
    (await client.call('migrate.apply', { documents, ...approval(planned) }, options)).rows
  return { items, parts: [{ items: documents, work }] }
}

async function planRepairs(
  client: Client,
  runs: readonly SelectedRun[],
  signal: AbortSignal,
): Promise<BatchPlan> {
  const asked = { runs: idsOf(runs.map(({ document }) => document)), limit: 200 }
  const first = await client.call('repair.batch.plan', asked, { signal })
  const rows = new Map(first.plan.rows.map((row) => [row.run, row]))
  const items = runs.map((run): BatchItem => {
    const row = rows.get(run.document)
    if (row?.outcome === 'ready') return { run, because: null, note: noteOf(row) }
    return { run, because: row?.sentence ?? 'Nothing is known of it. Look at it again.' }
  })
  const able = items.flatMap(({ run, because }) => (because === null ? [run.document] : []))
  if (able.length === 0) return { items, parts: [] }
  // Those that are left out would only be told again.
  const input = { runs: idsOf(able) }
  const planned =
    able.length === runs.length
      ? first
      : await client.call('repair.batch.plan', { ...input, limit: 200 }, { signal })
  const work = async (options: PartOptions) =>
    (await client.call('repair.batch.apply', { ...input, ...approval(planned) }, options)).rows
  return { items, parts: [{ items: able, work }] }
}

function noteOf({ source, loses, asked }: BatchRepairRow): string {
  const loss = loses.length === 0 ? 'loses nothing' : `loses: ${loses.join(' ')}`
  const doubt =
    asked === 0 ? '' : ` A resume asks about ${asked === 1 ? 'a step' : `${asked} steps`}.`
  return `From ${source ?? 'the head'}; ${loss}${doubt}`
}

function undoRepairs(client: Client, rows: readonly OutcomeRow[]): readonly BatchPart[] {
  const repairs = rows.flatMap(({ item, result }) =>
    result === null ? [] : [{ run: RunId.parse(item), backup: result }],
  )
  return chunksOf(repairs, mostInPart.repair).map((chunk) => ({
    items: chunk.map(({ run }) => run),
    work: async (options) =>
      (await client.call('repair.batch.undo', { repairs: [...chunk] }, options)).rows,
  }))
}

type Undoing = (client: Client, items: readonly string[]) => BatchPart['work']

const undoing = {
  archive:
    (client, items) =>
    async ({ passphrase, ...options }) =>
      (await client.call('run.unarchive', { runs: idsOf(items), passphrase }, options)).rows,
  unarchive:
    (client, items) =>
    async ({ passphrase, ...options }) =>
      (await client.call('run.archive', { runs: idsOf(items), passphrase }, options)).rows,
  trash: (client, items) => async (options) => (await restoreAll(client, items, options)).rows,
  migrate: (client, items) => async (options) =>
    (await client.call('migrate.rollback', { runs: idsOf(items) }, options)).rows,
} as const satisfies Record<Exclude<BatchAction, 'repair'>, Undoing>

function idsOf(documents: readonly string[]): RunId[] {
  return documents.map((document) => RunId.parse(document))
}
