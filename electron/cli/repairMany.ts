// The repair of many runs at once: which, what would be done with each, what came of it, and the way back.
import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { describeRepairRows, describeRepairs } from './describe/repairs.ts'
import { exitOfRows, exits } from './exitCodes.ts'
import { sayProgress } from './sayProgress.ts'

type Context = CommandContext<OptionTable>
type Planned = CallOutput<'repair.batch.plan'>

/** [R83] A row a run. `digest`: of a plan that was looked at; another one is not carried out. */
export async function repairMany(
  context: Context,
  runs: readonly string[],
  { apply, digest }: { readonly apply: boolean; readonly digest: string | null },
): Promise<Outcome> {
  const client = await context.client()
  if (runs.length === 0) {
    const lines = ['No run has findings: there is nothing to repair.']
    return { output: { rows: [] }, lines, exit: exits.done }
  }
  const planned = await readWholePlan(context, client, [...runs])
  if (!apply) return outcomeOfPlan(planned)
  if (digest !== null && planned.digest !== digest)
    throw new AppError('stale', 'Runs changed since that plan. Nothing was done; plan again.', {
      digest: planned.digest,
    })
  const { rev, asOf } = planned
  const output = await client.call(
    'repair.batch.apply',
    { runs: [...runs], rev, asOf, digest: planned.digest },
    { signal: context.signal, onProgress: sayProgress(context) },
  )
  return {
    output,
    lines: describeRepairRows(output.rows, planned.digest),
    exit: exitOfRows(output.rows),
  }
}

function outcomeOfPlan(planned: Planned): Outcome {
  const { rows } = planned.plan
  const isWhole = rows.every(({ outcome }) => outcome !== 'refused')
  return {
    output: planned,
    lines: describeRepairs(planned),
    exit: isWhole ? exits.done : exits.notReady,
  }
}

async function readWholePlan(
  context: Context,
  client: Client,
  runs: CallInput<'repair.batch.plan'>['runs'],
): Promise<Planned> {
  const first = await client.call('repair.batch.plan', { runs, limit: 200 }, context)
  const rows = [...first.plan.rows]
  const { asOf, digest } = first
  while (rows.length < first.plan.total) {
    const more = { runs, asOf, digest, offset: rows.length, limit: 200 }
    const page = await client.call('repair.batch.plan', more, context)
    if (page.digest !== digest) throw new AppError('stale', 'Runs changed meanwhile. Plan again.')
    rows.push(...page.plan.rows)
  }
  return { ...first, plan: { ...first.plan, rows } }
}

/** Runs with findings that are more than information. */
export async function flawedRuns(context: Context): Promise<readonly string[]> {
  const client = await context.client()
  const options = { signal: context.signal, onProgress: sayProgress(context) }
  const found: string[] = []
  for (let offset: number | null = 0; offset !== null;) {
    const input: CallInput<'run.checkAll'> = { sort: { column: 'id', descending: false }, offset }
    const page: CallOutput<'run.checkAll'> = await client.call('run.checkAll', input, options)
    for (const { ref, counts } of page.items) {
      const isFlawed = (counts.error ?? 0) + (counts.warning ?? 0) > 0
      if (ref.format === 'unstuck' && isFlawed) found.push(ref.document)
    }
    offset = page.nextOffset
  }
  return found
}

/** [R94] What was repaired together, as the operations log tells it, is put back run by run. */
export async function undoMany(context: Context, batch: string): Promise<Outcome> {
  const client = await context.client()
  const repairs = await repairsOf(context, client, batch)
  if (repairs.length === 0)
    throw new AppError(
      'not-found',
      `No repair of many runs has the digest "${batch}". unstuck operations --call repair.batch.apply shows them.`,
    )
  const output = await client.call(
    'repair.batch.undo',
    { repairs },
    { signal: context.signal, onProgress: sayProgress(context) },
  )
  const lines = describeRepairRows(output.rows, null)
  return { output, lines, exit: exitOfRows(output.rows) }
}

async function repairsOf(
  { signal }: Context,
  client: Client,
  batch: string,
): Promise<CallInput<'repair.batch.undo'>['repairs']> {
  const found: CallInput<'repair.batch.undo'>['repairs'] = []
  const batches = new Set<string>()
  for (let offset: number | null = 0; offset !== null;) {
    const input: CallInput<'operations.list'> = { call: 'repair.batch.apply', offset, limit: 200 }
    const page: CallOutput<'operations.list'> = await client.call('operations.list', input, {
      signal,
    })
    for (const { item, changes = [] } of page.operations) {
      const told = (path: string) => changes.find((change) => change.path === path)?.after ?? null
      const [digest, backup] = [told('/batch'), told('/backup')]
      if (digest === null || backup === null || !isNamed(digest, batch)) continue
      batches.add(digest)
      found.push({ run: item, backup })
    }
    offset = page.nextOffset
  }
  if (batches.size <= 1) return found
  throw new AppError('invalid-input', `"${batch}" names several repairs. Say more of the digest.`)
}

function isNamed(digest: string, text: string): boolean {
  return text.length >= 8 && digest.replace('sha256:', '').startsWith(text.replace('sha256:', ''))
}
