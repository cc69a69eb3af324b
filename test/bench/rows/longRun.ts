import { createHost } from '../../../electron/host/createHost.ts'
import { invariant } from '../../../shared/assert.ts'
import { maxMessageBytes, type Client } from '../../../shared/contract/contract.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { makeLongRun } from '../makeLongRun.ts'
import { paired } from '../paired.ts'
import type { BenchRow } from '../row.ts'

const [long, short] = [50_000, 500].map((records) => ({
  records,
  id: RunId.parse(`long-20260102t030405z-${String(records).padStart(6, '0')}`),
}))

/** What the history of a run shows first: a page from either end. */
export const longRunRows: readonly BenchRow[] = [
  {
    id: 'run-50000',
    what: 'newest and oldest records of a run of 50,000',
    peer: 'the same of a run of 500',
    goal: { atMost: 1.5 },
    measure: async ({ folder }) => {
      invariant(long !== undefined && short !== undefined, 'There are two runs.')
      await makeLongRun(folder, short)
      await makeLongRun(folder, long)
      const host = await createHost({ path: folder, host: 'browser', configFolder: folder })
      try {
        const client = host.client()
        return await paired({
          rounds: 100,
          ours: () => showEnds(client, long),
          peer: () => showEnds(client, short),
        })
      } finally {
        await host.close()
      }
    },
  },
]

async function showEnds(
  client: Client,
  { id, records }: { readonly id: RunId; readonly records: number },
): Promise<void> {
  const workspace = (await client.call('workspace.get', {})).id
  const ref = { workspace, format: 'unstuck', document: id, item: null } as const
  const [newest, oldest] = await Promise.all([
    client.call('run.records', { ref }),
    client.call('run.records', { ref, descending: false }),
  ])
  for (const page of [newest, oldest])
    invariant(Buffer.byteLength(JSON.stringify(page)) < maxMessageBytes, 'A page is one message.')
  const ends = [newest.lines[0], oldest.lines[0]].map((line) =>
    line?.kind === 'record' ? line.seq : null,
  )
  invariant(ends[0] === records && ends[1] === 1, 'Both ends are shown.')
}
