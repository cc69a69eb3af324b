import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import { RunId } from '../../../shared/schema/ids.ts'
import { openBenchStore, openThreadedStore, warmUp } from '../openBenchStore.ts'
import { paired } from '../paired.ts'
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
      const store = await openThreadedStore(join(folder, 'workspace'))
      const writer = await store.create(run, opening)
      try {
        await warmUp(() => writer.replaceHead(text))
        return await paired({
          rounds: 200,
          ours: () => writer.replaceHead(text),
          peer: () => writeFileAtomic(join(folder, 'whole.json'), text),
        })
      } finally {
        await writer.release()
        await store.close()
      }
    },
  },
]
