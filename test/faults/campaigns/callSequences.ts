// Sequences of store calls, recorded with what each of them promised, for cutting the power anywhere in them.
import { dirname } from 'node:path'
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { replay } from '../../../shared/core/run/replay.ts'
import { RunId } from '../../../shared/schema/ids.ts'
import { RecordBody } from '../../../shared/schema/journal.ts'
import type { StoredRecord } from '../../../shared/schema/journalReading.ts'
import type { FileSystem } from '../../../electron/store/fileSystem.ts'
import { createMemoryFileSystem } from '../../../electron/store/memoryFileSystem.ts'
import { memoryRoot } from '../../../electron/store/memoryStore.ts'
import { headPath, journalPath } from '../../../electron/store/layout.ts'
import type { ArchiveSeal, RunWriter, Store } from '../../../electron/store/store.ts'
import { testing } from '../../unit/electron/store/storeFixtures.ts'
import { born, moment, sampleRun, sha256, started } from '../../unit/shared/core/run/sampleRun.ts'
import { openProcess } from './process.ts'
import { createSamplePair } from './samplePair.ts'
import { cipher } from './storeState.ts'
import { createRecordingFileSystem, type DiskOperation, type Node } from './recordingFileSystem.ts'

/** What must hold after a power cut from some operation on, until the next promise. */
export type Promised = {
  /** Number of operations that were done by then. */
  readonly from: number
  /** Null: nothing was acknowledged yet, the run may not be there. */
  readonly lastRecord: string | null
  /** One of them is the head. */
  readonly heads: readonly (string | null)[]
  readonly backups: readonly string[]
  readonly operations: number
  /** Null: on its way. */
  readonly isTrashed: boolean | null
  /** Whether the run that comes from elsewhere is here; null: on its way. */
  readonly isImported: boolean | null
}

export type Recording = {
  readonly root: Node
  readonly operations: readonly DiskOperation[]
  readonly promises: readonly Promised[]
  /** Where the calls begin behind the making of the run. */
  readonly begin: number
  /** Every state that the run was ever in, by the sum of its last record. */
  readonly states: ReadonlyMap<string, string>
  /** Sums of a record and all before it, by its own sum. */
  readonly chains: ReadonlyMap<string, readonly string[]>
}

export const callNames = [
  'append',
  'append durable',
  'head',
  'backup',
  'restore',
  'cut',
  'trash',
  'put back',
  'reopen',
  'move document',
  'copy document',
  'put document back',
  'log',
  'end',
  'archive',
  'archive encrypted',
  'bring back',
  'import',
  'compact',
] as const
export type CallName = (typeof callNames)[number]

/** The making of the run alone, then every sequence of one, two and three calls. */
export const sequences: readonly (readonly CallName[])[] = [
  [],
  ...callNames.map((one) => [one]),
  ...callNames.flatMap((one) => callNames.map((two) => [one, two])),
  ...callNames.flatMap((one) =>
    callNames.flatMap((two) => callNames.map((three) => [one, two, three])),
  ),
]

export const run = sampleRun().id
/** The run that comes from elsewhere, and what its files contain. */
export const imported = RunId.parse('elsewhere-20260101t000000z-b1c2d3')
const day = '2026-01-01'
export const importedPair = createSamplePair(3)
export const document = 'archive/old.json'
export const documentText = '{"workflow_id":"old","status":"failed","states":{}}\n'

type World = {
  readonly store: Store
  writer: RunWriter | null
  /** The backup that `restore` puts back, and its last record and head. */
  firstBackup: { readonly id: string; readonly lastRecord: string; readonly head: string | null }
  trashed: string | null
  isArchived: boolean
  documentBackup: string | null
  promised: Promised
  count: number
}

export async function record(calls: readonly CallName[]): Promise<Recording> {
  const disk = createMemoryFileSystem(memoryRoot)
  const recording = createRecordingFileSystem(disk)
  const promises: Promised[] = []
  const [states, chains] = [new Map<string, string>(), new Map<string, readonly string[]>()]
  const world: World = {
    store: openProcess(recording, 1),
    writer: null,
    firstBackup: { id: '', lastRecord: '', head: null },
    trashed: null,
    isArchived: false,
    documentBackup: null,
    promised: {
      from: 0,
      lastRecord: null,
      heads: [null],
      backups: [],
      operations: 0,
      isTrashed: false,
      isImported: false,
    },
    count: 0,
  }
  const promise = (part: Partial<Promised>): void => {
    world.promised = { ...world.promised, ...part, from: recording.operations.length }
    promises.push(world.promised)
  }
  const learn = async (): Promise<void> => {
    if (world.trashed === null && !world.isArchived)
      addStates(await recordsOf(openProcess(disk, 2)), states, chains)
  }
  await writeDocument(recording)
  promise({})
  await create(world, promise)
  await learn()
  const begin = recording.operations.length
  for (const call of calls) {
    await makeCall(world, call, promise)
    await learn()
  }
  return {
    root: (await disk.status(memoryRoot)).inode,
    operations: recording.operations,
    promises,
    begin,
    states,
    chains,
  }
}

type Promising = (part: Partial<Promised>) => void

const durable = { durable: true } as const

/** A document of an old version that was there before. */
async function writeDocument(disk: FileSystem): Promise<void> {
  const folder = `${memoryRoot}/${dirname(document)}`
  await disk.makeFolder(folder)
  await disk.syncFolder(memoryRoot)
  const file = await disk.open(`${memoryRoot}/${document}`, 'create')
  await file.write(Buffer.from(documentText))
  await file.sync()
  await file.close()
  await disk.syncFolder(folder)
}

async function create(world: World, promise: Promising): Promise<void> {
  const { store } = world
  const old = await store.create(run, { ...testing, createdAt: moment(0) })
  world.writer = old
  promise({ heads: [null] })
  const records = await old.append(
    [born(), started].map((body) => RecordBody.parse(body)),
    durable,
  )
  promise({ lastRecord: records.at(-1)?.sum ?? null })
  await replaceHead(world, promise)
  const { id } = await old.backup('first')
  world.firstBackup = {
    id,
    lastRecord: world.promised.lastRecord ?? '',
    head: world.promised.heads[0] ?? null,
  }
  promise({ backups: [id] })
}

async function makeCall(world: World, call: CallName, promise: Promising): Promise<void> {
  const { store, promised } = world
  if (call === 'log') {
    await store.logOperation({
      call: 'x',
      item: run,
      by: 'ana',
      phase: 'requested',
      outcome: null,
    })
    return promise({ operations: promised.operations + 1 })
  }
  if (call === 'import') return importRun(world, promise)
  if (call === 'put back') return putBack(world, promise)
  if (world.trashed !== null) return
  if (call === 'bring back') return bringBack(world)
  if (world.isArchived) return
  world.writer ??= await store.open(run, testing)
  if (call === 'archive' || call === 'archive encrypted')
    return archive(world, call === 'archive' ? null : { ...cipher, clear: await readHead(store) })
  if (call === 'trash') return trash(world, promise)
  if (call === 'compact') return compact(world, promise)
  if (call === 'reopen') {
    await world.writer?.release()
    world.writer = await store.open(run, testing)
    return
  }
  return call === 'move document' || call === 'copy document' || call === 'put document back'
    ? moveDocument(world, call, promise)
    : write(world, call, promise)
}

async function write(
  world: World,
  call: 'append' | 'append durable' | 'head' | 'backup' | 'restore' | 'cut' | 'end',
  promise: Promising,
): Promise<void> {
  const { writer, promised } = world
  if (writer === null) return
  switch (call) {
    case 'append':
      await writer.append([next(world), next(world)], { durable: false })
      return
    case 'append durable': {
      const records = await writer.append([next(world)], durable)
      return promise({ lastRecord: records.at(-1)?.sum ?? null })
    }
    case 'head':
      return replaceHead(world, promise)
    case 'backup': {
      const { id } = await writer.backup('again')
      return promise({ backups: [...promised.backups, id] })
    }
    case 'restore': {
      const { id, lastRecord, head } = world.firstBackup
      promise({ lastRecord, heads: [...promised.heads, head] })
      await writer.restoreBackup(id)
      return promise({ heads: [head] })
    }
    case 'cut':
      return cut(world, promise)
    case 'end': {
      const records = await writer.append([{ type: 'runCompleted' }], durable)
      promise({ lastRecord: records.at(-1)?.sum ?? null })
      // Its files are compressed before its lock is free.
      await writer.release()
      world.writer = null
      return
    }
  }
}

/** Cuts the last record, as after a backup; the first two stay. */
async function cut(world: World, promise: Promising): Promise<void> {
  const records = await recordsOf(world.store)
  const [kept, last] = [records.at(-2), records.at(-1)]
  if (records.length < 3 || kept === undefined || last === undefined) return
  const isPromised = world.promised.lastRecord === last.record.sum
  if (isPromised) promise({ lastRecord: kept.record.sum })
  await world.writer?.cutJournal(last.offset)
  promise({ lastRecord: kept.record.sum })
}

/** [X42] What lies between the first and the last record goes; the head may be of any time before. */
async function compact(world: World, promise: Promising): Promise<void> {
  const records = await recordsOf(world.store)
  const [first, last] = [records[1]?.record.seq, records.at(-2)?.record.seq]
  const state = replay(records.slice(0, -1))
  if (first === undefined || last === undefined || last <= first || state === null) return
  const gaps = [{ fromSeq: first, toSeq: last, run: state }]
  const compacted = await world.writer?.compact({ gaps, backup: world.firstBackup.id })
  promise({ lastRecord: compacted?.sum ?? null })
}

async function replaceHead(world: World, promise: Promising): Promise<void> {
  const state = replay(await recordsOf(world.store))
  if (state === null || world.writer === null) return
  const text = encodeHead(state, sha256)
  promise({ heads: [...world.promised.heads, text] })
  await world.writer.replaceHead(text)
  promise({ heads: [text] })
}

async function trash(world: World, promise: Promising): Promise<void> {
  promise({ isTrashed: null })
  const request = { reason: 'old', workflow: null, keepDays: 1 }
  const trashed = await world.writer?.trash(request)
  world.trashed = trashed?.id ?? null
  world.writer = null
  promise({ isTrashed: true })
}

async function putBack(world: World, promise: Promising): Promise<void> {
  if (world.trashed === null) return
  promise({ isTrashed: null })
  await world.store.restoreTrashed(world.trashed)
  promise({ isTrashed: false })
  world.trashed = null
  world.writer = await world.store.open(run, testing)
}

/** What was acknowledged stays readable all the time, here or in the archive. */
async function archive(world: World, seal: ArchiveSeal | null): Promise<void> {
  await world.writer?.release()
  world.writer = null
  await world.store.archive(run, seal === null ? {} : { seal })
  world.isArchived = true
}

async function readHead(store: Store): Promise<Uint8Array> {
  return (await store.read(run)).head?.bytes ?? new Uint8Array()
}

async function bringBack(world: World): Promise<void> {
  if (!world.isArchived) return
  await world.store.unarchive(run, { cipher })
  world.isArchived = false
}

async function importRun({ store, promised }: World, promise: Promising): Promise<void> {
  if (promised.isImported === true) return
  promise({ isImported: null })
  const { head, journal } = importedPair
  const files = [
    { path: headPath(day, imported), bytes: head },
    { path: journalPath(day, imported), bytes: journal },
  ]
  await store.adopt(imported, {
    day,
    files: files.map(({ path, bytes }) => ({
      path,
      parts: async function* () {
        yield bytes
      },
    })),
  })
  promise({ isImported: true })
}

async function moveDocument(
  world: World,
  call: 'move document' | 'copy document' | 'put document back',
  promise: Promising,
): Promise<void> {
  const { store, promised } = world
  const options = { run, reason: 'test' }
  if (call === 'put document back') {
    if (world.documentBackup === null) return
    await store.restoreDocument(run, world.documentBackup)
    world.documentBackup = null
    return
  }
  if (world.documentBackup !== null) return
  if (call === 'copy document') {
    const { id } = await store.copyToBackup(document, options)
    return promise({ backups: [...promised.backups, id] })
  }
  const { id } = await store.moveToBackup(document, options)
  world.documentBackup = id
  promise({ backups: [...promised.backups, id] })
}

function next(world: World): RecordBody {
  world.count += 1
  // Longer than a sector, so that a record can lose its middle.
  const value = `${world.count} ${'x'.repeat(700)}`
  return { type: 'variableSet', name: `v${world.count}`, value }
}

async function recordsOf(store: Store): Promise<readonly StoredRecord[]> {
  return (await store.read(run)).journal?.records ?? []
}

function addStates(
  records: readonly StoredRecord[],
  states: Map<string, string>,
  chains: Map<string, readonly string[]>,
): void {
  for (const [index, { record: last }] of records.entries()) {
    if (states.has(last.sum)) continue
    const state = replay(records.slice(0, index + 1))
    if (state === null) continue
    states.set(last.sum, encodeHead(state, sha256))
    // Of a compacted journal, what lies before a record that was known is what lay there.
    const before = chains.get(records[index - 1]?.record.sum ?? '') ?? []
    chains.set(last.sum, [...before, last.sum])
  }
}
