import { expect, test } from 'vitest'
import { partOf } from '../../../../../shared/core/diff/partOf.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const at = { left: '/steps/a/output', right: '/steps/b/output' }

function parted(
  left: Json | undefined,
  right: Json | undefined,
  own: readonly string[] | null = [],
) {
  const verdict = partOf({ step: 'a', part: 'output', at, left, right }, { own })
  return verdict.kind === 'parted' ? verdict.parting : verdict
}

const where = { step: 'a', part: 'output' }
const item = (id: string, n = 1): Json => ({ key: id, n })

test('[D53] values are the same, alike but for what is there by chance, or part', () => {
  expect(parted({ a: 1 }, { a: 1 })).toEqual({ kind: 'same' })
  expect(parted(undefined, undefined)).toEqual({ kind: 'same' })
  expect(parted({ id: 1 }, { id: 2 })).toEqual({ kind: 'alike' })
  expect(parted('in /w/a', 'in /w/b', ['/w/a', '/w/b'])).toEqual({ kind: 'alike' })
})

test('[D58] ids count where they are asked for', () => {
  expect(parted({ id: 1 }, { id: 2 }, null)).toStrictEqual({
    ...where,
    path: '/steps/b/output/id',
    from: '/steps/a/output/id',
    before: 1,
    after: 2,
  })
})

test.each<[string, Json | undefined, Json | undefined, object]>([
  ['only in the first', [1], undefined, { path: '/steps/a/output', before: [1] }],
  ['only in the second', undefined, [1], { path: '/steps/b/output', after: [1] }],
  [
    'another value',
    { n: 1 },
    { n: 2 },
    { path: '/steps/b/output/n', from: '/steps/a/output/n', before: 1, after: 2 },
  ],
  ['a key less', { n: 1, m: 2 }, { n: 1 }, { path: '/steps/a/output/m', before: 2 }],
  ['a key more', { n: 1 }, { n: 1, m: 2 }, { path: '/steps/b/output/m', after: 2 }],
  [
    'an item that moved',
    [item('x'), item('y'), item('z')],
    [item('y'), item('z'), item('x')],
    { path: '/steps/b/output/2', from: '/steps/a/output/0', before: item('x'), after: item('x') },
  ],
  [
    'a value in an item that stands elsewhere',
    [item('gone'), item('x', 1)],
    [item('x', 2)],
    { path: '/steps/a/output/0', before: item('gone') },
  ],
])('[D57] where and how they part: %s', (_, left, right, told) => {
  expect(parted(left, right)).toStrictEqual({ ...where, ...told })
})

test('[D57] a place that is the same on both sides is told once, and values are the own ones', () => {
  const same = { left: '/inputs', right: '/inputs' }
  const verdict = partOf(
    { step: null, part: 'inputs', at: same, left: { log: 'at 2026-01-02 a' }, right: { log: 'b' } },
    { own: [] },
  )
  expect(verdict).toStrictEqual({
    kind: 'parted',
    parting: {
      step: null,
      part: 'inputs',
      path: '/inputs/log',
      before: 'at 2026-01-02 a',
      after: 'b',
    },
  })
})

test('[D57] in an item behind one that is new, each side has its own pointer', () => {
  expect(parted([item('x', 1), 'end'], [item('x', 2), 'end'])).toMatchObject({
    path: '/steps/b/output/0/n',
  })
  expect(parted({ list: [{ id: 'a', n: 1 }] }, { list: [{ id: 'a', n: 2 }] }, null)).toMatchObject({
    from: '/steps/a/output/list/0/n',
    path: '/steps/b/output/list/0/n',
  })
})
