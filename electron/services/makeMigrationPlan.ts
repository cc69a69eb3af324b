// Which documents are of an old version, and what each would become.
import { neverCancelled, throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { BatchProgress } from '../../shared/contract/call.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import { summarisePlan } from '../../shared/core/migrate/migrationFailures.ts'
import { planMigration } from '../../shared/core/migrate/planMigration.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { planned, type Planned } from './planned.ts'
import { readRows } from './queryRuns.ts'
import { parseRunId } from './refs.ts'
import { readDocumentKind } from './documentKind.ts'

/** `run`: what the document becomes; null when it cannot be migrated. */
export type PlannedMigration = { readonly row: MigrationRow; readonly run: Run | null }

/** How far a plan over many documents is, and whether it is still wanted. */
export type Following = {
  readonly signal?: CancelSignal
  readonly progress?: (progress: BatchProgress) => void
}

/** The plan with all its rows. */
export async function makeMigrationPlan(
  context: ServiceContext,
  input: {
    readonly documents: readonly string[] | null
    readonly asOf: string | null
  },
  following: Following = {},
): Promise<{
  readonly shown: Planned<MigrationPlan>
  readonly rows: readonly PlannedMigration[]
}> {
  const asOf = input.asOf ?? context.now()
  const documents = input.documents ?? (await oldDocuments(context))
  const rows = await planDocuments(context, documents.toSorted(), { at: asOf, ...following })
  const shown = rows.map(({ row }) => row)
  const plan: MigrationPlan = { rows: shown, ...summarisePlan(shown) }
  const rev = `sha256:${context.sha256(JSON.stringify(shown.map((row) => [row.document, row.rev])))}`
  return { shown: planned(context, plan, { rev, asOf }), rows }
}

/** What each of them would become, in this order: ids that one takes are not free for the next. */
export async function planDocuments(
  context: ServiceContext,
  documents: readonly string[],
  { at, signal = neverCancelled, progress }: Following & { readonly at: string },
): Promise<readonly (PlannedMigration & { readonly text: string })[]> {
  const taken = new Map<string, string | null>()
  const rows: (PlannedMigration & { readonly text: string })[] = []
  for (const document of documents) {
    throwIfCancelled(signal, 'The plan')
    progress?.({ done: rows.length, total: documents.length, item: document })
    const entry = { document, kind: 'document', problem: null } as const
    const kind = await readDocumentKind(context, entry, { wholeBytes: 2 ** 30, item: null })
    const text = kind.text ?? ''
    const { row, run } = await planDocument(context, { text, document, at, taken })
    if (run !== null) taken.set(run.id, document)
    rows.push({ row: { ...row, rev: kind.rev }, run, text })
  }
  return rows
}

/** [M15] Also those that are damaged: that they cannot be migrated is part of the plan. */
async function oldDocuments(context: ServiceContext): Promise<readonly string[]> {
  if (context.rowsElsewhere !== undefined) return context.rowsElsewhere.oldDocuments()
  const rows = await readRows(context, { signal: neverCancelled })
  return rows
    .filter(({ ref: { format } }) => format === 'unstuck-v1' || format === 'unstuck-v2')
    .map(({ ref }) => ref.document)
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
