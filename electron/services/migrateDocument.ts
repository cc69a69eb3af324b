// Makes an old document a run, and takes it away only after that run was read back.
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import type { MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { AppError } from '../../shared/errors.ts'
import { currentVersion } from '../../shared/schema/head.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { RunWriter } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import type { PlannedMigration } from './makeMigrationPlan.ts'
import { readStoredRun } from './openStoredRun.ts'

/** Why a run has a backup of the document that it was migrated from. */
export const backupReason = 'before migration'

/** Returns the id of the run. */
export async function migrateDocument(
  context: ServiceContext,
  { row, run }: PlannedMigration,
): Promise<string> {
  if (run === null)
    throw new AppError('invalid-input', row.problem ?? `${row.document} cannot be migrated.`, {
      document: row.document,
    })
  const head = context.store.layout.head(run.id)
  await logged(
    context,
    {
      call: 'migrate.apply',
      item: row.document,
      run: row.run,
      file: { before: row.document, after: head },
    },
    () =>
      head === row.document ? migrateInPlace(context, row, run) : migrateBeside(context, row, run),
    () => ({ undo: { call: 'migrate.rollback', item: run.id, target: null } }),
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

export function headAfter(
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
