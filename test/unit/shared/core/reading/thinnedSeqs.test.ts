import { expect, test } from 'vitest'
import { thinnedSeqs } from '../../../../../shared/core/reading/thinnedSeqs.ts'
import { born, readingOf, recordOf, sampleRun, started } from '../run/sampleRun.ts'

const gap = (fromSeq: number, toSeq: number) => ({
  fromSeq,
  toSeq,
  sumBefore: `sum-${fromSeq - 1}`,
})
const thinned = (...dropped: readonly object[]) => ({ type: 'thinned', dropped })

test('[X32] only records that thinning took away are told to be thinned', () => {
  const reading = readingOf([
    recordOf(born(), 1),
    recordOf({ type: 'keyframe', run: sampleRun() }, 5),
    recordOf(started, 6),
    recordOf(thinned(gap(2, 4), gap(8, 9)), 7),
    recordOf(thinned(gap(6, 6)), 12),
    recordOf({ type: 'ofTomorrow', dropped: [gap(10, 11)] }, 13),
  ])
  const isThinned = thinnedSeqs(reading)
  const seqs = Array.from({ length: 15 }, (_, seq) => seq)
  expect(seqs.filter(isThinned)).toEqual([2, 3, 4, 8, 9])
})
