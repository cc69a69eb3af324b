import { expect, test } from 'vitest'
import {
  AlignedVerdict,
  Change,
  ChangeCounts,
  PartingPart,
  PlannedChange,
} from '../../../../../shared/core/diff/change.ts'

const changes = [
  { kind: 'added', path: '/a', after: null },
  { kind: 'removed', path: '/a', before: [1] },
  { kind: 'changed', path: '/a', before: 1, after: 2 },
  { kind: 'changed', path: '/a', to: '/b', before: 1, after: 2 },
  { kind: 'moved', path: '/1', from: '/0' },
]

test.each(changes)('a change that is sent is read as it was: %j', (change) => {
  expect(Change.parse(change)).toEqual(change)
  const { path: _path, ...rest } = change
  for (const wrong of [rest, { ...change, path: 1 }, { ...change, kind: 'turned' }])
    expect(Change.safeParse(wrong).success).toBe(false)
})

test('what a change lacks is told', () => {
  const wrong = [
    { kind: 'changed', path: '/a', to: 1, before: 1, after: 2 },
    { kind: 'moved', path: '/1' },
    { kind: 'removed', path: '/a', before: () => 1 },
  ]
  expect(wrong.map((one) => Change.safeParse(one).success)).toEqual([false, false, false])
})

test('counts, planned changes and the words of a comparison are read as they were', () => {
  const counts = { added: 1, removed: 2, changed: 3, moved: 4 }
  expect(ChangeCounts.parse(counts)).toEqual(counts)
  expect(ChangeCounts.safeParse({ ...counts, moved: 0.5 }).success).toBe(false)
  const planned = {
    kind: 'moved',
    path: '/1',
    from: '/0',
    before: null,
    after: null,
    truncated: false,
  }
  expect(PlannedChange.parse(planned)).toEqual(planned)
  expect(PlannedChange.safeParse({ ...planned, truncated: null }).success).toBe(false)
  const parts = ['inputs', 'definition', 'input', 'status', 'error', 'output']
  expect(parts.map((part) => PartingPart.parse(part))).toEqual(parts)
  const verdicts = ['same', 'alike', 'parted', 'unreached', 'only-left', 'only-right']
  expect(verdicts.map((verdict) => AlignedVerdict.parse(verdict))).toEqual(verdicts)
  expect([PartingPart.safeParse('').success, AlignedVerdict.safeParse('').success]).toEqual([
    false,
    false,
  ])
})
