import { expect, test } from 'vitest'
import { planThinning } from '../../../../../shared/core/cleanup/planThinning.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import type { JournalReading } from '../../../../../shared/schema/journalReading.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import {
  born,
  checkpoint,
  failed,
  journalOf,
  readingOf,
  sampleRun,
  started,
} from '../run/sampleRun.ts'

const byAda = { by: 'ada', reason: null }
const large = (name: string) => ({ type: 'variableSet', name, value: 'x'.repeat(4000) })

/** A journal of these records, each as long as its line is. */
function journal(...bodies: readonly object[]): JournalReading {
  const records = journalOf(...bodies)
  let offset = 0
  const stored = records.map((item, index) => {
    const sizeBytes = JSON.stringify(item.record).length
    offset += sizeBytes
    return { ...item, line: index + 1, offset: offset - sizeBytes, sizeBytes }
  })
  return deepFreeze({ sizeBytes: offset, records: stored, flaws: [], goodBytes: offset })
}

/** A run that writes one large variable again and again, with a checkpoint behind each. */
function pages(count: number, trigger: (index: number) => object = () => ({})): readonly object[] {
  return Array.from({ length: count }, (_, index) => [
    large('page'),
    { ...checkpoint(`cp-${index + 1}`), ...trigger(index + 1) },
  ]).flat()
}

function thin(reading: JournalReading, every: number | null = null) {
  const run = replay(reading.records)
  if (run === null) throw new Error('The journal tells of no run.')
  return { run, ...planThinning(reading, run.checkpoints, every) }
}

test('[X32] the first and the last checkpoint stay, and a keyframe stands for what was between', () => {
  const reading = journal(born(), started, ...pages(4))
  const { gaps, kept, gone } = thin(reading)

  expect([kept, gone]).toEqual([
    ['cp-1', 'cp-4'],
    ['cp-2', 'cp-3'],
  ])
  expect(gaps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[5, 9]])
  expect(gaps[0]?.run).toEqual(replay(reading.records.slice(0, 9)))
})

test('[X32] every n-th checkpoint stays too, counted from the first', () => {
  expect(thin(journal(born(), started, ...pages(9)), 4).kept).toEqual(['cp-1', 'cp-5', 'cp-9'])
})

test.each(['manual', 'migration', 'repair'])('[X32] a checkpoint made by %s stays', (trigger) => {
  const reading = journal(born(), ...pages(7, (index) => (index === 4 ? { trigger } : {})))
  expect(thin(reading).kept).toEqual(['cp-1', 'cp-4', 'cp-7'])
})

test.each([
  ['a step', failed('build')],
  ['the run', { type: 'runFailed', error: { name: 'E', message: 'no', code: null, stack: null } }],
])('[X32] the checkpoint before %s failed stays', (_, failure) => {
  const [early, late] = [pages(4), pages(9).slice(8)]
  expect(thin(journal(born(), started, ...early, failure, ...late)).kept).toEqual([
    'cp-1',
    'cp-4',
    'cp-9',
  ])
})

test('[X32] a failure before the first checkpoint keeps none', () => {
  const reading = journal(born(), started, failed('build'), ...pages(4))
  expect(thin(reading).kept).toEqual(['cp-1', 'cp-4'])
})

test('[X32] a checkpoint that was thinned away before is neither kept nor gone', () => {
  const whole = journal(born(), started, ...pages(5))
  const { run, gaps } = thin(whole)
  const [gap] = gaps
  const rest = whole.records.filter(({ record: { seq } }) => seq < 5 || seq > (gap?.toSeq ?? 0))

  expect(planThinning({ ...whole, records: rest }, run.checkpoints, null)).toEqual({
    gaps: [],
    kept: ['cp-1', 'cp-5'],
    gone: [],
  })
})

test.each([
  ['an edit', { type: 'edited', patch: [], inverse: [], reason: 'typo', by: 'ada' }],
  ['a repair', { type: 'repaired', source: 'x', backup: null, dropped: null, ...byAda }],
  ['a migration', { type: 'migrated', from: 2, to: 3, source: 'x', backup: null, by: 'ada' }],
  ['a decision', { type: 'decision', step: 'build', decision: 'stop', ...byAda }],
  [
    'the answer to a gate',
    { type: 'gateDecided', step: 'build', decision: 'approved', values: {}, ...byAda },
  ],
  ['a note', { type: 'annotated', annotations: sampleRun().annotations, by: 'ada' }],
  ['a resume', { type: 'runResumed', reset: [], ...byAda }],
  ['a record of a later version', { type: 'dreamt', of: 'sheep' }],
])('[X34] %s stays, with what stands on both sides of it', (_, kept) => {
  const [early, late] = [pages(4), pages(8).slice(8)]
  const reading = journal(born(), ...early, kept, ...late)
  expect(reading.records.filter(({ kind }) => kind === 'unknown')).toHaveLength(
    kept.type === 'dreamt' ? 1 : 0,
  )
  const stays = reading.records.find(({ record }) => record.type === kept.type)?.record.seq ?? 0

  const { gaps } = thin(reading)

  expect(gaps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
    [4, stays - 1],
    [stays + 1, 17],
  ])
})

test('[X32] a journal with a flaw, and one without a checkpoint that opens, are left', () => {
  const reading = journal(born(), started, ...pages(4))
  const { run } = thin(reading)
  const flaw = { kind: 'sum', line: 3, offset: 0, sizeBytes: 1, sentence: 'It differs.' } as const
  const all = ['cp-1', 'cp-2', 'cp-3', 'cp-4']

  expect(planThinning({ ...reading, flaws: [flaw] }, run.checkpoints, null)).toEqual({
    gaps: [],
    kept: all,
    gone: [],
  })
  expect(thin(journal(born(), started))).toMatchObject({ gaps: [], kept: [], gone: [] })
})

const gapsOf = (...between: readonly object[]) =>
  thin(journal(born(), checkpoint('a'), ...between, checkpoint('b'))).gaps.map(
    ({ fromSeq, toSeq }) => [fromSeq, toSeq],
  )

test('[X34] a record alone between two that stay is not replaced, two are', () => {
  const small = { type: 'variableSet', name: 'page', value: 1 }
  const huge = { ...small, ofLaterVersion: 'x'.repeat(9000) }
  expect(gapsOf(huge)).toEqual([])
  expect(gapsOf(huge, small)).toEqual([[3, 4]])
})

test('[X34] the record that brings the run stays, and so does all behind the last checkpoint', () => {
  const many = [1, 2, 3].map(() => large('page'))
  const { gaps } = thin(journal(born(), ...many, checkpoint('a'), checkpoint('b'), ...many))
  expect(gaps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[2, 4]])
})

test('[X32] a checkpoint in whose place the keyframe stands still opens, one that it stands for does not', () => {
  const note = { type: 'annotated', annotations: sampleRun().annotations, by: 'ada' }
  const many = [large('page'), large('page')]
  const { gaps, kept, gone } = thin(
    journal(
      born(),
      checkpoint('a'),
      checkpoint('b'),
      ...many,
      checkpoint('c'),
      note,
      checkpoint('d'),
    ),
  )
  expect(gaps.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([[3, 6]])
  expect([kept, gone]).toEqual([['a', 'c', 'd'], ['b']])
})

const fill = (length: number) => ({
  type: 'variableSet',
  name: 'page',
  value: 'x'.repeat(length),
})

test('[X34] the keyframe and what names the gap have to be smaller than what goes, by one byte or more', () => {
  const end = { type: 'variableSet', name: 'page', value: 0 }
  const between = (length: number) =>
    journal(born(), checkpoint('a'), fill(length), end, checkpoint('b'))
  const whole = between(6000)
  const [gap] = thin(whole).gaps
  const envelope = 400
  const taken = whole.records.slice(2, 4).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const spare = taken - JSON.stringify(gap?.run).length - envelope

  expect(spare).toBeGreaterThan(0)
  expect(thin(between(6000 - spare + 1)).gaps).toHaveLength(1)
  expect(thin(between(6000 - spare)).gaps).toEqual([])
})

test('[X34] nothing goes where the keyframe in its place would be as large, or would know no run', () => {
  const short = { type: 'variableSet', name: 'page', value: 1 }
  const small = Array.from({ length: 3 }, (_, at) => [short, checkpoint(`cp-${at + 1}`)]).flat()
  expect(thin(journal(born(), ...small)).gaps).toEqual([])

  const heavy = { ...born(), run: { ...born().run, variables: { book: 'x'.repeat(100_000) } } }
  expect(thin(journal(heavy, ...pages(3).slice(1))).gaps).toEqual([])

  const headless = readingOf(journalOf(born(), ...pages(4)).slice(1))
  const { run } = thin(journal(born(), ...pages(4)))
  expect(planThinning(headless, run.checkpoints, null).gaps).toEqual([])
})
