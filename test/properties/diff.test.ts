import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../shared/core/diff/applyDiff.ts'
import { countChanges, diff } from '../../shared/core/diff/diff.ts'
import { invert } from '../../shared/core/diff/invert.ts'
import { isEqualJson } from '../../shared/core/diff/jsonShape.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { applyPatch } from '../../shared/core/run/applyPatch.ts'
import type { Json } from '../../shared/schema/json.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'

const settings = { seed: 20260102, numRuns: 1000 } as const

const key = fc.constantFrom('', '0', '1', 'a', 'id', 'name', 'a/b', 'm~n', '__proto__', 'š🚀')
const scalar = fc.constantFrom<Json>(null, true, false, 0, -0, 1, 1.5, '', 'a', 'b', '\ud800', '0')
/** Entries, so that `__proto__` becomes an own key. */
const record = (value: fc.Arbitrary<Json>) =>
  fc
    .uniqueArray(fc.tuple(key, value), { maxLength: 4, selector: ([name]) => name })
    .map((entries): Json => Object.fromEntries(entries))
const keyed = (value: fc.Arbitrary<Json>) =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 7 }), value), { selector: ([id]) => id })
    .map((items): Json => items.map(([id, inside]) => ({ id, inside })))

const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('json'), { maxLength: 6 }),
    record(tie('json')),
    keyed(tie('json')),
  ),
}))

/** Two lists with much in common, in any order. */
const lists = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 30 }), fc.nat({ max: 30 }))
  .chain(([items, cut]) => {
    const after = fc.shuffledSubarray(items).map((rest) => [...items.slice(0, cut), ...rest])
    return after.map((other): [Json, Json] => [items, other])
  })
const keyedLists = lists.map(([one, other]): [Json, Json] => [withIds(one), withIds(other)])
const pairs = fc.oneof(fc.tuple(json, json), lists, keyedLists)

function withIds(value: Json): Json {
  const numbers = Array.isArray(value) ? [...new Set<Json>(value)] : []
  return numbers.map((id, index) => ({ id, next: numbers[index + 1] ?? null }))
}

describe('diff', () => {
  it('[D12] applying what was found to the earlier value makes the later one', () => {
    fc.assert(
      fc.property(pairs, fc.constantFrom(1_000_000, 40, 3), ([before, after], maxNodes) => {
        const { changes, counts } = diff(deepFreeze(before), deepFreeze(after), { maxNodes })
        const applied = applyDiff(before, deepFreeze(changes))
        expect(isDeepStrictEqual(applied, after)).toBe(true)
        expect(counts).toEqual(countChanges(changes))
      }),
      settings,
    )
  })

  it('[D11] inverted changes lead back, and inverting twice changes nothing', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const { changes } = diff(before, after)
        expect(isDeepStrictEqual(applyDiff(after, invert(changes)), before)).toBe(true)
        expect(invert(invert(changes))).toEqual(changes)
      }),
      settings,
    )
  })

  it('[D1] there is no change exactly where the values are equal', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const isSame = isDeepStrictEqual(before, after)
        expect(diff(before, after).changes.length === 0).toBe(isSame)
        expect(isEqualJson(before, after)).toBe(isSame)
      }),
      settings,
    )
  })

  it('[D13] the patch makes the later value, operation by operation', () => {
    fc.assert(
      fc.property(pairs, ([before, after]) => {
        const patch = toPatch(before, diff(before, after).changes)
        expect(isDeepStrictEqual(applyPatch(before, patch), after)).toBe(true)
      }),
      settings,
    )
  })

  it('[D5] as few items are moved as can be: taking one more out of order moves one more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.nat(), (length, one, other) => {
        const items = Array.from({ length }, (_, id) => ({ id }))
        const from = one % length
        const to = other % length
        const moved = items.toSpliced(from, 1).toSpliced(to, 0, { id: from })
        const { counts } = diff(items, moved)
        expect(counts).toEqual({ added: 0, removed: 0, changed: 0, moved: from === to ? 0 : 1 })
      }),
      settings,
    )
  })
})
