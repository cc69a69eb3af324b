// Which documents are of an old version, and what each would become.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { planMigration } from '../../shared/core/migrate/planMigration.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { planned } from './planned.ts'
import { readRows } from './queryRuns.ts'
import { parseRunId } from './refs.ts'
import { readDocumentKind } from './rowFacts.ts'

type MigrateInput = HandlerInput<'migrate.plan'>
/** `run`: what the document becomes; null when it cannot be migrated. */
export type PlannedMigration = { readonly row: MigrationRow; readonly run: Run | null }

export async function makeMigrationPlan(
  context: ServiceContext,
  input: MigrateInput,
): Promise<{
  readonly shown: CallOutput<'migrate.plan'>
  readonly rows: readonly PlannedMigration[]
}> {
  const asOf = input.asOf ?? context.now()
  const documents = input.documents ?? (await oldDocuments(context, input))
  const taken = new Map<string, string | null>()

  const rows: PlannedMigration[] = []
  for (const document of documents.toSorted()) {
    const kind = await readDocumentKind(
      context,
      { document, kind: 'document', problem: null },
      { wholeBytes: 2 ** 30, item: null },
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
  return rows
    .filter(({ health, ref }) => health === 'old-version' && ref.format.startsWith('unstuck'))
    .map((row) => row.ref.document)
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
