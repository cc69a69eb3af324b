// A process that does one thing of a list of many runs and prints how long it took, or what memory it took.
import { hash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { createBlockingFileSystem } from '../../../electron/store/blockingFileSystem.ts'
import { createFileStore } from '../../../electron/store/fileStore.ts'
import { createStampTable, exportStamps, importStamps } from '../../../electron/store/stampTable.ts'
import { readSummary } from '../../../shared/core/codec/summaryLine.ts'

const decoder = new TextDecoder()
const [way = '', root = '', stamps = ''] = process.argv.slice(2)
const store = await createFileStore({
  root,
  now: () => new Date().toISOString(),
  randomId: (length) => 'x'.repeat(length),
  application: { version: 'bench' },
  fileSystem: createBlockingFileSystem(),
})
const ways: Readonly<Record<string, () => Promise<number>>> = {
  /** Everything is new. */
  first: () => timeMs(async () => store.sweep(createStampTable())),
  /** As after a start: the table comes from a cache, and nothing changed. */
  warm: async () => {
    const table = savedTable()
    return timeMs(async () => store.sweep(table))
  },
  starts: async () => {
    const { changed } = await store.sweep(createStampTable())
    const documents = changed.map(({ document }) => document)
    return timeMs(() => readRows(documents))
  },
  save: async () => {
    const table = createStampTable()
    await store.sweep(table)
    writeFileSync(stamps, exportStamps(table))
    return 0
  },
  /** Bytes of a table, with nothing else kept. */
  memory: async () => {
    const before = await bytesInUse()
    const table = savedTable()
    const used = (await bytesInUse()) - before
    return table.folders.size > 0 ? used : Number.NaN
  },
}
const figure = await ways[way]?.()
console.log(figure)
await store.close()

/** The next starts are read while the last ones are decoded, as the list does it. */
async function readRows(documents: readonly string[]): Promise<void> {
  const atOnce = 1000
  let next = store.readStarts(documents.slice(0, atOnce), 1024)
  for (let from = 0; from < documents.length; from += atOnce) {
    const starts = await next
    next = store.readStarts(documents.slice(from + atOnce, from + 2 * atOnce), 1024)
    for (const start of starts) {
      if (!('bytes' in start)) throw new Error(start.problem)
      if (readSummary(decoder.decode(start.bytes), sha256) === null) {
        throw new Error('A head has no summary.')
      }
    }
  }
}

/** As the host has it. */
function sha256(text: string): string {
  return hash('sha256', text)
}

async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function savedTable() {
  const table = importStamps(readFileSync(stamps))
  if (table === null) throw new Error(`${stamps} is no table.`)
  return table
}

async function bytesInUse(): Promise<number> {
  // What was read is let go with the second collection.
  for (let time = 0; time < 3; time += 1) {
    await setTimeout(20)
    globalThis.gc?.()
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
