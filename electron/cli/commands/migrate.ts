import type { CallOutput } from '../../../shared/contract/contract.ts'
import { readMigrationPlan } from '../../../shared/contract/readMigrationPlan.ts'
import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'
import { AppError } from '../../../shared/errors.ts'
import { changeDocument, findForeign } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeRows } from '../describe/rows.ts'
import { exitOfRows, exits } from '../exitCodes.ts'
import { mapOptions, mapSteps } from '../mapSteps.ts'
import { sayProgress } from '../sayProgress.ts'
import { planOrApply, showOrApply, wantsApply } from '../planOrApply.ts'
import { findRun, insideWorkspace } from '../references.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented, table } from '../text/table.ts'

const options = {
  ...planOrApply,
  show: { type: 'boolean', help: 'one FILE before and after' },
  ...mapOptions,
  past: { type: 'boolean', help: 'runs that were migrated, and whether they can be rolled back' },
  rollback: { type: 'boolean', help: 'put the old documents of these RUNs back' },
} as const

type Context = CommandContext<typeof options>

export const migrateCommand = defineCommand({
  name: 'migrate',
  usage: '[FILE…] | --show FILE | --rollback RUN… | --definition FILE RUN…',
  summary: 'Plan how old documents become runs of the current version, and with --apply do it.',
  details: [
    'Without FILE: every old document of the workspace. The old documents go to the backups.',
    'With --definition: runs whose workflow changed go over to it, each with one edit that can be undone.',
  ],
  positionals: { min: 0, max: 10_000 },
  options,
  examples: [
    'unstuck migrate',
    'unstuck migrate --apply',
    'unstuck migrate --rollback etl-7',
    "unstuck migrate --definition deploy.yaml --workflow deploy --map migrate=database --reason 'renamed' --apply",
  ],
  run: async (context) => {
    const isApplied = wantsApply(context.options)
    if (context.options.show) return show(context)
    if (context.options.past) return listPast(context)
    const { definition } = context.options
    if (definition !== undefined) return mapSteps(context, { definition, isApplied })
    const [text] = context.positionals
    if (!context.options.rollback && text !== undefined && context.positionals.length === 1) {
      const client = await context.client()
      const ref = await findForeign({ ...context, client }, text)
      const action = { kind: 'migrate' } as const
      const reason = isApplied ? 'migration' : null
      if (ref !== null) return changeDocument(context, ref, { action, reason })
    }
    return context.options.rollback ? rollBack(context) : migrate(context)
  },
})

function migrate(context: Context): Promise<Outcome> {
  const documents = documentsOf(context)
  return showOrApply(context, {
    plan: (client) => readMigrationPlan(client, { documents }, context),
    show: (planned) => showPlan(planned, context.paint),
    nothing: ({ plan }) =>
      plan.rows.length === 0
        ? { output: { rows: [] }, lines: ['There is no old document here.'], exit: exits.done }
        : null,
    apply: (client, approval, work) =>
      client.call('migrate.apply', { documents, ...approval }, work),
    describe: ({ rows }) => describeRows(rows),
  })
}

/** [M17] One old document before and after. */
async function show(context: Context): Promise<Outcome> {
  const [document, ...others] = documentsOf(context) ?? []
  if (document === undefined || others.length > 0) {
    throw new AppError('invalid-input', 'Say which document: unstuck migrate --show FILE')
  }
  const client = await context.client()
  const output = await client.call('migrate.show', { document })
  const changes = output.changes.map(({ kind, path, before, after }) => {
    const values = [before, after].map((text) => (text === null ? '' : shorten(text)))
    return [kind, printable(path), values.join(' → ')]
  })
  const left = output.total - output.changes.length
  return {
    output,
    lines: [
      ...describe(output.row, context.paint),
      ...table(changes),
      ...(left > 0 ? [`and ${left} more changes`] : []),
    ],
    exit: output.row.problem === null ? exits.done : exits.findings,
  }
}

function shorten(text: string): string {
  const line = printable(text.replaceAll(/\s+/g, ' '))
  return line.length > 60 ? `${line.slice(0, 59)}…` : line
}

function showPlan(output: CallOutput<'migrate.plan'>, paint: Paint): Outcome {
  const { rows, ready, total, migratable, failures } = output.plan
  const hint = ready ? ['', 'Do it: unstuck migrate --apply'] : []
  return {
    output,
    lines: [
      ...rows.flatMap((row) => describe(row, paint)),
      `${count(total, 'old document')}, ${total - migratable} with problems`,
      ...failures.flatMap(({ cause, remedy, count: many }) => [
        `${many} × ${cause}`,
        ...indented([remedy]),
      ]),
      ...hint,
    ],
    exit: migratable < total ? exits.findings : exits.done,
  }
}

/** [M25] Page after page. */
async function listPast(context: Context): Promise<Outcome> {
  const client = await context.client()
  const rows: CallOutput<'migrate.past'>['rows'] = []
  for (;;) {
    const page = await client.call('migrate.past', { offset: rows.length }, context)
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) break
  }
  const free = rows.filter(({ problem }) => problem === null)
  return {
    output: { rows, total: rows.length },
    lines: [
      ...table(
        rows.map((row) => [row.run, row.at, row.by, printable(row.problem ?? row.document)]),
      ),
      `${count(rows.length, 'migrated run')}, ${free.length} can be rolled back`,
    ],
    exit: exits.done,
  }
}

async function rollBack(context: Context): Promise<Outcome> {
  if (context.positionals.length === 0) {
    throw new AppError('invalid-input', 'Say which runs: unstuck migrate --rollback RUN…')
  }
  const client = await context.client()
  const runs: string[] = []
  for (const text of context.positionals) {
    runs.push((await findRun({ ...context, client }, text)).ref.document)
  }
  const output = await client.call(
    'migrate.rollback',
    { runs },
    { signal: context.signal, onProgress: sayProgress(context) },
  )
  return { output, lines: describeRows(output.rows), exit: exitOfRows(output.rows) }
}

function documentsOf(context: Context): string[] | null {
  if (context.positionals.length === 0) return null
  return context.positionals.map((text) => insideWorkspace(text, context) ?? text)
}

function describe(row: MigrationRow, paint: Paint): readonly string[] {
  const heading = `${printable(row.document)}  version ${row.from} to ${row.to}`
  if (row.problem !== null) {
    return [`${heading}  ${paintStatus(paint, 'failed')}`, `  ${printable(row.problem)}`]
  }
  const sentences = row.steps.flatMap((step) => step.sentences)
  return [
    `${heading}  becomes ${row.run ?? 'nothing'}`,
    ...indented([...sentences, ...row.notes].map(printable)),
  ]
}
