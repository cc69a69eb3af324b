// The power is cut anywhere in any short sequence of store calls: what was acknowledged as durable is there and is read.
import type { Store } from '../../../electron/store/store.ts'
import { AppError } from '../../../shared/errors.ts'
import { decodeUtf8 } from '../../../electron/services/decodeUtf8.ts'
import { readRun } from '../../../shared/core/reading/readRun.ts'
import { testing } from '../../unit/electron/store/storeFixtures.ts'
import { sha256 } from '../../unit/shared/core/run/sampleRun.ts'
import {
  callNames,
  document,
  documentText,
  imported,
  importedPair,
  record,
  run,
  sequences,
  type Promised,
  type Recording,
} from './callSequences.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { cutPower } from './powerCut.ts'
import { openProcess } from './process.ts'
import { createRandom, type Random } from './random.ts'
import { textOf } from './samplePair.ts'
import { bringBack, isMissing, isSealed } from './storeState.ts'

const importedSums = [...importedPair.states.keys()]

/** States that are looked at of one recording, one after another. */
const statesEach = 10

export const crashStates: Campaign = createCrashStates((operations) => operations)

/** `change` tells of another program than ours, such as one that leaves out a sync: the campaign has to find it. */
export function createCrashStates(
  change: (operations: Recording['operations']) => Recording['operations'],
): Campaign {
  return {
    name: 'crashStates',
    unit: 'a state that a power cut may leave of up to three store calls',
    sizes: { test: 2000, full: 50_000 },
    piece: 1000,
    obstacle: noObstacle,
    run: async ({ from, to, seed, report }) => {
      const recordingOf = createRecorder()
      for (let index = from; index < to; index += 1) {
        const number = sequenceOf(Math.trunc(index / statesEach))
        const recording = await recordingOf(number)
        const cut = { index, number, recording, change, report }
        await judge(cut, createRandom(seed, index))
      }
    },
  }
}

/** The short sequences come first; then far ones follow each other, so that any first part holds calls of every kind. */
function sequenceOf(turn: number): number {
  return turn <= callNames.length ? turn : (turn * 997) % sequences.length
}

/** Keeps the last one. */
function createRecorder(): (number: number) => Promise<Recording> {
  let last: { readonly number: number; readonly recording: Promise<Recording> } | null = null
  return (number) => {
    if (last?.number !== number) last = { number, recording: record(sequences[number] ?? []) }
    return last.recording
  }
}

type Cut = {
  readonly index: number
  readonly number: number
  readonly recording: Recording
  readonly change: (operations: Recording['operations']) => Recording['operations']
  readonly report: Report
}

async function judge(cut: Cut, random: Random): Promise<void> {
  const { index, number, recording, change, report } = cut
  const { operations, promises, begin, root } = recording
  const start = number === 0 ? 0 : begin
  const done = start + random.below(operations.length - start + 1)
  const promised = promises.findLast(({ from }) => from <= done)
  if (promised === undefined) return
  const disk = await cutPower(change(operations.slice(0, done)), root, random)
  const store = openProcess(disk, 50, { boot: 'next' })
  const [looked] = await Promise.allSettled([findFlaw(store, promised, recording, report)])
  const flaw = looked?.status === 'fulfilled' ? looked.value : `it fails: ${String(looked?.reason)}`
  if (flaw === null) return
  const calls = (sequences[number] ?? []).join(', ')
  report.violation(
    index,
    `[${calls}] cut behind operation ${done} of ${operations.length}: ${flaw}`,
  )
}

async function findFlaw(
  store: Store,
  promised: Promised,
  recording: Recording,
  report: Report,
): Promise<string | null> {
  const stored = await findRun(store, promised, report)
  if (typeof stored === 'string') return stored
  if (stored === null) {
    report.count('no run yet')
    return promised.lastRecord === null ? null : 'the run is neither here nor in the trash'
  }
  const head = stored.head === null ? null : decodeUtf8(stored.head.bytes)
  const reading = readRun({ head, journal: stored.journal }, sha256)
  report.count(`health ${reading.health}`)
  return (
    findStateFlaw(reading.run, promised, recording) ??
    findHeadFlaw(head, promised) ??
    (await findOtherFlaw(store, promised)) ??
    (await findImportFlaw(store, promised)) ??
    (await findUnusable(store, promised, report))
  )
}

async function findRun(
  store: Store,
  promised: Promised,
  report: Report,
): Promise<Awaited<ReturnType<Store['read']>> | string | null> {
  const trashed = (await store.trashed()).filter(({ kind }) => kind === 'run')
  if (promised.isTrashed === true && trashed.length !== 1) return 'it is not in the trash'
  if (await isSealed(store, run)) await bringBack(store, run)
  const here = await orNull(() => store.read(run))
  const [entry] = trashed
  if (entry === undefined) return here
  if (here !== null) {
    // A disk whose renames are no single step may keep both names of a file.
    report.count('here, and a copy in the trash')
    return promised.isTrashed === null ? here : 'it is here and in the trash'
  }
  await store.restoreTrashed(entry.id)
  return store.read(run)
}

function findStateFlaw(
  state: ReturnType<typeof readRun>['run'],
  { lastRecord }: Promised,
  { states, chains }: Recording,
): string | null {
  if (state === null) return lastRecord === null ? null : 'no run can be read'
  const { sum } = state.journal
  if (states.get(sum) !== textOf(state)) return 'it is read as a state that never was'
  const isThere = lastRecord === null || chains.get(sum)?.includes(lastRecord) === true
  return isThere ? null : 'a durable record is lost'
}

function findHeadFlaw(
  head: ReturnType<typeof decodeUtf8> | null,
  { heads }: Promised,
): string | null {
  const text = head === null ? null : 'text' in head ? head.text : head.problem
  return heads.includes(text) ? null : `the head is ${text === null ? 'lost' : 'another one'}`
}

async function findOtherFlaw(store: Store, promised: Promised): Promise<string | null> {
  const backups = await store.backups(run)
  const texts: string[] = []
  for (const { id, files } of backups)
    for (const file of files) {
      const { bytes } = await store.readBackup(run, id, file)
      if (file === document) texts.push(Buffer.from(bytes).toString())
    }
  const lost = promised.backups.filter((id) => !backups.some((backup) => backup.id === id))
  if (lost.length > 0) return `backups are lost: ${lost.join(', ')}`
  const there = await orNull(() => store.readDocument(document))
  if (there !== null) texts.push(Buffer.from(there.bytes).toString())
  if (texts.length === 0 || texts.some((text) => text !== documentText))
    return 'the document is neither in its place nor in a backup'
  const log = await orNull(() => store.readDocument('.unstuck/operations.jsonl'))
  const lines = Buffer.from(log?.bytes ?? [])
    .toString()
    .split('\n')
    .filter((line) => line !== '')
  return lines.length < promised.operations ? 'a line of the operations log is lost' : null
}

/** Its head comes last: on its way, a part of its journal may be there. */
async function findImportFlaw(store: Store, { isImported }: Promised): Promise<string | null> {
  const here = await orNull(() => store.read(imported))
  if (isImported === false) return here === null ? null : 'a run is here that nobody imported'
  const journal = here?.journal ?? null
  const sums = journal?.records.map((stored) => stored.record.sum) ?? []
  const isWhole = sums.length === importedSums.length && journal?.flaws.length === 0
  if (sums.some((sum, index) => sum !== importedSums[index]))
    return 'the imported run has other records'
  const head = here?.head ?? null
  if (
    head !== null &&
    (!isWhole || !importedPair.head.every((byte, at) => byte === head.bytes[at]))
  )
    return 'the imported run has its head, and not all of its files'
  return isImported === true && head === null ? 'the imported run is lost' : null
}

/** The run takes a record again, unless damage behind what was promised has to be repaired before. */
async function findUnusable(
  store: Store,
  { lastRecord }: Promised,
  report: Report,
): Promise<string | null> {
  if (lastRecord === null) return null
  await bringBack(store, run)
  const writer = await store.open(run, testing)
  const body = { type: 'variableSet', name: 'again', value: 1 } as const
  const [appended] = await Promise.allSettled([writer.append([body], { durable: true })])
  await writer.release()
  if (appended?.status === 'fulfilled') return null
  const error: unknown = appended?.reason
  if (!(error instanceof AppError) || error.code !== 'corrupt') return `no record: ${String(error)}`
  report.count('to be repaired before the next record')
  return null
}

async function orNull<T>(work: () => Promise<T>): Promise<T | null> {
  const [result] = await Promise.allSettled([work()])
  if (result?.status === 'fulfilled') return result.value
  if (isMissing(result?.reason)) return null
  throw result?.reason
}
