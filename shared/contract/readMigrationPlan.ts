import type { CallInput, CallOptions, CallOutput, Client } from './contract.ts'

/** A migration's plan with all its rows, page after page of what the host remembers. */
export async function readMigrationPlan(
  client: Pick<Client, 'call'>,
  input: Pick<CallInput<'migrate.plan'>, 'documents' | 'asOf'>,
  options?: CallOptions<'migrate.plan'>,
): Promise<CallOutput<'migrate.plan'>> {
  const first = await client.call('migrate.plan', input, options)
  const rows = [...first.plan.rows]
  const { digest, rev, asOf } = first
  while (rows.length < first.plan.total) {
    const next = { ...input, asOf, digest, rev, offset: rows.length }
    const { plan } = await client.call('migrate.plan', next, options)
    if (plan.rows.length === 0) break
    rows.push(...plan.rows)
  }
  return { ...first, plan: { ...first.plan, rows } }
}
