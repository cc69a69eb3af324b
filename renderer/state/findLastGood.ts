import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'

/** The last completed run of a workflow, what a run of it that does not move is compared with; null: there is none. */
export async function findLastGood(
  client: Client,
  { workflow, document }: { readonly workflow: string; readonly document: string },
): Promise<RunRow | null> {
  const { rows } = await client.call('run.list', {
    view: 'completed',
    filter: [{ kind: 'words', field: 'workflow', values: [workflow], isNot: false }],
    sort: { column: 'finishedAt', descending: true },
    limit: few,
  })
  return rows.find((row) => row.ref.document !== document && row.health === 'ok') ?? null
}

/** The run itself may be one of them, and damaged ones are passed over. */
const few = 10
