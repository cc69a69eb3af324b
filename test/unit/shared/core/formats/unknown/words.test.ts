import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import { momentOf } from '../../../../../../shared/core/formats/unknown/momentOf.ts'
import {
  isBareWord,
  isStatusWord,
  meaningOf,
  stepMeaningOf,
} from '../../../../../../shared/core/formats/unknown/words.ts'

function nodeOf(value: unknown) {
  const parsed = parseText(JSON.stringify(value))
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

test.each([
  ['pending', 'pending queued SCHEDULED Created not_started up_for_reschedule enqueued accepted'],
  ['running', 'running STARTED in-progress InProgress retrying up_for_retry terminating'],
  ['waiting', 'waiting blocked waiting_for_input waitingForApproval delayed sensing'],
  ['paused', 'paused SUSPENDED stopped on_hold pausing'],
  ['failed', 'failed FAILURE error Timed-Out upstream_failed action_required rejected'],
  ['completed', 'completed SUCCESS done ok passed neutral cached'],
  ['cancelled', 'cancelled CANCELED aborted revoked removed'],
])('[F240] words for %s, however they are written', (status, words) => {
  const all = words.split(' ')
  const asRun = all.map((word) => [word, meaningOf(word, {}), isStatusWord(word)])
  expect(asRun).toEqual(all.map((word) => [word, status, true]))
  const ofSteps = { completed: 'succeeded', paused: 'waiting' } as Readonly<Record<string, string>>
  expect(all.map((word) => stepMeaningOf(word, {}))).toEqual(
    all.map(() => ofSteps[status] ?? status),
  )
})

test('[F240] only a step is skipped, and the longer words of Temporal are read by their end', () => {
  for (const word of ['skipped', 'Omitted', 'upstream_skipped', 'BYPASSED'])
    expect([word, stepMeaningOf(word, {}), meaningOf(word, {}), isStatusWord(word)]).toEqual([
      word,
      'skipped',
      null,
      true,
    ])
  expect(meaningOf('WORKFLOW_EXECUTION_STATUS_FAILED', {})).toBe('failed')
  expect(meaningOf('not_failed', {})).toBeNull()
  expect([stepMeaningOf('kaputt', {}), isStatusWord('kaputt')]).toEqual([null, false])
})

test('[F245] what a person said of a word goes before what is known of it', () => {
  const said = { skipped: 'failed', kaputt: 'completed', done: 'paused' } as const
  expect(['Skipped', 'Kaputt', 'DONE', 'failed'].map((word) => stepMeaningOf(word, said))).toEqual([
    'failed',
    'succeeded',
    'waiting',
    'failed',
  ])
})

test.each([
  ['ok', true],
  ['größer-als_2', true],
  ['x', false],
  ['2nd', false],
  ['two words', false],
  ['', false],
  [`a${'b'.repeat(39)}`, true],
  [`a${'b'.repeat(40)}`, false],
  [7, false],
])('[F241] %j is one short word: %s', (value, isOne) => {
  expect(isBareWord(nodeOf(value))).toBe(isOne)
})

test.each([
  ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01 08:00:07', '2026-03-01T08:00:07.000Z'],
  ['2026-03-01T08:00:07.123456', '2026-03-01T08:00:07.123Z'],
  ['2026-03-01T08:00+01:30', '2026-03-01T06:30:00.000Z'],
  ['2026-03-01T08:00-0130', '2026-03-01T09:30:00.000Z'],
  ['2026-03-01 08:00 UTC', '2026-03-01T08:00:00.000Z'],
  ['at 2026-03-01', null],
  ['2026-03-01 or so', null],
  ['2026-03-01T25:00', null],
  ['2000-01-01', '2000-01-01T00:00:00.000Z'],
  ['2100-01-01', null],
  [946_684_800, '2000-01-01T00:00:00.000Z'],
  [4_102_444_800, null],
  ['x1772352000', null],
  ['1772352000x', null],
  [12_345_678, null],
  [false, null],
  [{}, null],
])('[F242] %j is the time %s', (value, at) => {
  expect(momentOf(nodeOf(value))?.at ?? null).toBe(at)
})
