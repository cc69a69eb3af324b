// Single bits and whole blocks changed in head and journal: noticed and located, or without a meaning.
import { scanJournal } from '../../../electron/store/scanJournal.ts'
import { decodeUtf8 } from '../../../electron/services/decodeUtf8.ts'
import { readRun } from '../../../shared/core/reading/readRun.ts'
import { sha256 } from '../../unit/shared/core/run/sampleRun.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createRandom, type Random } from './random.ts'
import { createSamplePair, textOf, type SamplePair } from './samplePair.ts'

export const bitFlips: Campaign = {
  name: 'bitFlips',
  unit: 'one bit of head or journal changed',
  sizes: { test: 5000, full: 100_000 },
  piece: 2000,
  obstacle: noObstacle,
  run: async (options) => damageEach(createSamplePair(4), { ...options, change: flipBit }),
}

export const blocks: Campaign = {
  name: 'blocks',
  unit: 'a block of 512 B or 4 KB zeroed or doubled',
  sizes: { test: 500, full: 10_000 },
  piece: 500,
  obstacle: noObstacle,
  run: async (options) => damageEach(createSamplePair(60), { ...options, change: changeBlock }),
}

type Change = (
  bytes: Uint8Array,
  random: Random,
) => { readonly bytes: Uint8Array; readonly what: string }

function flipBit(bytes: Uint8Array, random: Random): ReturnType<Change> {
  const changed = Uint8Array.from(bytes)
  const [at, bit] = [random.below(bytes.byteLength), random.below(8)]
  changed[at] = (changed[at] ?? 0) ^ (1 << bit)
  return { bytes: changed, what: `bit ${bit} of byte ${at} changed` }
}

function changeBlock(bytes: Uint8Array, random: Random): ReturnType<Change> {
  const size = random.chance(0.5) ? 512 : 4096
  const block = random.below(Math.ceil(bytes.byteLength / size))
  const [start, end] = [block * size, Math.min((block + 1) * size, bytes.byteLength)]
  const where = `block ${block} of ${size} bytes`
  const kind = random.below(3)
  if (kind === 0) {
    const changed = Uint8Array.from(bytes)
    changed.fill(0, start, end)
    return { bytes: changed, what: `${where} zeroed` }
  }
  const copy = bytes.subarray(start, end)
  if (kind === 1) {
    const parts = [bytes.subarray(0, end), copy, bytes.subarray(end)]
    return { bytes: Buffer.concat(parts), what: `${where} inserted twice` }
  }
  const changed = Uint8Array.from(bytes)
  changed.set(copy.subarray(0, Math.max(0, bytes.byteLength - end)), end)
  return { bytes: changed, what: `${where} written over the next one` }
}

function damageEach(
  pair: SamplePair,
  options: { from: number; to: number; seed: number; report: Report; change: Change },
): void {
  const { from, to, seed, report, change } = options
  const meaning = textOf(pair.run)
  const total = pair.head.byteLength + pair.journal.byteLength
  for (let index = from; index < to; index += 1) {
    const random = createRandom(seed, index)
    const file = random.below(total) < pair.head.byteLength ? 'head' : 'journal'
    const { bytes, what } = change(pair[file], random)
    judge({ pair: { ...pair, [file]: bytes }, meaning, file, index, what, report })
  }
}

function judge(damaged: {
  readonly pair: SamplePair
  readonly meaning: string
  readonly file: 'head' | 'journal'
  readonly index: number
  readonly what: string
  readonly report: Report
}): void {
  const { pair, meaning, file, index, what, report } = damaged
  const stored = { head: decodeUtf8(pair.head), journal: scanJournal(pair.journal).reading }
  const { run, findings } = readRun(stored, sha256)
  const isLocated = findings.some((finding) => finding.file === file && finding.offset !== null)
  const isSame = run !== null && textOf(run) === meaning
  report.count(isLocated ? `${file}: located` : `${file}: unchanged meaning`)
  if (!isSame && !isLocated) report.violation(index, `${file}, ${what}: not located.`)
  if (run === null) report.violation(index, `${file}, ${what}: nothing is read.`)
  else if (pair.states.get(run.journal.sum) !== textOf(run))
    report.violation(index, `${file}, ${what}: read as a state that never was.`)
  if (file === 'head' && run !== null && !isSame)
    report.violation(index, `head, ${what}: the journal is whole and does not make up for it.`)
}
