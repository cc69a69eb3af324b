import { expect, test } from 'vitest'
import type { Change } from '../../../../../shared/core/diff/change.ts'
import { plannedChanges, toldChanges } from '../../../../../shared/core/diff/plannedChanges.ts'

const changes: readonly Change[] = [
  { kind: 'added', path: '/a', after: { b: [1] } },
  { kind: 'removed', path: '/c', before: null },
  { kind: 'changed', path: '/d', before: 'x', after: 'y' },
  { kind: 'moved', path: '/e/1', from: '/e/0' },
]

test('[R17] each change of a plan has its values as text, and where it came from', () => {
  expect(plannedChanges(changes)).toEqual([
    {
      kind: 'added',
      path: '/a',
      from: null,
      before: null,
      after: '{\n  "b": [\n    1\n  ]\n}',
      truncated: false,
    },
    { kind: 'removed', path: '/c', from: null, before: 'null', after: null, truncated: false },
    { kind: 'changed', path: '/d', from: null, before: '"x"', after: '"y"', truncated: false },
    { kind: 'moved', path: '/e/1', from: '/e/0', before: null, after: null, truncated: false },
  ])
})

test('[R18] a value that is too long is cut, and says so', () => {
  const long = 'x'.repeat(8190)
  expect(cutOf(long, 'y')).toEqual([8192, 3, false])
  expect(cutOf(`${long}x`, 'y')).toEqual([8192, 3, true])
  expect(cutOf('y', `${long}x`)).toEqual([3, 8192, true])
})

test('[R18] all values together have room in one message, and two hundred changes are shown of all', () => {
  const many = Array.from({ length: 300 }, (_, index): Change => ({
    kind: 'changed',
    path: `/${index}`,
    before: 'x'.repeat(5000),
    after: 'y',
  }))
  const counts = { added: 0, removed: 0, changed: 300, moved: 0 }
  const told = toldChanges({ changes: many, counts, coarse: true })
  expect(told).toMatchObject({ total: 300, counts, coarse: true })
  expect(told.changes).toHaveLength(200)
  expect(told.changes[0]?.before).toHaveLength(750)
  expect(plannedChanges(many.slice(0, 10), 1000)[0]?.before).toHaveLength(50)
  expect(plannedChanges([])).toEqual([])
})

/** How long both values are shown, and whether that is said to be all of them. */
function cutOf(before: string, after: string) {
  const [one] = plannedChanges([{ kind: 'changed', path: '/a', before, after }])
  return [one?.before?.length, one?.after?.length, one?.truncated]
}
