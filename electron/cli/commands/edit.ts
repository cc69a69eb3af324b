import type { DocumentAction } from '../../../shared/contract/documents.ts'
import { RunView } from '../../../shared/contract/runs.ts'
import type { Edit } from '../../../shared/core/edit/edit.ts'
import { AppError } from '../../../shared/errors.ts'
import { changeDocument, isForeign } from '../changeDocument.ts'
import { createMask } from '../createMask.ts'
import { defineCommand, type CommandContext, type Outcome } from '../command.ts'
import { describeBatchEdit, describeEdit, editedPath } from '../describe/edit.ts'
import { describeRows } from '../describe/rows.ts'
import { editsOf, editOptions } from '../editsOf.ts'
import { exitOfRows, exits } from '../exitCodes.ts'
import { planOrApply, wantsApply } from '../planOrApply.ts'
import { readBatchEditPlan } from '../readBatchEditPlan.ts'
import { findRun, readRows } from '../references.ts'
import { sayProgress } from '../sayProgress.ts'
import { oneOf } from '../values.ts'

const options = {
  ...editOptions,
  reason: { type: 'string', value: 'TEXT', help: 'why; needed with --apply' },
  all: { type: 'boolean', help: 'every run that --view and --where leave; takes one edit' },
  view: { type: 'string', value: 'VIEW', help: `with --all: ${RunView.options.join(', ')}` },
  where: { type: 'string', value: 'TEXT', help: 'with --all: runs whose row has these words' },
  ...planOrApply,
} as const

type Context = CommandContext<typeof options>

export const editCommand = defineCommand({
  name: 'edit',
  usage: 'RUN… | --all',
  summary: 'Plan a change of values or steps of a run, and with --apply make it. It can be undone.',
  details: [
    'A value is JSON; what is no JSON is taken as a text, and @FILE stands for what a file holds.',
    'With several RUNs, or --all, one edit is made in each of them.',
  ],
  positionals: { min: 0, max: 10_000 },
  options,
  examples: [
    'unstuck edit latest --set /inputs/amount=42',
    "unstuck edit latest --set /inputs/amount=42 --reason 'wrong bill' --apply",
    "unstuck edit latest --succeed charge=@receipt.json --reason 'seen at the bank' --apply",
    "unstuck edit --all --view failed --reset charge --reason 'bank is back' --apply",
  ],
  run: async (context) => {
    const edits = await editsOf(context.options, context.cwd)
    const isApplied = wantsApply(context.options)
    const reason = isApplied ? requireReason(context) : ''
    const { all, positionals } = { all: context.options.all, positionals: context.positionals }
    if (all || positionals.length > 1) return editMany(context, oneEdit(edits), reason)
    const [text] = positionals
    if (text === undefined) throw new AppError('invalid-input', 'Say which run, or --all.')
    return editOne(context, text, { edits, reason })
  },
})

function requireReason({ options: { reason } }: Context): string {
  if (reason !== undefined && reason.trim() !== '') return reason
  throw new AppError('invalid-input', 'Say why with --reason: it stands in the history of the run.')
}

function oneEdit(edits: readonly Edit[]): Edit {
  const [first, ...more] = edits
  if (first !== undefined && more.length === 0) return first
  throw new AppError('invalid-input', 'In many runs one edit is made at a time.')
}

async function editOne(
  context: Context,
  text: string,
  { edits, reason }: { readonly edits: readonly Edit[]; readonly reason: string },
): Promise<Outcome> {
  const client = await context.client()
  const { ref } = await findRun({ ...context, client }, text)
  if (isForeign(ref)) {
    const action: DocumentAction = { kind: 'edit', edits: [...edits] }
    return changeDocument(context, ref, { action, reason: reason === '' ? null : reason })
  }
  const input = { ref, edits: [...edits] }
  const planned = await client.call('edit.plan', input, context)
  const lines = describeEdit(planned.plan, {
    edits,
    mask: await createMask(client),
    paint: context.paint,
  })
  if (reason === '') {
    const hint = ['', `Do it with --reason TEXT --apply. Nothing was changed.`]
    const exit = planned.plan.ready ? exits.done : exits.notReady
    return { output: planned, lines: [...lines, ...(planned.plan.ready ? hint : [])], exit }
  }
  for (const line of lines) context.say(line)
  const { rev, digest, asOf } = planned
  const output = await client.call('edit.apply', { ...input, rev, digest, asOf, reason })
  const run = ref.document
  const done = output.observed
    ? `Edited ${run}, and read back: record ${output.seq}.`
    : `Requested: the edit of ${run}. It does not read back as it was shown; look at it.`
  return {
    output,
    lines: [done, `Undo: unstuck undo ${run}`],
    exit: output.observed ? exits.done : exits.notSeen,
  }
}

async function editMany(context: Context, edit: Edit, reason: string): Promise<Outcome> {
  const client = await context.client()
  const runs = [...(await runsOf(context))]
  if (runs.length === 0) return { output: { rows: [] }, lines: ['No run fits.'], exit: exits.done }
  const input = { runs, edit }
  const planned = await readBatchEditPlan(context, input)
  if (reason === '') {
    const { ready } = planned.plan
    const mask = await createMask(client)
    const hint = ready ? ['', 'Do it with --reason TEXT --apply. Nothing was changed.'] : []
    const lines = [
      ...describeBatchEdit(planned.plan, {
        path: editedPath(edit),
        mask,
        paint: context.paint,
      }),
      ...hint,
    ]
    return { output: planned, lines, exit: ready ? exits.done : exits.notReady }
  }
  const { rev, digest, asOf } = planned
  const output = await client.call(
    'edit.batch.apply',
    { ...input, rev, digest, asOf, reason },
    { signal: context.signal, onProgress: sayProgress(context) },
  )
  return { output, lines: describeRows(output.rows), exit: exitOfRows(output.rows) }
}

/** Only native runs are edited; other documents are named by the plan of one. */
async function runsOf(context: Context): Promise<readonly string[]> {
  const client = await context.client()
  const { view, where = '', all } = context.options
  if (!all) {
    const rows = context.positionals.map((text) => findRun({ ...context, client }, text))
    return (await Promise.all(rows)).map(({ ref }) => ref.document)
  }
  const wanted = oneOf(view, RunView.options, 'view') ?? 'all'
  const rows = await readRows(client, { view: wanted, text: where })
  return rows.filter(({ ref }) => ref.format === 'unstuck').map(({ ref }) => ref.document)
}
