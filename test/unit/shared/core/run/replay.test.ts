import { describe, expect, test } from 'vitest'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { began, born, checkpoint, journalOf, started, succeeded } from './sampleRun.ts'

const items = journalOf(
  born(),
  started,
  began('build'),
  succeeded('build', 1),
  checkpoint('c1', 'build'),
  began('test'),
)

describe('replay', () => {
  test('[J18] ends behind the record that is asked for', () => {
    expect(replay(items, { untilSeq: 4 })).toEqual(replay(items.slice(0, 4)))
  })

  test('[J18] passes over what the run contains already', () => {
    const from = replay(items, { untilSeq: 3 })
    expect(replay(items, { from })).toEqual(replay(items))
    expect(replay(items.slice(3), { from })).toEqual(replay(items))
  })

  test('[J18] gives back the very run when nothing is new', () => {
    const from = replay(items)
    expect(replay(items, { from })).toBe(from)
    expect(replay([], { from })).toBe(from)
  })

  test('[J18] of no records is no run', () => {
    expect(replay([])).toBeNull()
  })
})
