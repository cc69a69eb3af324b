import { describe, expect, it } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { outline } from '../../../../../shared/core/diff/outline.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from './deepFreeze.ts'

function told(before: Json, after: Json) {
  const { changes } = diff(deepFreeze(before), deepFreeze(after))
  const { rows, unchangedAfter } = outline(before, after, deepFreeze(changes))
  const shown = (runs: typeof unchangedAfter) =>
    runs.map(({ path, start, count }) => `${path}[${start}..${start + count - 1}]`)
  return [
    ...rows.flatMap(({ change, unchangedBefore }) => [
      ...shown(unchangedBefore),
      `${change.kind} ${change.path}`,
    ]),
    ...shown(unchangedAfter),
  ]
}

describe('outline', () => {
  it('[D50] stands in the order of the later value, with what is unchanged between', () => {
    const before = { a: 1, b: 2, c: 3, d: { e: 1, f: 2, g: 3 }, h: 4 }
    const after = { a: 1, b: 2, c: 0, d: { e: 1, f: 0, g: 3 }, h: 4 }
    expect(told(before, after)).toEqual([
      '[0..1]',
      'changed /c',
      '/d[0..0]',
      'changed /d/f',
      '/d[2..2]',
      '[4..4]',
    ])
  })

  it('[D50] tells what went where it stood, and what is new where it stands', () => {
    expect(told({ first: 1, gone: 2, last: 3 }, { first: 1, last: 3, fresh: 4 })).toEqual([
      '[0..0]',
      'removed /gone',
      '[1..1]',
      'added /fresh',
    ])
    expect(told({ gone: 1 }, {})).toEqual(['removed /gone'])
  })

  it('[D50] tells a moved item where it is now, with what changed inside it', () => {
    const items = ['a', 'b', 'c', 'd'].map((id) => ({ id, n: 1, m: 1 }))
    const [a, b, c, d] = items
    expect(told(items, [{ ...d, n: 2 }, a, b, c] as Json)).toEqual([
      'moved /0',
      '/0[0..0]',
      'changed /3/n',
      '/0[2..2]',
      '[1..3]',
    ])
  })

  it('[D50] has nothing to tell of equal values', () => {
    expect(told({ a: [1, 2] }, { a: [1, 2] })).toEqual([])
  })
})
