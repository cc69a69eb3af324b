import { dirname, join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { RunId } from '../../../shared/schema/ids.ts'
import { openBenchStore, openThreadedStore, warmUp } from '../openBenchStore.ts'
import { pairedInBlocks } from '../paired.ts'
import type { BenchRow } from '../row.ts'

const run = RunId.parse('bench-20260101t000000z-aaaaaa')
const opening = { purpose: 'bench', controlSocket: null, createdAt: '2026-01-01T00:00:00.000Z' }
const text = `{"text":"${'a'.repeat(20_000)}"}\n`

/** A head replaced so that a power cut leaves the old one or the new one, its name included. */
export const replaceHeadRows: readonly BenchRow[] = [
  {
    id: 'head-flushes',
    what: 'flushes of a replaced head',
    peer: 'file and folder',
    goal: { exactly: 2 },
    measure: async ({ folder }) => {
      const counted = await openBenchStore(join(folder, 'workspace'))
      const writer = await counted.store.create(run, opening)
      await writer.replaceHead(text)
      counted.takeFlushes()
      for (let time = 0; time < 20; time++) await writer.replaceHead(text)
      const flushes = counted.takeFlushes()
      await writer.release()
      await counted.store.close()
      return { ratio: flushes / 20, detail: `${flushes} flushes of 20 heads` }
    },
  },
  {
    id: 'head-wfa',
    what: 'a head of 20 KB replaced durably, p50',
    peer: 'write-file-atomic, async, without the flush of the folder',
    goal: { atMost: 0.65 },
    measure: async ({ folder }) => {
      const root = join(folder, 'workspace')
      const store = await openThreadedStore(root)
      const writer = await store.create(run, opening)
      // In the folder of the head: both look at each part of the path, and change the same folder.
      const theirs = join(root, dirname(store.layout.head(run)), 'whole.json')
      const ours = (): Promise<void> => writer.replaceHead(text)
      const peer = (): Promise<void> => writeFileAtomic(theirs, text)
      try {
        await warmUp(ours)
        await warmUp(peer)
        return await pairedInBlocks({ blocks: 120, ours, peer })
      } finally {
        await writer.release()
        await store.close()
      }
    },
  },
]
