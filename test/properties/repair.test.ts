import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { check } from '../../shared/core/integrity/check.ts'
import { RepairPlan } from '../../shared/core/repair/repairPlan.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import {
  applyOutcome,
  checkpoint,
  filesOf,
  history,
  keyframeAfter,
  planFor,
  readFiles,
  type Files,
} from '../unit/shared/core/repair/storedRun.ts'

const settings = { seed: 20260102, numRuns: 120 } as const

const tail: readonly RecordBody[] = [
  { type: 'variableSet', name: 'late', value: [1, 2, 3] },
  checkpoint('cp-11', 'cp-7'),
]
const bodies = [...history, keyframeAfter(history), ...tail]

type Harm = (bytes: Buffer) => Buffer
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const at = (bytes: Buffer, share: number) => Math.floor(share * bytes.byteLength)

const flip = fc.tuple(place, fc.nat({ max: 7 })).map(([share, bit]): Harm => (bytes) => {
  const copy = Buffer.from(bytes)
  const index = at(copy, share)
  if (copy.byteLength > 0) copy[index] = (copy[index] ?? 0) ^ (1 << bit)
  return copy
})
const truncate = place.map(
  (share): Harm =>
    (bytes) =>
      bytes.subarray(0, at(bytes, share)),
)
const insert = fc.tuple(place, fc.constantFrom('x', '\n', '{}\n', 'junk\n', '\0\0\0')).map(
  ([share, text]): Harm =>
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, at(bytes, share)),
        Buffer.from(text),
        bytes.subarray(at(bytes, share)),
      ]),
)
const remove = fc.tuple(place, fc.nat({ max: 2000 })).map(
  ([share, length]): Harm =>
    (bytes) =>
      Buffer.concat([
        bytes.subarray(0, at(bytes, share)),
        bytes.subarray(at(bytes, share) + length),
      ]),
)
const append = fc.constantFrom('{"seq":', 'junk\n').map(
  (text): Harm =>
    (bytes) =>
      Buffer.concat([bytes, Buffer.from(text)]),
)
const harm = fc.oneof(flip, truncate, insert, remove, append)
const harms = fc.array(harm, { maxLength: 2 })
/** Null: the file is gone. */
const fate = fc.oneof({ weight: 5, arbitrary: harms }, { weight: 1, arbitrary: fc.constant(null) })

const damaged = fc
  .record({ headSeq: fc.integer({ min: 1, max: bodies.length }), head: fate, journal: fate })
  .map(({ headSeq, head, journal }): Files => {
    const whole = filesOf(bodies, headSeq)
    return { head: suffer(whole.head, head), journal: suffer(whole.journal, journal) }
  })

function suffer(bytes: Buffer | null, how: readonly Harm[] | null): Buffer | null {
  if (how === null || bytes === null) return null
  return how.reduce((now, one) => one(now), bytes)
}

describe('planRepair', () => {
  it('[R19] whatever the damage, a repair that is applied leaves no finding, and reads as it was planned', () => {
    fc.assert(
      fc.property(damaged, (files) => {
        const { plan, outcome } = planFor(files)
        expect(RepairPlan.safeParse(plan).success).toBe(true)
        expect(outcome !== null).toBe(plan.ready)
        if (outcome === null) return
        const after = applyOutcome(files, outcome, plan.source ?? '')
        const { reading } = readFiles(after)
        expect(reading.findings).toEqual([])
        const { journal: _then, ...planned } = outcome.run
        const { journal: _now, ...now } = reading.run ?? outcome.run
        expect({ ...now, updatedAt: null }).toEqual({ ...planned, updatedAt: null })
        expect(planFor(after).plan.problems).toEqual([
          'Nothing is damaged: there is nothing to repair.',
        ])
      }),
      settings,
    )
  })

  it('[R20] a repair adds no contradiction to the run', () => {
    fc.assert(
      fc.property(damaged, (files) => {
        const { outcome } = planFor(files)
        if (outcome === null) return
        expect(check(outcome.run).filter(({ severity }) => severity === 'error')).toEqual([])
      }),
      settings,
    )
  })

  it('[R21] the default source never knows less than what can be read now', () => {
    fc.assert(
      fc.property(damaged, (files) => {
        const { plan, outcome } = planFor(files)
        const { run } = readFiles(files).reading
        if (outcome === null || run === null) return
        expect(plan.source).not.toBe('salvage')
        expect(outcome.run.journal.seq).toBeGreaterThanOrEqual(run.journal.seq)
      }),
      settings,
    )
  })
})
