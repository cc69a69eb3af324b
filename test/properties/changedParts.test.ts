import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { diff } from '../../shared/core/diff/diff.ts'
import { readChangedParts } from '../../shared/core/reading/readChangedParts.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { runAsJson, type Run } from '../../shared/schema/run.ts'
import { readingOf } from '../unit/shared/core/run/sampleRun.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'
import { journal } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 500 } as const

/** Without the lists that a partial state has not. */
function comparable(run: Run | null) {
  return run === null ? null : runAsJson({ ...run, checkpoints: [], decisions: [] })
}

describe('readChangedParts', () => {
  it('[D31] of two near records says the same as comparing both whole states', () => {
    let compared = 0
    fc.assert(
      fc.property(journal, fc.nat(30), fc.integer({ min: 1, max: 4 }), (records, at, steps) => {
        const from = Math.min(at + 1, records.length)
        const until = Math.min(from + steps, records.length)
        const parts = readChangedParts(readingOf(deepFreeze(records)), from, until)
        if (parts === null) return
        compared += 1
        const [left, right] = [from, until].map((untilSeq) =>
          comparable(replay(records, { untilSeq })),
        )
        const whole = diff(left ?? null, right ?? null).changes
        const found = diff(comparable(parts.earlier), comparable(parts.later)).changes
        const without = (changes: typeof whole) =>
          changes.filter(({ path }) => !/^\/(?:journal|updatedAt)/.test(path))
        expect(isDeepStrictEqual(sorted(without(found)), sorted(without(whole)))).toBe(true)
      }),
      settings,
    )
    expect(compared).toBeGreaterThan(50)
  })
})

/** Steps and variables stand in another order in a state that was made of parts. */
function sorted<T extends { readonly path: string }>(changes: readonly T[]): readonly T[] {
  return changes.toSorted((one, other) => (one.path < other.path ? -1 : 1))
}
