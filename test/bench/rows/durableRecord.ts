import { hash } from 'node:crypto'
import { closeSync, fdatasyncSync, lstatSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import Conf from 'conf'
import { Writer as Steno } from 'steno'
import writeFileAtomic from 'write-file-atomic'
import type { Store } from '../../../electron/store/store.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import type { RecordBody } from '../../../shared/schema/journal.ts'
import { openBenchStore, openThreadedStore, warmUp } from '../openBenchStore.ts'
import { paired, pairedInBlocks } from '../paired.ts'
import type { BenchRow, Measured } from '../row.ts'

const rounds = 400
const run = RunId.parse('bench-20260101t000000z-aaaaaa')
const at = '2026-01-01T00:00:00.000Z'
const opening = { purpose: 'bench', controlSocket: null, createdAt: at }
const record2k = recordOf(2048)

/** A record that is on disk when it is acknowledged, beside the least that this can cost. */
export const durableRecordRows: readonly BenchRow[] = [
  {
    id: 'record-flushes',
    what: 'flushes of a durable record',
    peer: 'one fdatasync',
    goal: { exactly: 1 },
    measure: countFlushes,
  },
  besideRaw('record-2k', 2048, 1.2),
  besideRaw('record-20k', 20_480, 1.3),
  {
    id: 'record-2k-floor',
    what: 'durable record of 2 KB, p50',
    peer: 'a bare loop: two lstat, JSON, SHA-256, write, fdatasync, synchronous',
    goal: { shown: true },
    measure: besideFloor,
  },
  {
    id: 'record-2k-wfa',
    what: 'durable record of 2 KB, p50',
    peer: 'write-file-atomic of the same 2 KB',
    goal: { atMost: 0.35 },
    measure: besideWriteFileAtomic,
  },
  {
    id: 'record-2k-sqlite',
    what: 'durable record of 2 KB, p50',
    peer: 'node:sqlite, WAL, synchronous = FULL, one row a transaction, synchronous',
    goal: { shown: true },
    measure: besideSqlite,
  },
  {
    id: 'record-2k-conf',
    what: 'durable record of 2 KB, p50',
    peer: 'conf, the same 2 KB set under one key, synchronous',
    goal: { atMost: 1 },
    measure: besideConf,
  },
  {
    id: 'record-2k-steno',
    what: 'durable record of 2 KB, p50',
    peer: 'steno, the same 2 KB, which flushes nothing',
    goal: { shown: true },
    measure: besideSteno,
  },
]

function besideRaw(id: string, sizeBytes: number, atMost: number): BenchRow {
  return {
    id,
    what: `durable record of ${sizeBytes / 1024} KB, p50`,
    peer: 'raw append + fdatasync, synchronous',
    goal: { atMost },
    measure: async ({ folder }) => {
      const { writer, close } = await openThreadedWriter(folder)
      const raw = openSync(join(folder, 'raw.jsonl'), 'a')
      const line = Buffer.alloc(sizeBytes, 0x61)
      const body = recordOf(sizeBytes)
      try {
        return await paired({
          rounds,
          ours: () => append(writer, body),
          peer: async () => {
            writeSync(raw, line)
            fdatasyncSync(raw)
          },
        })
      } finally {
        closeSync(raw)
        await close()
      }
    },
  }
}

/** What no record of a journal can leave out, without a store around it. */
async function besideFloor({ folder }: { readonly folder: string }): Promise<Measured> {
  const { writer, close } = await openThreadedWriter(folder)
  const path = join(folder, 'floor.jsonl')
  const floor = openSync(path, 'a')
  try {
    return await paired({
      rounds,
      ours: () => append(writer, record2k),
      peer: async () => {
        lstatSync(folder)
        lstatSync(path)
        const text = JSON.stringify(record2k)
        writeSync(floor, Buffer.from(`${text}${hash('sha256', text)}\n`))
        fdatasyncSync(floor)
      },
    })
  } finally {
    closeSync(floor)
    await close()
  }
}

async function besideWriteFileAtomic({ folder }: { readonly folder: string }): Promise<Measured> {
  const { writer, runs, close } = await openThreadedWriter(folder)
  const text = 'a'.repeat(2048)
  const ours = (): Promise<void> => append(writer, record2k)
  // In the folder of the journal: both look at each part of the path, and change the same folder.
  const peer = (): Promise<void> => writeFileAtomic(join(runs, 'whole.json'), text)
  try {
    await warmUp(peer)
    return await pairedInBlocks({ blocks: 60, ours, peer })
  } finally {
    await close()
  }
}

async function besideSqlite({ folder }: { readonly folder: string }): Promise<Measured> {
  const { writer, close } = await openThreadedWriter(folder)
  const database = new DatabaseSync(join(folder, 'records.sqlite'))
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE r (line TEXT)')
  const insert = database.prepare('INSERT INTO r VALUES (?)')
  const text = 'a'.repeat(2048)
  try {
    return await paired({
      rounds,
      ours: () => append(writer, record2k),
      peer: async () => void insert.run(text),
    })
  } finally {
    database.close()
    await close()
  }
}

async function besideConf({ folder }: { readonly folder: string }): Promise<Measured> {
  const { writer, close } = await openThreadedWriter(folder)
  const conf = new Conf({ cwd: folder, configName: 'conf' })
  const text = 'a'.repeat(2048)
  try {
    return await paired({
      rounds,
      ours: () => append(writer, record2k),
      peer: async (round) => conf.set('record', `${round}${text}`),
    })
  } finally {
    await close()
  }
}

async function besideSteno({ folder }: { readonly folder: string }): Promise<Measured> {
  const { writer, close } = await openThreadedWriter(folder)
  const file = new Steno(join(folder, 'steno.json'))
  const text = 'a'.repeat(2048)
  try {
    return await paired({
      rounds,
      ours: () => append(writer, record2k),
      peer: () => file.write(text),
    })
  } finally {
    await close()
  }
}

async function countFlushes({ folder }: { readonly folder: string }): Promise<Measured> {
  const counted = await openBenchStore(join(folder, 'workspace'))
  const { writer, close } = await openWriter(counted.store)
  try {
    await append(writer, record2k)
    counted.takeFlushes()
    const times = 50
    for (let time = 0; time < times; time++) await append(writer, record2k)
    const flushes = counted.takeFlushes()
    return { ratio: flushes / times, detail: `${flushes} flushes of ${times} records` }
  } finally {
    await close()
  }
}

async function openWriter(store: Store) {
  const writer = await store.create(run, opening)
  return {
    writer,
    close: async () => {
      await writer.release()
      await store.close()
    },
  }
}

/** Writes until the store knows its disk: what is measured is a run that goes on, not its first record. */
async function openThreadedWriter(folder: string) {
  const root = join(folder, 'workspace')
  const store = await openThreadedStore(root)
  const opened = await openWriter(store)
  await warmUp(() => append(opened.writer, record2k))
  return { ...opened, runs: join(root, dirname(store.layout.head(run))) }
}

type Writer = Awaited<ReturnType<typeof openWriter>>['writer']

async function append(writer: Writer, record: RecordBody): Promise<void> {
  await writer.append([record], { durable: true })
}

/** Made once, as is what the peers write. The envelope takes about 200 bytes of the line. */
function recordOf(sizeBytes: number): RecordBody {
  return { type: 'variableSet', name: 'v', value: 'a'.repeat(sizeBytes - 200) }
}
