import { expect, test } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { readChangedParts } from '../../../../../shared/core/reading/readChangedParts.ts'
import { readRunAt } from '../../../../../shared/core/reading/readRunAt.ts'
import type { JournalRecord } from '../../../../../shared/schema/journal.ts'
import { runAsJson, type Run } from '../../../../../shared/schema/run.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'
import {
  began,
  born,
  checkpoint,
  failed,
  journalOf,
  readingOf,
  sampleRun,
  started,
  succeeded,
} from '../run/sampleRun.ts'

const at = '2026-01-02T03:04:05.678Z'
const set = (name: string, value: unknown) => ({ type: 'variableSet', name, value })
const why = { by: 'ada', reason: null }
const waits = (step: string, items?: readonly unknown[]) => ({
  type: 'stepWaiting',
  step,
  waitingOn: { kind: 'time', until: at },
  ...(items === undefined ? {} : { items }),
})
const decided = (step: string, decision: string) => ({ type: 'decision', step, decision, ...why })

/** Every kind of record that names what it changes, with steps and variables that come and go. */
const narrow = journalOf(
  born(),
  started,
  set('a', 1),
  set('b', { deep: [1] }),
  began('build'),
  succeeded('build', { ok: true }),
  began('test'),
  began('notify'),
  failed('test', 'boom'),
  set('a', 2),
  { type: 'variablesChanged', set: [{ name: 'c', value: 3 }], removed: ['b'], by: 'ada' },
  succeeded('notify'),
  checkpoint('c1', 'build'),
  began('test', 2),
  { type: 'annotated', annotations: sampleRun().annotations, by: 'ada' },
  succeeded('test', 'late', 2),
  set('c', 4),
  { type: 'stepSkipped', step: 'deploy', by: 'condition', reason: null },
)

/** What differs of two states, journal and lists aside, in the order of the paths. */
function changesOf(earlier: Run | null, later: Run | null) {
  const [left, right] = [earlier, later].map((run) =>
    run === null ? null : runAsJson({ ...run, checkpoints: [], decisions: [] }),
  )
  const { changes } = diff(left ?? null, right ?? null)
  return changes
    .filter(({ path }) => !/^\/(?:journal|updatedAt)/.test(path))
    .toSorted((one, other) => (one.path < other.path ? -1 : 1))
}

/** What changes between the two, and which steps and variables are looked at for it; null: both have to be whole. */
function compare(records: readonly JournalRecord[], from: number, until: number) {
  const reading = readingOf(deepFreeze(records))
  const parts = readChangedParts(reading, from, until)
  if (parts === null) return null
  const { earlier, later } = parts
  const whole = changesOf(readRunAt(reading, from), readRunAt(reading, until))
  expect(changesOf(earlier, later)).toEqual(whole)
  expect([earlier, later].map(({ decisions }) => decisions)).toEqual([[], []])
  return [Object.keys(later.steps), Object.keys({ ...earlier.variables, ...later.variables })]
}

test('[D31] the parts that two near records touch are what they are in the whole states', () => {
  const count = narrow.length
  expect(narrow.filter(({ kind }) => kind === 'unknown')).toEqual([])
  for (let from = 1; from < count; from += 1)
    for (let until = from + 1; until <= Math.min(count, from + 4); until += 1)
      expect(compare(narrow, from, until)).not.toBeNull()

  expect([compare(narrow, 2, 3), compare(narrow, 4, 6), compare(narrow, 10, 11)]).toEqual([
    [[], ['a']],
    [['build'], []],
    [[], ['b', 'c']],
  ])
  expect([compare(narrow, 12, 13), compare(narrow, 8, 10)]).toEqual([
    [['build'], []],
    [['test'], ['a']],
  ])
})

test('[D31] what two records of the same place, or in the wrong order, hold is not told', () => {
  expect([
    compare(narrow, 3, 3),
    compare(narrow, 4, 3),
    compare(narrow, 0, 3),
    compare(narrow, 3, 99),
    compare(narrow.slice(1), 3, 5),
    compare([...narrow.slice(0, 4), ...narrow.slice(5)], 3, 7),
    compare([], 1, 2),
  ]).toEqual([null, null, null, null, null, null, null])
})

/** Whether the next record, and one long after it, can be told by parts when this one stands before. */
function around(body: object): readonly (string | boolean)[] {
  const records = journalOf(born(), started, began('build'), body, set('a', 1), set('a', 2))
  const kind = records[3]?.kind ?? ''
  return [kind, compare(records, 3, 4) !== null, compare(records, 5, 6) !== null]
}

test('[D31] a record that may change more than it names makes both states whole ones', () => {
  const files = { backup: null, source: 'a', by: 'ada' }
  const resumed = { type: 'runResumed', reset: ['build'], ...why }
  expect([
    around({ type: 'edited', patch: [], ...why }),
    around({ type: 'repaired', dropped: null, ...files, reason: null }),
    around({ type: 'migrated', from: 2, to: 3, ...files }),
    around({ type: 'thinned', dropped: [] }),
    around(waits('build', ['x', 'y'])),
    around({ type: 'keyframe', run: sampleRun() }),
    around(resumed),
    around(decided('build', 'rerun')),
    around(waits('build')),
    around({ type: 'of a later version', step: 'build' }),
  ]).toEqual([
    ['known', false, false],
    ['known', false, false],
    ['known', false, false],
    ['known', false, false],
    ['known', false, false],
    ['known', false, true],
    ['known', false, true],
    ['known', false, true],
    ['known', true, true],
    ['unknown', true, true],
  ])
})

test('[D31] whether a run waits or runs is a matter of all its steps', () => {
  const open = ['build', 'test', 'notify'].map((step) => began(step))
  const rest = { type: 'stepCancelled', step: 'test', attempt: 1, reason: null }
  const gate = {
    type: 'gateDecided',
    step: 'notify',
    decision: 'approved',
    values: {},
    ...why,
  }
  const bodies = [
    rest,
    waits('test'),
    { type: 'retryScheduled', step: 'test', attempt: 2, until: at },
    failed('test'),
    succeeded('test'),
    { type: 'stepSkipped', step: 'test', by: 'condition', reason: null },
    gate,
    decided('test', 'stop'),
    decided('test', 'adopted'),
    decided('test', 'skip'),
    { type: 'runResumed', reset: ['test'], ...why },
    { type: 'runPaused', ...why },
  ]
  expect(journalOf(...bodies).filter(({ kind }) => kind === 'unknown')).toEqual([])
  for (const [index, one] of bodies.entries())
    for (const other of [started, bodies[(index + 5) % bodies.length] ?? started]) {
      const tail = [waits('notify'), one, other, waits('build'), set('a', 1), succeeded('build')]
      const records = journalOf(born(), started, ...open, ...tail)
      expect(compare(records, 8, 9)).not.toBeNull()
      expect(compare(records, 9, 11)).not.toBeNull()
    }
})
