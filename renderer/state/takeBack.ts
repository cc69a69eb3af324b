import type { OutcomeRow } from '../../shared/contract/call.ts'
import { restoreAll } from '../../shared/contract/cleanUpAll.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { BatchWork } from './planning.ts'

/** Rows of a finished batch that were done. */
export function doneRows(work: BatchWork): readonly OutcomeRow[] {
  return work.kind === 'finished' ? work.rows.filter(({ outcome }) => outcome === 'done') : []
}

/** The passphrase is that of what was archived. */
type Work = Parameters<typeof restoreAll>[2] & { readonly passphrase: string | null }

/** What lies in the trash is restored; what was archived is brought back. */
export async function takeBack(
  client: Client,
  rows: readonly OutcomeRow[],
  { passphrase, ...work }: Work,
): Promise<{ readonly rows: readonly OutcomeRow[] }> {
  const entries = rows.flatMap(({ result }) => (result === null || isPath(result) ? [] : [result]))
  const archived = rows.flatMap(({ item, result }) =>
    result !== null && isPath(result) ? [RunId.parse(item)] : [],
  )
  const restored = entries.length === 0 ? [] : (await restoreAll(client, entries, work)).rows
  const back: OutcomeRow[] = []
  for (let from = 0; from < archived.length; from += partSize) {
    if (work.signal?.aborted === true) break
    const runs = archived.slice(from, from + partSize)
    const { rows: part } = await client.call('run.unarchive', { runs, passphrase }, { ...work })
    back.push(...part)
  }
  return { rows: [...restored, ...back] }
}

const partSize = 1_000

function isPath(result: string): boolean {
  return result.includes('/')
}
