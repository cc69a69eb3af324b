import { expect, test } from 'vitest'
import { listedFacts } from '../../../../../shared/core/diagnose/listedFacts.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import { at, makeRun, makeStep, type RunParts } from '../resume/makeRun.ts'

const paused: RecordBody = { type: 'runPaused', by: 'ada', reason: 'lunch' }
const cancelled: RecordBody = { type: 'runCancelled', by: 'bob', reason: null }
const other: RecordBody = { type: 'runStarted', by: 'ada' }

function facts(given: RunParts, records: readonly RecordBody[] = []) {
  return listedFacts(makeRun({ updatedAt: at(30), ...given }), { journalBytes: 9, records })
}

test('[G35] what rests says why, as reading all of it would', () => {
  expect(facts({ status: 'failed', steps: { build: makeStep('failed') } })).toEqual({
    journalBytes: 9,
    reason: { rule: 'G14', severity: 'stuck', sentence: 'build failed.' },
  })
  expect(facts({ status: 'completed', finishedAt: at(20) }).reason).toEqual({
    rule: 'G29',
    severity: 'resting',
    sentence: 'Completed 10 min ago in 20 min: 0 of 3 steps succeeded.',
  })
})

test('[G35] who put it to rest is in its last such record; without one the journal has to be asked', () => {
  expect(sentenceOf('paused', cancelled, paused, other)).toBe(
    'Paused 0 s ago by ada: it goes on when it is resumed.',
  )
  expect(sentenceOf('cancelled', paused, cancelled)).toBe(
    'Cancelled 0 s ago by bob. It can be resumed where it stopped.',
  )
  for (const status of ['paused', 'cancelled'] as const) {
    expect(facts({ status })).toEqual({ journalBytes: 9 })
    expect(facts({ status }, [other])).toEqual({ journalBytes: 9 })
  }
})

test.each(['pending', 'running', 'waiting'] as const)(
  '[G37] of a run that is %s only its processes say why',
  (status) => {
    expect(facts({ status })).toEqual({ journalBytes: 9 })
  },
)

test('[G37] and so of one whose step still ran when it ended', () => {
  const steps = { build: makeStep('succeeded'), charge: makeStep('running') }
  expect(facts({ status: 'failed', steps })).toEqual({ journalBytes: 9 })
})

function sentenceOf(status: 'paused' | 'cancelled', ...records: readonly RecordBody[]) {
  return facts({ status }, records).reason?.sentence
}
