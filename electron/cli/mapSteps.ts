// Many runs go over to a definition that changed, by one mapping of their steps.
import { resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { BatchEditPlan } from '../../shared/core/edit/editPlan.ts'
import { MapSteps } from '../../shared/core/edit/edit.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { createMask } from './createMask.ts'
import { describeBatchEdit } from './describe/edit.ts'
import { describeRows } from './describe/rows.ts'
import { exitOfRows, exits } from './exitCodes.ts'
import { readBatchEditPlan } from './readBatchEditPlan.ts'
import { findRun, readRows } from './references.ts'
import { sayProgress } from './sayProgress.ts'
import { indented } from './text/table.ts'
import { printable } from './text/printable.ts'
import { keyValue } from './values.ts'

export const mapOptions = {
  definition: { type: 'string', value: 'FILE', help: 'the definition that RUNs go over to' },
  map: {
    type: 'string',
    multiple: true,
    value: 'STEP=NAME',
    help: 'with --definition: what a step of the runs is called in it',
  },
  workflow: {
    type: 'string',
    value: 'NAME',
    help: 'with --definition: every run of this workflow that is not completed',
  },
  reason: { type: 'string', value: 'TEXT', help: 'with --definition: why; needed with --apply' },
} as const satisfies OptionTable

type Context = CommandContext<typeof mapOptions>

export async function mapSteps(
  context: Context,
  { definition, isApplied }: { readonly definition: string; readonly isApplied: boolean },
): Promise<Outcome> {
  const { reason = '' } = context.options
  if (isApplied && reason.trim() === '')
    throw new AppError(
      'invalid-input',
      'Say why with --reason: it stands in the history of the runs.',
    )
  const client = await context.client()
  const runs = [...(await runsOf(context))]
  if (runs.length === 0) return { output: { rows: [] }, lines: ['No run fits.'], exit: exits.done }
  const edit = editOf(context, definition)
  const planned = await readBatchEditPlan(context, { runs, edit })
  if (!isApplied) return shown(context, planned)
  const { rev, digest, asOf } = planned
  const output = await client.call(
    'edit.batch.apply',
    { runs, edit, rev, digest, asOf, reason },
    { signal: context.signal, onProgress: sayProgress(context) },
  )
  return { output, lines: describeRows(output.rows), exit: exitOfRows(output.rows) }
}

function editOf({ cwd, options: { map } }: Context, definition: string): MapSteps {
  const mapping = Object.fromEntries(map.map((pair) => keyValue(pair, 'map')))
  const file = resolve(cwd, definition)
  const parsed = MapSteps.safeParse({ kind: 'mapSteps', definition: file, mapping })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid-input', `--map: ${issue?.message ?? 'it names no step'}.`)
}

async function shown(
  { paint, client }: Context,
  planned: { readonly plan: BatchEditPlan },
): Promise<Outcome> {
  const { plan } = planned
  const mask = await createMask(await client())
  const hint = plan.ready ? ['', 'Do it with --reason TEXT --apply. Nothing was changed.'] : []
  return {
    output: planned,
    lines: [...describeBatchEdit(plan, { path: '', mask, paint }), ...toldTogether(plan), ...hint],
    exit: plan.ready ? exits.done : exits.notReady,
  }
}

function toldTogether({ failures = [], unmapped }: BatchEditPlan): readonly string[] {
  const proposed = new Map((unmapped?.proposed ?? []).map(({ was, now }) => [was, now]))
  const missing = (unmapped?.missing ?? []).map(({ step, runs }) => {
    const now = proposed.get(step)
    const hint = now === undefined ? '' : `: perhaps --map ${step}=${now}`
    return `${printable(step)} of ${runs} is not in the definition${printable(hint)}`
  })
  return [
    ...failures.map(({ cause, count }) => `${count} × ${printable(cause)}`),
    ...(missing.length === 0 ? [] : ['Steps:', ...indented(missing)]),
  ]
}

async function runsOf(context: Context): Promise<readonly string[]> {
  const client = await context.client()
  const { workflow } = context.options
  if (context.positionals.length > 0) {
    const found = context.positionals.map((text) => findRun({ ...context, client }, text))
    return (await Promise.all(found)).map(({ ref }) => ref.document)
  }
  if (workflow === undefined)
    throw new AppError('invalid-input', 'Say which RUNs go over, or --workflow NAME.')
  const rows = await readRows(client, { view: 'all', text: '' })
  return rows
    .filter((row) => row.ref.format === 'unstuck' && row.workflow === workflow)
    .filter(({ status, archived }) => status !== 'completed' && archived !== true)
    .map(({ ref }) => ref.document)
}
