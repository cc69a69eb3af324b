// Head and journal cut at every byte: what is left is read as a state that the run has been in, and a cut is named.
import { scanJournal } from '../../../electron/store/scanJournal.ts'
import { decodeUtf8 } from '../../../electron/services/decodeUtf8.ts'
import { readRun } from '../../../shared/core/reading/readRun.ts'
import { sha256 } from '../../unit/shared/core/run/sampleRun.ts'
import { noObstacle, type Campaign, type Report } from './campaign.ts'
import { createSamplePair, textOf, type SamplePair } from './samplePair.ts'

const [small, big] = [createSamplePair(0), createSamplePair(60)]

export const truncation: Campaign = {
  name: 'truncation',
  unit: 'a file cut at one byte',
  sizes: { test: sizeOf(small), full: sizeOf(small) + sizeOf(big) },
  piece: 2000,
  obstacle: noObstacle,
  run: async ({ from, to, report }) => {
    for (let index = from; index < to; index += 1) {
      const isSmall = index < sizeOf(small)
      cutOne(isSmall ? small : big, { index, at: isSmall ? index : index - sizeOf(small), report })
    }
  },
}

/** The head, the journal beside its head, and the journal alone. */
function sizeOf({ head, journal }: SamplePair): number {
  return head.byteLength + 2 * journal.byteLength
}

function cutOne(pair: SamplePair, options: { index: number; at: number; report: Report }): void {
  const { head, journal } = pair
  const { at } = options
  if (at < head.byteLength) return cutHead(pair, options)
  const inJournal = at - head.byteLength
  const isAlone = inJournal >= journal.byteLength
  cutJournal(pair, {
    ...options,
    isAlone,
    at: isAlone ? inJournal - journal.byteLength : inJournal,
  })
}

function cutHead(
  { head, journal, run }: SamplePair,
  { index, at, report }: { index: number; at: number; report: Report },
): void {
  const stored = {
    head: decodeUtf8(head.subarray(0, at)),
    journal: scanJournal(journal).reading,
  }
  const reading = readRun(stored, sha256)
  const isLocated = reading.findings.some(({ file, offset }) => file === 'head' && offset !== null)
  // Only the last newline may be missing unnoticed.
  if (!isLocated && at < head.byteLength - 1)
    report.violation(index, `The head, cut at byte ${at}, is read without a finding.`)
  if (reading.run === null || textOf(reading.run) !== textOf(run))
    report.violation(index, `The head, cut at byte ${at}, is not made up for by the journal.`)
  report.count(isLocated ? 'head cut and located' : 'head whole but for its last newline')
}

function cutJournal(
  { head, journal, states }: SamplePair,
  cut: { index: number; at: number; isAlone: boolean; report: Report },
): void {
  const { index, at, isAlone, report } = cut
  const scan = scanJournal(journal.subarray(0, at))
  const stored = { head: isAlone ? null : decodeUtf8(head), journal: scan.reading }
  const reading = readRun(stored, sha256)
  const where = `The journal ${isAlone ? 'alone' : 'beside its head'}, cut at byte ${at},`
  const isWhole = at === 0 || journal[at - 1] === 0x0a
  const torn = scan.reading.flaws.find(({ kind }) => kind === 'torn')
  if (isWhole !== (torn === undefined))
    report.violation(index, `${where} is ${isWhole ? 'called torn' : 'not called torn'}.`)
  if (reading.run === null) {
    const hadRecords = !isAlone || scan.reading.records.length > 0
    if (hadRecords) report.violation(index, `${where} is not read.`)
  } else if (states.get(reading.run.journal.sum) !== textOf(reading.run)) {
    report.violation(index, `${where} is read as a state that never was.`)
  }
  report.count(isWhole ? 'journal cut between records' : 'journal cut inside a record')
}
