import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeHead } from '../../shared/core/codec/decodeHead.ts'
import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { currentStep } from '../../shared/core/graph/currentStep.ts'
import { readRun } from '../../shared/core/reading/readRun.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import { transition } from '../../shared/core/run/transition.ts'
import { Run } from '../../shared/schema/run.ts'
import { readingOf, sha256 } from '../unit/shared/core/run/sampleRun.ts'
import { deepFreeze } from '../unit/shared/core/diff/deepFreeze.ts'
import { journal } from './arbitraryRun.ts'

const settings = { seed: 20260102, numRuns: 250 } as const
const cutJournal = fc.tuple(journal, fc.nat(30)).map(([records, at]) => ({ records, at }))

describe('replay', () => {
  it('[J18] of any prefix and then the rest is the replay of all', () => {
    fc.assert(
      fc.property(cutJournal, ({ records, at }) => {
        const all = replay(deepFreeze(records))
        const from = deepFreeze(replay(records.slice(0, at)))
        expect(replay(records.slice(at), { from })).toEqual(all)
        expect(replay(records, { from })).toEqual(all)
      }),
      settings,
    )
  })

  it('[J31] record by record is the same as at once, and changes nothing it was given', () => {
    fc.assert(
      fc.property(journal, (records) => {
        let run: Run | null = null
        for (const item of deepFreeze(records)) run = deepFreeze(transition(run, item))
        expect(run).toEqual(replay(records))
      }),
      settings,
    )
  })

  it('[J15] of an odd journal is a run all the same, and its head can be read', () => {
    fc.assert(
      fc.property(journal, (records) => {
        const run = replay(records)
        expect(Run.safeParse(run).error).toBeUndefined()
        if (run === null) return
        expect(decodeHead(encodeHead(run, sha256), sha256)).toMatchObject({ kind: 'ok', run })
        currentStep(run)
        for (const item of records) expect(summariseRecord(item)).not.toBe('')
      }),
      settings,
    )
  })

  it('[J28] a head of any record and the journal are the journal', () => {
    fc.assert(
      fc.property(cutJournal, ({ records, at }) => {
        const run = replay(records.slice(0, Math.max(1, at)))
        const head = run === null ? null : { text: encodeHead(run, sha256) }
        const read = readRun({ head, journal: readingOf(records) }, sha256)
        expect(read.run).toEqual(replay(records))
      }),
      settings,
    )
  })

  it('[J32] the run at any record is the replay up to it', () => {
    fc.assert(
      fc.property(cutJournal, ({ records, at }) => {
        const seq = Math.min(at + 1, records.length)
        expect(readRunAt(readingOf(records), seq)).toEqual(replay(records, { untilSeq: seq }))
      }),
      settings,
    )
  })
})
