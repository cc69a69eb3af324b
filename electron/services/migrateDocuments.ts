import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { planMigration } from '../../shared/core/migrate/planMigration.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import { currentVersion } from '../../shared/schema/head.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import { batch, type BatchRow } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { planned } from './planned.ts'
import { readRows } from './queryRuns.ts'
import { parseRunId } from './refs.ts'
import { readDocumentKind } from './rowFacts.ts'
import { requireUntouched } from './requireUntouched.ts'
import { rememberPlan, approvedRows } from './shownPlans.ts'

type MigrateInput = HandlerInput<'migrate.plan'>
type PlannedRow = { readonly row: MigrationRow; readonly run: Run | null }

export async function planMigrationOf(
  context: ServiceContext,
  input: MigrateInput,
): Promise<CallOutput<'migrate.plan'>> {
  const { shown } = await makePlan(context, input)
  rememberPlan(context, shown)
  return shown
}

/** Migrates document by document; one that fails or changed since leaves the others to be done. */
export async function applyMigration(
  context: ServiceContext,
  input: HandlerInput<'migrate.apply'>,
  options: HandlerOptions<'migrate.apply'>,
): Promise<CallOutput<'migrate.apply'>> {
  const { shown, rows } = await makePlan(context, input)
  const approved = approvedRows<MigrationPlan, MigrationRow>(context, {
    shown,
    input,
    rowsOf: (plan) => plan.rows,
    keyOf: (row) => row.document,
  })

  const work = approved.map(({ key, isUnchanged }): BatchRow => {
    const mine = rows.find(({ row }) => row.document === key)
    if (!isUnchanged || mine === undefined) return { item: key, work: null }
    return { item: key, work: () => migrateOne(context, mine) }
  })
  const outcome = await batch(work, options)
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
    work: () => rollBackOne(context, run),
  }))
  const rows: readonly OutcomeRow[] = await batch(work, options)
  context.emit('runs.changed', { runs: null })
  return { rows: [...rows] }
}

async function makePlan(
  context: ServiceContext,
  input: MigrateInput,
): Promise<{ readonly shown: CallOutput<'migrate.plan'>; readonly rows: readonly PlannedRow[] }> {
  const asOf = input.asOf ?? context.now()
  const documents = input.documents ?? (await oldDocuments(context, input))
  const taken = new Map<string, string | null>()

  const rows: PlannedRow[] = []
  for (const document of documents.toSorted()) {
    const kind = await readDocumentKind(
      context,
      { document, kind: 'document', problem: null },
      Infinity,
    )
    const text = kind.text ?? ''
    const { row, run } = await planDocument(context, { text, document, at: asOf, taken })
    if (run !== null) taken.set(run.id, document)
    rows.push({ row: { ...row, rev: kind.rev }, run })
  }

  const plan: MigrationPlan = {
    rows: rows.map(({ row }) => row),
    ready: rows.some(({ run }) => run !== null),
  }
  const rev = `sha256:${context.sha256(JSON.stringify(rows.map(({ row }) => [row.document, row.rev])))}`
  return { shown: planned(context, plan, { rev, asOf }), rows }
}

async function oldDocuments(
  context: ServiceContext,
  input: MigrateInput,
): Promise<readonly string[]> {
  const elsewhere = await context.rowsElsewhere?.planMigration(input)
  if (elsewhere !== undefined) return elsewhere.plan.rows.map(({ document }) => document)
  const rows = await readRows(context, { signal: neverCancelled })
  return rows.filter((row) => row.health === 'old-version').map((row) => row.ref.document)
}

/** Plans one document; of each id that it might get it is looked up which document has it. */
async function planDocument(
  context: ServiceContext,
  document: {
    readonly text: string
    readonly document: string
    readonly at: string
    /** Documents by the id of their run; null where no run has it. */
    readonly taken: Map<string, string | null>
  },
): Promise<ReturnType<typeof planMigration>> {
  const { text, taken, at, document: path } = document
  for (;;) {
    const unknown: string[] = []
    const plan = planMigration(text, {
      document: path,
      at,
      sha256: context.sha256,
      isTaken: (id) => {
        const holder = taken.get(id)
        if (holder === undefined) unknown.push(id)
        return typeof holder === 'string' && holder !== path
      },
    })
    if (unknown.length === 0) return plan
    for (const id of unknown)
      taken.set(id, (await context.store.entry(parseRunId(id)))?.document ?? null)
  }
}

async function migrateOne(context: ServiceContext, { row, run }: PlannedRow): Promise<string> {
  if (run === null)
    throw new AppError('invalid-input', row.problem ?? `${row.document} cannot be migrated.`, {
      document: row.document,
    })
  await logged(context, { call: 'migrate.apply', item: row.document, run: row.run }, () =>
    context.store.layout.head(run.id) === row.document
      ? migrateInPlace(context, row, run)
      : migrateBeside(context, row, run),
  )
  return run.id
}

/** The old document lies where the head of the new run belongs: it is replaced, its bytes go to a backup first. */
async function migrateInPlace(context: ServiceContext, row: MigrationRow, run: Run): Promise<void> {
  const writer = await context.store.open(run.id, { purpose: 'migrate', controlSocket: null })
  try {
    const backup = await writer.backup(backupReason)
    const copy = await context.store.readBackup(run.id, backup.id, row.document)
    if (copy.rev !== row.rev) throw changed(row.document)
    const records = await writer.append(recordsOf(context, row, run, backup.id), { durable: true })
    await writer.replaceHead(headAfter(context, run, { records, writer }))
    await requireReadBack(context, run.id)
  } finally {
    await writer.release()
  }
}

async function migrateBeside(context: ServiceContext, row: MigrationRow, run: Run): Promise<void> {
  const writer = await context.store.create(run.id, {
    purpose: 'migrate',
    controlSocket: null,
    createdAt: run.createdAt,
  })
  try {
    const records = await writer.append(recordsOf(context, row, run, null), { durable: true })
    await writer.replaceHead(headAfter(context, run, { records, writer }))
    await takeAway(context, row, writer)
  } finally {
    await writer.release()
  }
}

/** The old document and its run are never both left to be resumed: where the document stays, the run goes. */
async function takeAway(
  context: ServiceContext,
  { document, rev }: MigrationRow,
  writer: RunWriter,
): Promise<void> {
  const { store } = context
  try {
    await requireReadBack(context, writer.run)
    await store.moveToBackup(document, { run: writer.run, reason: backupReason, rev })
  } catch (error) {
    const [left] = await Promise.allSettled([store.readDocument(document)])
    if (left.status === 'fulfilled')
      await writer.trash({
        reason: 'its old document could not be taken away',
        workflow: null,
        keepDays: context.settings.value.cleanup.trashDays,
      })
    throw error
  }
}

/** Nothing is called migrated, and no old document is taken away, before its run was read back without a flaw. */
async function requireReadBack(context: ServiceContext, run: RunId): Promise<void> {
  const { reading } = await readStoredRun(context, run)
  const flaw = reading.findings.find(({ severity }) => severity !== 'info')
  if (reading.run !== null && flaw === undefined) return
  const message = `Run ${run} was written and does not read back as it should: ${flaw?.sentence ?? 'there is no state in it.'} The old document is kept.`
  throw new AppError('corrupt', message, { run })
}

function changed(document: string): AppError {
  const message = `${document} changed while it was migrated. It is left as it is. Review the plan again.`
  return new AppError('stale', message, { document })
}

const backupReason = 'before migration'

function recordsOf(
  context: ServiceContext,
  row: MigrationRow,
  run: Run,
  backup: string | null,
): readonly RecordBody[] {
  return [
    { type: 'keyframe', run },
    {
      type: 'migrated',
      from: row.from,
      to: currentVersion,
      source: row.document,
      backup,
      by: context.user,
    },
  ]
}

function headAfter(
  context: ServiceContext,
  run: Run,
  {
    records,
    writer,
  }: { readonly records: Awaited<ReturnType<RunWriter['append']>>; readonly writer: RunWriter },
): string {
  const migrated = replay(records.map((record) => ({ kind: 'known', record }))) ?? run
  const journalBytes = writer.journalBytes()
  return encodeHead(migrated, context.sha256, listedFacts(migrated, { journalBytes, records: [] }))
}

async function rollBackOne(context: ServiceContext, run: RunId): Promise<string> {
  const backup = (await context.store.backups(run)).find((one) => one.reason === backupReason)
  if (backup === undefined)
    throw new AppError(
      'not-found',
      `Run ${run} has no backup of an older version, so there is nothing to roll back to.`,
      { run },
    )
  const source = backup.files[0] ?? ''
  await logged(context, { call: 'migrate.rollback', item: run }, async () => {
    const writer = await context.store.open(run, { purpose: 'roll back', controlSocket: null })
    try {
      await requireUntouched(context, run, backup)
      if (source === context.store.layout.head(run)) {
        await writer.backup('before roll back')
        await writer.restoreBackup(backup.id)
        return
      }
      await context.store.restoreDocument(run, backup.id)
      await writer.trash({
        reason: 'migration rolled back',
        workflow: null,
        keepDays: context.settings.value.cleanup.trashDays,
      })
    } finally {
      await writer.release()
    }
  })
  return source
}
