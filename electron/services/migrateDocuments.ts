import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { makeMigrationPlan } from './makeMigrationPlan.ts'
import { migrateDocument } from './migrateDocument.ts'
import { rollBackDocument } from './rollBackDocument.ts'
import { approvedRows, rememberPlan } from './shownPlans.ts'

export async function planMigrationOf(
  context: ServiceContext,
  input: HandlerInput<'migrate.plan'>,
): Promise<CallOutput<'migrate.plan'>> {
  const { shown } = await makeMigrationPlan(context, input)
  rememberPlan(context, shown)
  return shown
}

/** Migrates document by document; one that fails or changed since leaves the others to be done. */
export async function applyMigration(
  context: ServiceContext,
  input: HandlerInput<'migrate.apply'>,
  options: HandlerOptions<'migrate.apply'>,
): Promise<CallOutput<'migrate.apply'>> {
  const { shown, rows } = await makeMigrationPlan(context, input)
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
