import type { CallInput, CallOutput } from '../../shared/contract/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { CommandContext, OptionTable } from './command.ts'

/** A plan of one edit in many runs with all its rows, page after page of what the host remembers. */
export async function readBatchEditPlan(
  context: Pick<CommandContext<OptionTable>, 'client' | 'signal'>,
  input: Pick<CallInput<'edit.batch.plan'>, 'runs' | 'edit'>,
): Promise<CallOutput<'edit.batch.plan'>> {
  const client = await context.client()
  const first = await client.call('edit.batch.plan', { ...input, limit: 200 }, context)
  const rows = [...first.plan.rows]
  const { asOf, digest } = first
  while (rows.length < first.plan.total) {
    const more = { ...input, asOf, digest, offset: rows.length, limit: 200 }
    const page = await client.call('edit.batch.plan', more, context)
    if (page.digest !== digest) throw new AppError('stale', 'Runs changed meanwhile. Plan again.')
    rows.push(...page.plan.rows)
  }
  return { ...first, plan: { ...first.plan, rows } }
}
