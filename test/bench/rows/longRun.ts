import { createHost } from '../../../electron/host/createHost.ts'
import { invariant } from '../../../shared/assert.ts'
import type { Ref } from '../../../shared/contract/call.ts'
import { maxMessageBytes, type Client } from '../../../shared/contract/contract.ts'
import { readFirstRow } from '../../../renderer/state/readFirstRow.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { makeLongRun } from '../makeLongRun.ts'
import { paired, type Untimed } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const [long, short] = [50_000, 500].map((records) => ({
  records,
  id: RunId.parse(`long-20260102t030405z-${String(records).padStart(6, '0')}`),
}))

type Show = (client: Client, ref: Ref, records: number) => Promise<Untimed | void>

/** What the Run screen shows of a history first: a page from either end. */
export const longRunRows: readonly BenchRow[] = [
  {
    id: 'run-50000',
    what: 'newest and oldest records of a run of 50,000',
    peer: 'the same of a run of 500',
    goal: { atMost: 1.5 },
    measure: ({ folder }) => measureBoth(folder, { rounds: 100, show: showEnds }),
  },
  {
    id: 'run-50000-opened',
    what: 'newest and oldest records of a run of 50,000 while the screen reads all of it',
    peer: 'the same of a run of 500',
    goal: { atMost: 1.5 },
    measure: ({ folder }) => measureBoth(folder, { rounds: 20, show: showOpened }),
  },
]

async function measureBoth(
  folder: string,
  { rounds, show }: { readonly rounds: number; readonly show: Show },
): Promise<Measured> {
  invariant(long !== undefined && short !== undefined, 'There are two runs.')
  await makeLongRun(folder, short)
  await makeLongRun(folder, long)
  const host = await createHost({ path: folder, host: 'browser', configFolder: folder })
  try {
    const client = host.client()
    const workspace = (await client.call('workspace.get', {})).id
    const showRun = ({ id, records }: typeof long) =>
      show(client, { workspace, format: 'unstuck', document: id, item: null }, records)
    return await paired({ rounds, ours: () => showRun(long), peer: () => showRun(short) })
  } finally {
    await host.close()
  }
}

async function showEnds(client: Client, ref: Ref, records: number): Promise<void> {
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

/** Every call of the screen, begun as it begins them; what takes longer than the history is awaited and not counted. */
async function showOpened(client: Client, ref: Ref, records: number): Promise<Untimed> {
  const reading = Promise.all([
    client.call('run.get', { ref, leaveOut: ['forks'] }),
    client.call('run.forks', { ref }),
    readFirstRow(client, ref),
  ])
  // It is awaited behind the history, and may fail before.
  reading.catch(() => undefined)
  await showEnds(client, ref, records)
  return { rest: reading }
}
