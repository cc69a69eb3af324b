import { describe, expect, it, vi } from 'vitest'
import { createBlame } from '../../../../../shared/core/diff/blame.ts'
import type { JournalRecord } from '../../../../../shared/schema/journal.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { began, born, failed, journalOf, recordOf, started, succeeded } from '../run/sampleRun.ts'
import { deepFreeze } from './deepFreeze.ts'

const setTotal = (value: unknown) => ({ type: 'variableSet', name: 'total', value })

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
