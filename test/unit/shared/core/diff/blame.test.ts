import { describe, expect, it, vi } from 'vitest'
import { createBlame } from '../../../../../shared/core/diff/blame.ts'
import type { JournalRecord } from '../../../../../shared/schema/journal.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import {
  began,
  born,
  checkpoint,
  failed,
  journalOf,
  recordOf,
  started,
  succeeded,
} from '../run/sampleRun.ts'
import { deepFreeze } from './deepFreeze.ts'

const setTotal = (value: unknown) => ({ type: 'variableSet', name: 'total', value })

/** One more decision about a step, behind so many. */
function decidedAgain(records: readonly JournalRecord[], more: number): JournalRecord {
  const decided = { type: 'decision', step: 'build', decision: 'stop', by: 'ada', reason: null }
  return recordOf(decided, records.length + more + 1)
}

function blamed(records: readonly JournalRecord[], pointer: string) {
  const blame = createBlame(pointer)
  for (const item of deepFreeze(records)) blame.add(item)
  return blame.changes().map(({ item, before, after, gapFromSeq }) => ({
    seq: item.record.seq,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(gapFromSeq === null ? {} : { gapFromSeq }),
  }))
}

describe('blame', () => {
  it('[D61] names every record that changed a value, with what was there before', () => {
    const records = journalOf(
      born(),
      started,
      began('build'),
      failed('build'),
      began('build', 2),
      succeeded('build', { size: 7 }, 2),
    )
    expect(blamed(records, '/steps/build/status')).toEqual([
      { seq: 1, after: 'pending' },
      { seq: 3, before: 'pending', after: 'running' },
      { seq: 4, before: 'running', after: 'failed' },
      { seq: 5, before: 'failed', after: 'running' },
      { seq: 6, before: 'running', after: 'succeeded' },
    ])
    expect(blamed(records, '/steps/build/output/size')).toEqual([{ seq: 6, after: 7 }])
  })

  it('[D61] follows whole containers, and values that went away', () => {
    const records = journalOf(born(), setTotal(1), began('build'), {
      type: 'variablesChanged',
      set: [],
      removed: ['total'],
      by: 'ada',
    })
    expect(blamed(records, '/variables')).toEqual([
      { seq: 1, after: {} },
      { seq: 2, before: {}, after: { total: 1 } },
      { seq: 4, before: { total: 1 }, after: {} },
    ])
    expect(blamed(records, '/variables/total')).toEqual([
      { seq: 2, after: 1 },
      { seq: 4, before: 1 },
    ])
    expect(blamed(records, '').map(({ seq }) => seq)).toEqual([1, 2, 3, 4])
    expect(blamed(records, '/nothing/here')).toEqual([])
  })

  it('[D61] follows items of lists, and finds nothing under what is no index', () => {
    const records = journalOf(born(), started, began('build'), failed('build'), began('build', 2))
    const at = (place: string) =>
      blamed(records, `/steps/build/attempts/${place}`).map(({ seq }) => seq)
    expect(at('0/outcome')).toEqual([3, 4])
    expect(at('1/outcome')).toEqual([5])
    const many = [
      ...records,
      ...Array.from({ length: 9 }, (_, more) => decidedAgain(records, more)),
    ]
    expect(blamed(many, '/decisions/10').map(({ seq }) => seq)).toEqual([])
    expect(blamed(many, '/decisions/8/seq')).toEqual([{ seq: 14, after: 14 }])
    for (const wrong of ['01', 'x0', '0x', '-1', '', '1.0', 'length'])
      expect(blamed(many, `/decisions/${wrong}`)).toEqual([])
  })

  it('[D61] of the whole run, what each record changes by itself is not told', () => {
    const blame = createBlame('')
    for (const item of journalOf(born(), checkpoint('cp-1'), setTotal(1))) blame.add(item)
    const [first, second, ...rest] = blame.changes()
    expect([second?.item.record.seq, rest]).toEqual([3, []])
    expect(second?.after).toMatchObject({ variables: { total: 1 }, status: 'pending' })
    expect(Object.keys(first ?? {})).toEqual(['item', 'after', 'gapFromSeq'])
    for (const side of [second?.before, second?.after])
      for (const name of ['journal', 'checkpoints', 'updatedAt'])
        expect(side).not.toHaveProperty(name)
  })

  it('[D61] what is told of a record stays what it was, whatever is not told of those beside it', () => {
    const records = journalOf(born(), ...[1, 2, 3, 4, 5].map(setTotal))
    const blame = createBlame('/variables', ({ record }) => record.seq === 4)
    for (const item of records) blame.add(item)
    const told = blame.changes().filter((one) => 'after' in one)
    expect(told).toMatchObject([{ before: { total: 2 }, after: { total: 3 } }])
    expect(blame.changes()).toHaveLength(6)
  })

  it('[D61] a field that no record brings was changed by none, and one that is not there has no side', () => {
    const records = journalOf(born(), setTotal(1), {
      type: 'edited',
      patch: [{ op: 'add', path: '/ticket', value: 'T-1' }],
      by: 'ada',
      reason: null,
    })
    expect(blamed(records.slice(0, 2), '/ticket')).toEqual([])
    const blame = createBlame('/ticket')
    for (const item of records) blame.add(item)
    expect(blame.changes().map((change) => Object.keys(change))).toEqual([
      ['item', 'after', 'gapFromSeq'],
    ])
  })

  it('[D62] records before the first that brings the run changed nothing', () => {
    const keyframe = recordOf({ type: 'keyframe', run: replay(journalOf(born(), setTotal(3))) }, 3)
    const headless = [...journalOf(born(), setTotal(3)).slice(1), keyframe]
    expect(blamed(headless, '/variables/total')).toEqual([{ seq: 3, after: 3, gapFromSeq: 1 }])
    expect(blamed(headless, '/variables').map(({ seq }) => seq)).toEqual([3])
  })

  it('[D63] a record that writes the same value again did not change it', () => {
    const records = journalOf(born(), setTotal({ a: 1 }), setTotal({ a: 1 }), setTotal({ a: 2 }))
    expect(blamed(records, '/variables/total').map(({ seq }) => seq)).toEqual([2, 4])
    const run = replay(records)
    const again = [...records, recordOf({ type: 'keyframe', run }, 5)]
    expect(blamed(again, '/variables').map(({ seq }) => seq)).toEqual([1, 2, 4])
  })

  it('[E200] looks at what each record touched of a whole field, not at all that is in it', () => {
    const count = 2000
    const names = Array.from({ length: count }, (_, index) => `step-${index}`)
    const records = journalOf(
      born(),
      started,
      ...names.flatMap((name) => [began(name), succeeded(name, 1)]),
    )
    const compared = vi.spyOn(Object, 'is')
    try {
      const blame = createBlame('/steps', ({ record }) => record.seq === records.length)
      for (const item of records) blame.add(item)
      const changes = blame.changes()
      expect(changes).toHaveLength(2 * count + 1)
      expect(changes.at(-1)).toMatchObject({ after: { 'step-1999': { status: 'succeeded' } } })
      expect(changes.at(-2)).not.toHaveProperty('after')
      // Comparing all of the steps at each record would be eight million.
      expect(compared.mock.calls.length).toBeLessThan(50 * records.length)
    } finally {
      compared.mockRestore()
    }
  })

  it('[D62] where records are missing, says between which the change lies', () => {
    const records = journalOf(born(), setTotal(1), setTotal(2), setTotal(3))
    const keyframe = recordOf({ type: 'keyframe', run: replay(records) }, 5)
    const [first, second] = records
    if (first === undefined || second === undefined) throw new Error('There are four records.')

    expect(blamed([first, second, keyframe], '/variables/total')).toEqual([
      { seq: 2, after: 1 },
      { seq: 5, before: 1, after: 3, gapFromSeq: 3 },
    ])
    expect(blamed([keyframe], '/variables/total')).toEqual([{ seq: 5, after: 3, gapFromSeq: 1 }])
  })
})
