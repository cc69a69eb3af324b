import { describe, expect, it } from 'vitest'
import { diff } from '../../../../../shared/core/diff/diff.ts'
import { toPatch } from '../../../../../shared/core/diff/toPatch.ts'
import { applyPatch } from '../../../../../shared/core/run/applyPatch.ts'
import type { Json } from '../../../../../shared/schema/json.ts'
import { deepFreeze } from './deepFreeze.ts'

function patchOf(before: Json, after: Json) {
  return toPatch(deepFreeze(before), diff(before, deepFreeze(after)).changes)
}

/** Every order of at most so many of these. */
function arrangements(of: readonly string[], most: number): readonly (readonly string[])[] {
  if (most === 0) return [[]]
  const longer = of.flatMap((first) =>
    arrangements(
      of.filter((other) => other !== first),
      most - 1,
    ).map((rest) => [first, ...rest]),
  )
  return [[], ...longer]
}

describe('toPatch', () => {
  it('[D13] every change becomes operations that are valid one after the other', () => {
    const before: Json = { l: ['a', 'b', 'c', 'd'], gone: 1, n: { 'a/b': 1 } }
    const after: Json = { l: ['x', 'b', 'd', 'e'], n: { 'a/b': 2 }, fresh: {} }
    const patch = patchOf(before, after)
    expect(patch).toEqual([
      { op: 'remove', path: '/gone' },
      { op: 'replace', path: '/l/0', value: 'x' },
      { op: 'remove', path: '/l/2' },
      { op: 'add', path: '/l/3', value: 'e' },
      { op: 'replace', path: '/n/a~1b', value: 2 },
      { op: 'add', path: '/fresh', value: {} },
    ])
    expect(applyPatch(before, patch)).toEqual(after)
  })

  it('[D13] a moved item is one move, and what changed inside it is changed where it was', () => {
    const before: Json = [{ id: 'a', n: 1 }, { id: 'b' }, { id: 'c' }]
    const after: Json = [{ id: 'b' }, { id: 'c' }, { id: 'a', n: 2 }]
    const patch = patchOf(before, after)
    expect(patch).toEqual([
      { op: 'replace', path: '/0/n', value: 2 },
      { op: 'move', from: '/0', path: '/2' },
    ])
    expect(applyPatch(before, patch)).toEqual(after)
  })

  it('[D13] whatever comes, goes and moves in a list, the patch makes the later one and moves nothing to where it is', () => {
    const before: Json = ['a', 'b', 'c', 'd'].map((id) => ({ id }))
    for (const ids of arrangements(['a', 'b', 'c', 'd', 'x'], 4)) {
      const after: Json = ids.map((id) => ({ id }))
      const patch = patchOf(before, after)
      expect(applyPatch(before, patch)).toEqual(after)
      expect(patch.filter((one) => one.op === 'move' && one.from === one.path)).toEqual([])
    }
  })

  it('[D13] the whole value can be replaced', () => {
    expect(patchOf([1], { a: 1 })).toEqual([{ op: 'replace', path: '', value: { a: 1 } }])
  })
})
