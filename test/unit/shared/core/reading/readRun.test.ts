import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { readRun } from '../../../../../shared/core/reading/readRun.ts'
import { readRunAt } from '../../../../../shared/core/reading/readRunAt.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { JournalReading } from '../../../../../shared/schema/journalReading.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import * as sample from '../run/sampleRun.ts'

const { began, born, checkpoint, journalOf, readingOf, recordOf, sha256, started, succeeded } =
  sample

const records = journalOf(
  born(),
  started,
  began('build'),
  succeeded('build', 1),
  checkpoint('c1', 'build'),
  began('test'),
)
const journal = deepFreeze(readingOf(records))
const runAt = (seq: number): Run => replay(records, { untilSeq: seq }) ?? sample.sampleRun()
const headAt = (seq: number) => ({ text: encodeHead(runAt(seq), sha256) })
const rulesOf = (found: { findings: readonly { rule: string; severity: string }[] }) =>
  found.findings.map(({ rule, severity }) => [rule, severity])

/** The journal after something befell a line: records from `goodBytes` on are those that are left. */
function flawed(left: JournalReading, kind: 'torn' | 'sum', goodBytes: number): JournalReading {
  const flaw = { kind, line: 9, offset: goodBytes, sizeBytes: 50, sentence: 'It does not fit.' }
  return { ...left, flaws: [flaw], goodBytes }
}

describe('readRun of what is whole', () => {
  test.each([1, 3, 6])('[J28] the head of record %i and the records behind it', (seq) => {
    expect(readRun({ head: headAt(seq), journal }, sha256)).toEqual({
      run: runAt(6),
      health: 'ok',
      version: 3,
      source: 'both',
      findings: [],
    })
  })

  test('[J28] a run that has no journal yet is its head', () => {
    const head = { text: encodeHead(sample.sampleRun(), sha256) }
    expect(readRun({ head, journal: null }, sha256)).toMatchObject({
      run: sample.sampleRun(),
      health: 'ok',
      source: 'head',
      findings: [],
    })
  })

  test('[C8] a newer head is refused, also when its journal could be read', () => {
    const head = { text: '{"format":"unstuck","version":4}' }
    expect(readRun({ head, journal }, sha256)).toEqual({
      run: null,
      health: 'newer-version',
      version: 4,
      source: 'none',
      findings: [expect.objectContaining({ rule: 'C8', pointer: '/version', offset: 30 })],
    })
  })
})

describe('readRun of a damaged head', () => {
  test.each([
    ['is no JSON', { text: headAt(6).text.slice(0, 300) }, 'I28'],
    ['was changed', { text: headAt(6).text.replace('staging', 'stagin1') }, 'C6'],
    ['is another document', { text: '{}' }, 'C9'],
    ['is no text', { problem: 'byte 0xff', offset: 12 }, 'F8'],
  ])('[J28] a head that %s: the journal is taken', (_name, head, rule) => {
    const found = readRun({ head, journal }, sha256)
    expect(found).toMatchObject({ run: runAt(6), health: 'damaged', source: 'journal' })
    expect(rulesOf(found)).toEqual([[rule, 'error']])
  })

  test('[J24] a missing head is a warning: the journal has it all', () => {
    const found = readRun({ head: null, journal }, sha256)
    expect(found).toMatchObject({ run: runAt(6), health: 'ok', source: 'journal' })
    expect(rulesOf(found)).toEqual([['J24', 'warning']])
  })
})

describe('readRun of a damaged journal', () => {
  test('[J20] a torn last line is a warning', () => {
    const found = readRun({ head: headAt(3), journal: flawed(journal, 'torn', 600) }, sha256)
    expect(found).toMatchObject({ run: runAt(6), health: 'ok' })
    expect(found.findings).toMatchObject([
      { rule: 'J20', severity: 'warning', file: 'journal', offset: 600, line: 9 },
    ])
  })

  test('[J21] [I31] any other flaw is an error, and reading goes on at the next keyframe', () => {
    const keyframe = recordOf({ type: 'keyframe', run: { ...runAt(6), mark: 1 } }, 9)
    const left = readingOf([...records.slice(0, 3), keyframe])
    const found = readRun({ head: headAt(1), journal: flawed(left, 'sum', 300) }, sha256)
    expect(found).toMatchObject({
      run: { mark: 1, journal: { seq: 9, sum: 'sum-9' } },
      health: 'damaged',
      source: 'both',
    })
    expect(rulesOf(found)).toEqual([['I31', 'error']])
  })

  test('[J23] a head that is ahead of its journal is kept: records were lost', () => {
    const left = readingOf(records.slice(0, 3))
    const found = readRun({ head: headAt(5), journal: left }, sha256)
    expect(found).toMatchObject({ run: runAt(5), health: 'damaged', source: 'head' })
    expect(found.findings).toMatchObject([{ rule: 'J23', severity: 'error', offset: 300 }])
  })

  test('[J22] a lost journal leaves the head', () => {
    const found = readRun({ head: headAt(5), journal: null }, sha256)
    expect(found).toMatchObject({ run: runAt(5), health: 'damaged', source: 'head' })
    expect(rulesOf(found)).toEqual([['J22', 'error']])
  })

  test('[J26] a head of another history gives way to the journal', () => {
    const stranger = { ...runAt(4), journal: { seq: 4, sum: 'other' } }
    const head = { text: encodeHead(stranger, sha256) }
    const found = readRun({ head, journal }, sha256)
    expect(found).toMatchObject({ run: runAt(6), health: 'damaged', source: 'journal' })
    expect(found.findings).toMatchObject([{ rule: 'J26', line: 4, offset: 300 }])
  })

  test('[J25] a journal without a whole state and no head: nothing', () => {
    const found = readRun({ head: null, journal: readingOf(records.slice(1)) }, sha256)
    expect(found).toMatchObject({ run: null, health: 'damaged', version: null, source: 'none' })
    expect(rulesOf(found)).toEqual([
      ['J24', 'warning'],
      ['J25', 'error'],
    ])
  })

  test('[J22] neither head nor journal: nothing', () => {
    const found = readRun({ head: null, journal: null }, sha256)
    expect(found).toMatchObject({ run: null, health: 'damaged', source: 'none' })
  })

  test('[J27] an edit that does not fit is passed over, and said', () => {
    const edit = { type: 'edited', patch: [{ op: 'remove', path: '/x' }], by: 'ada', reason: null }
    const fit = { ...edit, patch: [{ op: 'add', path: '/x', value: 1 }] }
    const odd = readingOf(journalOf(born(), started, edit, fit, edit, edit))
    const found = readRun({ head: null, journal: odd }, sha256)
    expect(found.findings.filter(({ rule }) => rule === 'J27')).toMatchObject([
      { severity: 'error', line: 3, offset: 200 },
      { severity: 'error', line: 6, offset: 500 },
    ])
    expect(found.run?.journal.seq).toBe(6)
  })
})

describe('readRunAt', () => {
  test.each([1, 2, 3, 4, 5, 6])('[J32] the run right after record %i', (seq) => {
    expect(readRunAt(journal, seq)).toEqual(runAt(seq))
  })

  test('[J32] begins at the nearest keyframe before it', () => {
    const keyframe = recordOf({ type: 'keyframe', run: { ...runAt(3), mark: 1 } }, 4)
    const left = readingOf([keyframe, recordOf(succeeded('build', 2), 5)])
    expect(readRunAt(left, 5)).toMatchObject({ mark: 1, journal: { seq: 5 } })
  })

  test('[J32] is none where the record is lost or nothing whole stands before it', () => {
    expect(readRunAt(readingOf(records.filter(({ record }) => record.seq !== 5)), 5)).toBeNull()
    expect(readRunAt(readingOf(records.slice(2)), 5)).toBeNull()
    expect(readRunAt(journal, 99)).toBeNull()
  })
})
