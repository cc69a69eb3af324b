import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'
import { AppError } from '../../../shared/errors.ts'
import { changeDocument, findForeign } from '../changeDocument.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeRows } from '../describe/rows.ts'
import { exitOfRows, exits } from '../exitCodes.ts'
import { sayProgress } from '../sayProgress.ts'
import { planOrApply, showOrApply, wantsApply } from '../planOrApply.ts'
import { findRun, insideWorkspace } from '../references.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented } from '../text/table.ts'

const options = {
  ...planOrApply,
  rollback: { type: 'boolean', help: 'put the old documents of these RUNs back' },
} as const

type Context = CommandContext<typeof options>

export const migrateCommand = defineCommand({
  name: 'migrate',
  usage: '[FILE…] | --rollback RUN…',
  summary: 'Plan how old documents become runs of the current version, and with --apply do it.',
  details: [
    'Without FILE: every old document of the workspace. The old documents go to the backups.',
  ],
  positionals: { min: 0, max: 10_000 },
  options,
  examples: ['unstuck migrate', 'unstuck migrate --apply', 'unstuck migrate --rollback etl-7'],
  run: async (context) => {
    const isApplied = wantsApply(context.options)
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
    plan: (client) => client.call('migrate.plan', { documents }, context),
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

function showPlan(output: CallOutput<'migrate.plan'>, paint: Paint): Outcome {
  const { rows, ready } = output.plan
  const problems = rows.filter(({ problem }) => problem !== null).length
  const hint = ready ? ['', 'Do it: unstuck migrate --apply'] : []
  return {
    output,
    lines: [
      ...rows.flatMap((row) => describe(row, paint)),
      `${count(rows.length, 'old document')}, ${problems} with problems`,
      ...hint,
    ],
    exit: problems > 0 ? exits.findings : exits.done,
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
