// Commands that show a plan, and with `--apply` do exactly what it says.
import type { OutcomeRow } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable, Outcome } from './command.ts'
import { exitOfRows } from './exitCodes.ts'
import { sayProgress } from './sayProgress.ts'

export const planOrApply = {
  plan: {
    type: 'boolean',
    help: 'only show what would be done (this is what happens without --apply)',
  },
  apply: { type: 'boolean', help: 'do it' },
} as const satisfies OptionTable

type Context = CommandContext<typeof planOrApply>
type Rows = { readonly rows: readonly OutcomeRow[] }

/** What an approval names: the plan that was shown, by its digest. */
type Approval = { readonly rev: string; readonly digest: string; readonly asOf: string }

type PlannedBatch<Planned extends Approval, Output extends Rows> = {
  readonly plan: (client: Client) => Promise<Planned>
  /** The plan, shown without `--apply`. */
  readonly show: (planned: Planned) => Outcome
  /** What comes of applying a plan in which there is nothing to do; null: there is. */
  readonly nothing: (planned: Planned) => Outcome | null
  readonly apply: (
    client: Client,
    approval: Approval,
    options: {
      readonly signal: AbortSignal
      readonly onProgress: ReturnType<typeof sayProgress>
    },
  ) => Promise<Output>
  readonly describe: (output: Output, planned: Planned) => readonly string[]
}

/** True for `--apply`; a plan is what one gets without asking. */
export function wantsApply(options: { readonly plan: boolean; readonly apply: boolean }): boolean {
  if (options.plan && options.apply) {
    throw new AppError('invalid-input', 'Say --plan or --apply, not both.')
  }
  return options.apply
}

export async function showOrApply<Planned extends Approval, Output extends Rows>(
  context: Pick<Context, 'options' | 'client' | 'signal' | 'say'>,
  batch: PlannedBatch<Planned, Output>,
): Promise<Outcome> {
  const isApplied = wantsApply(context.options)
  const client = await context.client()
  const planned = await batch.plan(client)
  if (!isApplied) return batch.show(planned)
  const nothing = batch.nothing(planned)
  if (nothing !== null) return nothing

  const { rev, digest, asOf } = planned
  const onProgress = sayProgress(context)
  const output = await batch.apply(client, { rev, digest, asOf }, { ...context, onProgress })
  return { output, lines: batch.describe(output, planned), exit: exitOfRows(output.rows) }
}
