import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDiff } from '../../shared/core/diff/applyDiff.ts'
import { diff } from '../../shared/core/diff/diff.ts'
import { invert } from '../../shared/core/diff/invert.ts'
import { toPatch } from '../../shared/core/diff/toPatch.ts'
import { applyPatch } from '../../shared/core/run/applyPatch.ts'
import type { Json } from '../../shared/schema/json.ts'
import { arbitraryEdits, editedPair } from './arbitraryEdits.ts'

describe('diff of edited documents', () => {
  it('[D19] makes the later of 10,000 random pairs of the earlier one, in both directions and as a patch', () => {
    fc.assert(
      fc.property(arbitraryEdits, (edits) => {
        const { before, after } = editedPair(edits)
        const { changes } = diff(before, after)
        expectSame(applyDiff(before, changes), after)
        expectSame(applyDiff(after, invert(changes)), before)
        expectSame(applyPatch(before, toPatch(before, changes)), after)
      }),
      { seed: 20260103, numRuns: 10_000 },
    )
  }, 60_000)

  it('[D20] of so many edits has at most so many changes', () => {
    fc.assert(
      fc.property(arbitraryEdits, (edits) => {
        const { before, after, made } = editedPair(edits)
        expect(diff(before, after).changes.length).toBeLessThanOrEqual(made)
      }),
      { seed: 20260103, numRuns: 2000 },
    )
  })
})

/** `toEqual` takes 0 for -0 in no case, but is slow for 10,000 documents. */
function expectSame(one: Json, other: Json): void {
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other)
}
