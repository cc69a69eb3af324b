import { expect, test } from 'vitest'
import { countOverTime } from '../../../../../shared/core/diagnose/countOverTime.ts'
import { errorStanding } from '../../../../../shared/core/diagnose/errorStanding.ts'
import { observeTry, type TriedRun } from '../../../../../shared/core/diagnose/observeTry.ts'
import type {
  ErrorDecision,
  ErrorTry,
  KeptDecision,
} from '../../../../../shared/schema/errorGroup.ts'

function at(hour: number): string {
  return `2026-01-02T${String(hour).padStart(2, '0')}:00:00.000Z`
}

function tried(hour: number, more: Partial<ErrorTry> = {}): ErrorTry {
  return {
    kind: 'fork',
    run: 'etl-1',
    goesOn: 'etl-9',
    at: at(hour - 1),
    by: 'ada',
    reason: null,
    operation: 'op',
    edited: false,
    outcome: 'past',
    observedAt: at(hour),
    ...more,
  }
}

function said(hour: number, decision: ErrorDecision) {
  return { decision, at: at(hour), by: 'ada', reason: 'the disk was full' }
}

const mute = { kind: 'muted', more: null, until: null } as const
const now = at(20)

test('[G63] an error is resolved by what was seen past it, with run and time', () => {
  const failures = [at(1), at(2)]
  const tries = [tried(6, { outcome: 'same' }), tried(5), tried(3, { goesOn: 'etl-3' })]

  expect(errorStanding({ said: null, tries, failures, now })).toEqual({
    state: 'resolved',
    since: at(5),
    again: null,
    sentence: `Resolved by fork etl-9 at ${at(5)}: the step is behind it.`,
    solvedBy: tries[1],
  })
  const edited = tried(5, { kind: 'resume', goesOn: 'etl-1', edited: true })
  expect(errorStanding({ said: null, tries: [edited], failures, now }).sentence).toBe(
    `Resolved by edit and resume of etl-1 at ${at(5)}: the step is behind it.`,
  )
})

test('[G63] a run that fails so after it was resolved opens it again, since then', () => {
  const history = { said: null, tries: [tried(5)], failures: [at(9), at(1), at(7)], now }

  expect(errorStanding(history)).toMatchObject({
    state: 'open',
    again: at(7),
    sentence: expect.stringMatching(/^Again since .*07:00.*\. 2 runs failed like this/),
    solvedBy: { goesOn: 'etl-9' },
  })
  const tries = [tried(10), ...history.tries]
  expect(errorStanding({ ...history, tries }).state).toBe('resolved')
})

test('[G63] what was asked for and not seen resolves nothing', () => {
  const outcomes = ['same', 'other', 'going', 'rests', 'none', 'unknown'] as const
  for (const outcome of outcomes) {
    const tries = [tried(5, { outcome })]
    expect(errorStanding({ said: null, tries, failures: [at(1)], now }).state).toBe('open')
  }
})

test('[G64] the last word counts, a person’s or that of a run, in the order of time', () => {
  const failures = [at(1)]
  const state = (hour: number, decision: ErrorDecision) =>
    errorStanding({ said: said(hour, decision), tries: [tried(5)], failures, now })

  expect(state(6, { kind: 'open' })).toMatchObject({
    state: 'open',
    sentence: `Reopened by ada at ${at(6)} (the disk was full).`,
  })
  expect(state(4, { kind: 'open' }).state).toBe('resolved')
  expect(state(6, mute).state).toBe('muted')
  expect(state(4, mute).state).toBe('resolved')
  expect(state(6, { kind: 'none' }).since).toBe(at(5))
})

test('[G64] what a person called resolved is open again with the next failure', () => {
  const history = { said: said(6, { kind: 'resolved' }), tries: [], now }

  expect(errorStanding({ ...history, failures: [at(1)] })).toMatchObject({
    state: 'resolved',
    since: at(6),
    solvedBy: null,
  })
  expect(errorStanding({ ...history, failures: [at(1), at(8)] })).toMatchObject({
    state: 'open',
    again: at(8),
  })
})

test('[G65] a muted error is open again once so many more failed, or at its time', () => {
  const more = said(3, { ...mute, more: 2 })
  const until = said(3, { ...mute, until: at(12) })

  expect(afterSaying(more, [at(1), at(4)])).toMatchObject({
    state: 'muted',
    sentence: `Muted by ada at ${at(3)} (the disk was full) until one more fails like this.`,
  })
  expect(afterSaying(more, [at(1), at(4), at(5)])).toMatchObject({ state: 'open', again: at(4) })
  expect(afterSaying(until, [at(4), at(5)], at(11)).state).toBe('muted')
  expect(afterSaying(until, [at(5)], at(12))).toMatchObject({ state: 'open', again: at(5) })
  expect(afterSaying(said(3, mute), [at(4)]).sentence).toMatch(/until somebody reopens it\.$/)
  expect(afterSaying(until, [at(3)], at(12))).toMatchObject({ state: 'open', again: null })
  expect(afterSaying(more, []).sentence).toMatch(/ until 2 more fail like this\.$/)
  const both = said(3, { ...mute, more: 2, until: at(12) })
  expect(afterSaying(both, [], at(11)).sentence).toMatch(
    ` until 2 more fail like this or ${at(12)}.`,
  )
  expect(afterSaying(both, [at(4), at(5)]).sentence).toBe(
    `Muted by ada at ${at(3)} (the disk was full) until 2 more, which failed by ${at(5)}.`,
  )
  expect(afterSaying({ ...until, reason: null }, []).sentence).toBe(
    `Muted by ada at ${at(3)} until ${at(12)}.`,
  )
})

test('[G63] what nothing was said of and nothing came of says whether it was tried', () => {
  const standing = (tries: readonly ErrorTry[], one: ReturnType<typeof said> | null = null) =>
    errorStanding({ said: one, tries, failures: [at(1)], now }).sentence
  expect(standing([])).toBe('Nothing was tried yet.')
  expect(standing([tried(5, { outcome: 'same' })])).toBe('Nothing that was tried got past it yet.')
  expect(standing([], said(3, { kind: 'none' }))).toBe('Nothing was tried yet.')
  expect(standing([tried(5, { observedAt: null })])).toBe('Nothing that was tried got past it yet.')
  expect(standing([tried(5), tried(7, { goesOn: 'etl-7' }), tried(6)])).toContain('fork etl-7')
  expect(standing([tried(5)], said(5, { kind: 'open' }))).toContain('Reopened by ada')
  expect(standing([], said(3, { kind: 'resolved' }))).toBe(
    `Said to be resolved by ada at ${at(3)} (the disk was full).`,
  )
  const again = { said: null, tries: [tried(5)], failures: [at(5), at(7)], now }
  expect(errorStanding(again).sentence).toBe(
    `Again since ${at(7)}. One run failed like this after it was resolved. Before: Resolved by fork etl-9 at ${at(5)}: the step is behind it.`,
  )
})

const run: TriedRun = {
  status: 'failed',
  error: 'load: x',
  finishedAt: at(6),
  updatedAt: at(6),
  step: { status: 'failed', finishedAt: at(6) },
}

test('[G62] what came of a try is told by what its run shows', () => {
  const asked = { at: at(5), error: 'load: x', failedNext: null }
  const told = (change: Partial<TriedRun>) => observeTry({ ...asked, now: { ...run, ...change } })
  const done = { status: 'succeeded', finishedAt: at(7) }

  expect(told({})).toEqual({ outcome: 'same', observedAt: at(6) })
  expect(told({ error: 'load: y' })).toEqual({ outcome: 'other', observedAt: at(6) })
  expect(told({ error: 'send: x', step: done })).toEqual({ outcome: 'past', observedAt: at(7) })
  expect(told({ status: 'running', step: { ...done, status: 'running' } }).outcome).toBe('going')
  expect(told({ status: 'cancelled' })).toEqual({ outcome: 'rests', observedAt: at(6) })
  expect(told({ status: 'pending' }).outcome).toBe('going')
  expect(told({ status: 'waiting', step: null }).outcome).toBe('going')
  expect(told({ step: { status: 'skipped', finishedAt: null } })).toEqual({
    outcome: 'past',
    observedAt: at(6),
  })
  expect(told({ finishedAt: at(5) }).outcome).toBe('same')
  expect(told({ finishedAt: null, updatedAt: at(8) }).observedAt).toBe(at(8))
  expect(told({ status: 'completed', step: null })).toEqual({ outcome: 'past', observedAt: at(6) })
  expect(told({ finishedAt: at(4) })).toEqual({ outcome: 'none', observedAt: null })
  expect(observeTry({ ...asked, now: null }).outcome).toBe('unknown')
})

test('[G62] a run that was tried again had failed before that; one whose step was marked done got past it later', () => {
  const done = { ...run, status: 'completed' }
  const failedNext = { error: 'load: x', at: at(8) }
  const marked = { status: 'succeeded', finishedAt: at(1) }

  expect(observeTry({ at: at(5), error: 'load: x', failedNext, now: done })).toEqual({
    outcome: 'same',
    observedAt: at(8),
  })
  expect(observeTry({ at: at(5), error: 'load: y', failedNext, now: done }).outcome).toBe('other')
  expect(
    observeTry({ at: at(5), error: 'load: x', failedNext: null, now: { ...done, step: marked } }),
  ).toEqual({ outcome: 'past', observedAt: at(5) })
})

test('[G66] failures are counted over time, each once, the newest last', () => {
  const times = [at(2), at(2), at(11), at(12)]
  const counted = countOverTime(times, { now: at(12), bars: 10 })

  expect(counted?.counts).toHaveLength(10)
  expect(counted?.counts.reduce((sum, one) => sum + one, 0)).toBe(times.length)
  expect([counted?.counts[0], counted?.counts.at(-1), counted?.toAt]).toEqual([2, 2, at(12)])
  // Ten parts of a little more than an hour.
  expect(counted?.fromAt).toBe('2026-01-02T01:59:59.990Z')
  expect(countOverTime(['never', at(12)], { now: at(12), bars: 2 })).toEqual({
    fromAt: '2026-01-02T11:58:00.000Z',
    toAt: at(12),
    counts: [0, 1],
  })
  expect(countOverTime([], { now, bars: 10 })).toBeNull()
  // A clock that was ahead.
  expect(countOverTime([at(13)], { now: at(12), bars: 3 })?.counts).toEqual([0, 0, 1])
})

function afterSaying(one: KeptDecision, failures: readonly string[], when = now) {
  return errorStanding({ said: one, tries: [], failures, now: when })
}
