import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import { newestFirst } from './route.ts'

/** What the list knows of a run already, without reading it; null: nothing. */
export async function readFirstRow(client: Client, ref: Ref): Promise<RunRow | null> {
  const { rows } = await client.call('run.list', {
    view: 'all',
    text: ref.document,
    filter: [],
    sort: newestFirst,
    offset: 0,
    limit: few,
  })
  return (
    rows.find(({ ref: { document, item } }) => document === ref.document && item === ref.item) ??
    null
  )
}

/** The name of a run may be part of others, as of its forks. */
const few = 20
