import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import type { Planned } from './planned.ts'
import { makeMigrationPlan, type Following } from './makeMigrationPlan.ts'
import { migrateDocument } from './migrateDocument.ts'
import { rollBackDocument } from './rollBackDocument.ts'
import { approvedRows, rememberPlan } from './shownPlans.ts'

/** [M15] The plan as it can be sent: a page of its rows. The rest of a plan that was shown is given from memory. */
export async function planMigrationOf(
  context: ServiceContext,
  input: HandlerInput<'migrate.plan'>,
  options: Following = {},
): Promise<CallOutput<'migrate.plan'>> {
  const shown =
    rememberedPlan(context, input) ?? (await makeMigrationPlan(context, input, options)).shown
  rememberPlan(context, shown)
  return pageOf(shown, input)
}

/** Of all rows those that are asked for, and of these as many as a message holds. */
export function pageOf(
  shown: Planned<MigrationPlan>,
  { offset, limit }: Pick<HandlerInput<'migrate.plan'>, 'offset' | 'limit'>,
): Planned<MigrationPlan> {
  const rows: MigrationRow[] = []
  let characters = 0
  for (const row of shown.plan.rows.slice(offset, offset + limit)) {
    characters += JSON.stringify(row).length
    if (characters > mostCharacters && rows.length > 0) break
    rows.push(row)
  }
  return { ...shown, plan: { ...shown.plan, rows } }
}

// A message has at most a million bytes, and what fails and the envelope come on top.
const mostCharacters = 600_000

function rememberedPlan(
  context: ServiceContext,
  { digest, rev, asOf }: HandlerInput<'migrate.plan'>,
): Planned<MigrationPlan> | null {
  if (digest === null || rev === null || asOf === null) return null
  const plan = context.shownPlans.get(digest)
  return plan !== undefined && 'migratable' in plan ? { plan, digest, rev, asOf } : null
}

/** Migrates document by document; one that fails or changed since leaves the others to be done. */
export async function applyMigration(
  context: ServiceContext,
  input: HandlerInput<'migrate.apply'>,
  options: HandlerOptions<'migrate.apply'>,
): Promise<CallOutput<'migrate.apply'>> {
  const documents = input.documents ?? documentsShown(context, input.digest)
  const again = { asOf: input.asOf, documents }
  const { shown, rows } = await makeMigrationPlan(context, again, { signal: options.signal })
  const approved = approvedRows<MigrationPlan, MigrationRow>(context, {
    shown,
    input,
    rowsOf: (plan) => plan.rows,
    keyOf: (row) => row.document,
  })

  const byDocument = new Map(rows.map((row) => [row.row.document, row]))
  const work = approved.map(({ key, isUnchanged }): BatchRow => {
    const mine = byDocument.get(key)
    if (!isUnchanged || mine === undefined) return { item: key, work: null }
    return { item: key, work: () => migrateDocument(context, mine) }
  })
  const outcome = await batch(context, { call: 'migrate.apply', rows: work }, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...outcome] }
}

/** Only what was shown is migrated: where that is known, no other document has to be looked at. */
function documentsShown(context: ServiceContext, digest: string): readonly string[] | null {
  const plan = context.shownPlans.get(digest)
  if (plan === undefined || !('migratable' in plan)) return null
  return plan.rows.map(({ document }) => document)
}

/** Puts the old document back in its place; the migrated run goes to the trash. Refused once the run went on. */
export async function rollbackMigration(
  context: ServiceContext,
  input: HandlerInput<'migrate.rollback'>,
  options: HandlerOptions<'migrate.rollback'>,
): Promise<CallOutput<'migrate.rollback'>> {
  const work = input.runs.map((run): BatchRow => ({
    item: run,
    work: () => rollBackDocument(context, run),
  }))
  const undoing = { call: 'migrate.rollback', rows: work }
  const rows = await batch(context, undoing, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows] }
}
