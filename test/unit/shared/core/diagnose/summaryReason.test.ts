import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeHead } from '../../../../../shared/core/codec/encodeHead.ts'
import { readSummary } from '../../../../../shared/core/codec/summaryLine.ts'
import { diagnose } from '../../../../../shared/core/diagnose/diagnose.ts'
import { listedFacts } from '../../../../../shared/core/diagnose/listedFacts.ts'
import { retellAge } from '../../../../../shared/core/diagnose/retellAge.ts'
import { summaryReason } from '../../../../../shared/core/diagnose/summaryReason.ts'
import type { RecordBody } from '../../../../../shared/schema/journal.ts'
import type { Run } from '../../../../../shared/schema/run.ts'
import { anyRun } from '../../../../properties/arbitraryRun.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const laterMs = [0, 61_000, 3 * 3_600_000, 30 * 86_400_000]

/** Runs at rest whose names leave room in the summary. */
const resting = fc
  .tuple(anyRun, fc.constantFrom('paused', 'failed', 'completed', 'cancelled'))
  .map(([run, status]): Run => {
    const steps = Object.entries(run.steps).map(([step, state]) => {
      const isOver = state.status !== 'running'
      return [step, isOver ? state : { ...state, status: 'failed' }] as const
    })
    const workflow = { ...run.workflow, name: 'deploy', version: null }
    const error = run.error === null ? null : { ...run.error, message: 'no route to host' }
    const rested = { ...run, status, error, workflow, lineage: null }
    return { ...rested, steps: Object.fromEntries(steps) as Run['steps'] } // the keys that they had
  })

function after(run: Run, ms: number): string {
  return new Date(Date.parse(run.updatedAt) + ms).toISOString()
}

function wholeReason(run: Run, now: string, restedBy: { by: string; reason: null } | null) {
  const [first] = diagnose({
    run,
    health: 'ok',
    version: 3,
    liveness: 'none',
    holder: null,
    heldHere: false,
    inDoubt: [],
    traces: {},
    findings: [],
    trusted: true,
    now,
    formatLabel: 'Unstuck',
    restedBy,
  })
  return { rule: first?.rule, sentence: first?.sentence, severity: first?.severity }
}

describe('the reason of a run from its summary', () => {
  test('[G35] a run that rests has the reason that reading all of it gives, at any later time', () => {
    let known = 0
    fc.assert(
      fc.property(resting, fc.constantFrom(...laterMs), (run, ms) => {
        const paused: RecordBody = { type: 'runPaused', by: 'ada', reason: null }
        const isPaused = run.status === 'paused' || run.status === 'cancelled'
        const records = isPaused ? [paused] : []
        const head = encodeHead(run, sha256, listedFacts(run, { journalBytes: 9, records }))
        const summary = readSummary(head, sha256)
        if (summary?.reason === undefined) return
        const now = after(run, ms)
        const expected = wholeReason(run, now, isPaused ? { by: 'ada', reason: null } : null)
        const told = summaryReason(summary, now)
        // A sentence that was cut where its age stands is told by the summary's own rule.
        if (summary.reason.sentence.endsWith('…') && told.reason.sentence !== expected.sentence)
          expect(told.reason.rule).toBe(expected.rule)
        else expect(told).toEqual({ reason: expected, liveness: 'none', isExact: true })
        known += 1
      }),
      { seed: 12, numRuns: 400 },
    )
    expect(known).toBeGreaterThan(40)
  })

  test('[G36] an age is told anew, and a reason whose age cannot be found is not', () => {
    const times = {
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T01:00:00.000Z',
      finishedAt: '2026-01-01T00:30:00.000Z',
    }
    const retell = (rule: string, sentence: string) =>
      retellAge({ rule, sentence, severity: 'resting' }, times, '2026-01-01T03:00:00.000Z')
        ?.sentence
    expect([
      retell('G29', 'Completed 5 s ago in 12 s: 3 of 3 steps succeeded.'),
      retell('G28', 'Cancelled 2 days ago by ada. It can be resumed where it stopped.'),
      retell('G21', 'Paused 89 s ago: it goes on when it is resumed.'),
      retell('G22', 'Never started: created 5 min ago, and no step has begun.'),
      retell('G14', 'deploy failed 5 s ago'),
      retell('G29', 'Completed some time ago'),
      retell('G12', 'Held for 5 s by process 7 on here: …'),
      retell('G11', 'Process 7 on here is gone. Last change 5 s ago; nothing moves.'),
      retell('G21', 'Kept an unknown time ago by the program'),
      retell('G29', 'Completed 5 s ago in 12 s: 3 of 3 st…'),
      retell('I26', 'It is cut.'),
      retell('GI', 'It is no rule.'),
    ]).toEqual([
      'Completed 2 h ago in 12 s: 3 of 3 steps succeeded.',
      'Cancelled 2 h ago by ada. It can be resumed where it stopped.',
      'Paused 2 h ago: it goes on when it is resumed.',
      'Never started: created 3 h ago, and no step has begun.',
      'deploy failed 5 s ago',
      undefined,
      undefined,
      'Process 7 on here is gone. Last change 2 h ago; nothing moves.',
      'Kept 2 h ago by the program',
      undefined,
      'It is cut.',
      undefined,
    ])
    const reason = { rule: 'G28', sentence: 'Cancelled 5 s ago.', severity: 'resting' } as const
    const now = '2026-01-01T03:00:00.000Z'
    expect(retellAge(reason, { ...times, finishedAt: null }, now)?.sentence).toBe(
      'Cancelled 2 h ago.',
    )
    expect(
      retellAge(reason, { createdAt: null, updatedAt: null, finishedAt: null }, now),
    ).toBeNull()
  })

  test.each([
    'G1',
    'G2',
    'G3',
    'G4',
    'G5',
    'G7',
    'G9',
    'G14',
    'G15',
    'G16',
    'G24',
    'G34',
    'G38',
    'G39',
    'G42',
    'G43',
    'G45',
  ])('[G36] a reason by %s tells no age', (rule) => {
    const reason = { rule, sentence: 'It is so.', severity: 'stuck' } as const
    const times = { createdAt: null, updatedAt: null, finishedAt: null }
    expect(retellAge(reason, times, '2026-01-01T03:00:00.000Z')).toBe(reason)
  })

  test('[G36] the age of a pause and of a cancel is counted from another moment', () => {
    const times = {
      createdAt: '2026-01-01T00:00:00.000Z',
      updatedAt: '2026-01-01T02:30:00.000Z',
      finishedAt: '2026-01-01T01:00:00.000Z',
    }
    const ages = ['G21 Paused', 'G22 Never started: created', 'G28 Cancelled', 'G29 Completed'].map(
      (told) => {
        const [rule = '', ...words] = told.split(' ')
        const sentence = `${words.join(' ')} 5 s ago`
        return retellAge({ rule, sentence, severity: 'stuck' }, times, '2026-01-01T03:00:00.000Z')
          ?.sentence
      },
    )
    expect(ages).toEqual([
      'Paused 30 min ago',
      'Never started: created 3 h ago',
      'Cancelled 2 h ago',
      'Completed 2 h ago',
    ])
  })

  test('[G37] without a written reason the summary leads to the same rule, and a run that says it runs needs more', () => {
    const now = '2026-01-01T01:00:00.000Z'
    const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString()
    const summary = readSummary(headOf('completed'), sha256)
    expect(summary).not.toBeNull()
    if (summary === null) return
    const told = (status: typeof summary.status, more: Partial<typeof summary> = {}) => {
      const asked = { ...summary, kind: 'workflow', updatedAt: ago(10), ...more, status } as const
      const { reason, liveness, isExact } = summaryReason(asked, now)
      return [reason.rule, reason.sentence, reason.severity, liveness, isExact]
    }
    expect([
      told('completed', { stepsDone: 2, stepsTotal: 3, finishedAt: ago(5) }),
      told('failed', { step: 'deploy', error: 'no route … to host…' }),
      told('failed', { step: 'deploy', error: null }),
      told('failed', { step: null, error: 'Step x: no answer' }),
      told('failed', { step: null, error: null }),
      told('paused'),
      told('paused', { kind: 'session' }),
      told('cancelled', { finishedAt: null }),
      told('pending', { createdAt: ago(20) }),
      told('running'),
      told('waiting'),
      told('running', { kind: 'thread' }),
      told('waiting', { kind: 'thread' }),
    ]).toEqual([
      ['G29', 'Completed 5 min ago: 2 of 3 steps succeeded.', 'resting', 'none', true],
      ['G14', 'deploy failed: no route … to host', 'stuck', 'none', true],
      ['G14', 'deploy failed.', 'stuck', 'none', true],
      ['G15', 'The run failed: no answer', 'stuck', 'none', true],
      ['G15', 'The run failed: no step says why.', 'stuck', 'none', true],
      ['G21', 'Paused 10 min ago: it goes on when it is resumed.', 'stuck', 'none', true],
      [
        'G21',
        'Kept 10 min ago by the program whose session this is; it goes on by itself.',
        'resting',
        'none',
        true,
      ],
      ['G28', 'Cancelled 10 min ago. It can be resumed where it stopped.', 'resting', 'none', true],
      ['G22', 'Never started: created 20 min ago, and no step has begun.', 'stuck', 'none', true],
      [
        'G11',
        'The process that ran it is gone. Last change 10 min ago; nothing moves until it is resumed.',
        'stuck',
        'interrupted',
        false,
      ],
      [
        'G11',
        'The process that ran it is gone. Last change 10 min ago; nothing moves until it is resumed.',
        'stuck',
        'interrupted',
        false,
      ],
      [
        'G11',
        'The process that ran it is gone. Last change 10 min ago; nothing moves until it is resumed.',
        'stuck',
        'interrupted',
        false,
      ],
      [
        'G17',
        'Has waited 10 min for an answer. Its program hands it on.',
        'attention',
        'interrupted',
        false,
      ],
    ])
    expect(told('failed', { step: 'x'.repeat(200) })[1]).toHaveLength(110)
    const reason = { rule: 'G14', sentence: 'as written', severity: 'stuck' } as const
    expect(told('failed', { reason })).toEqual(['G14', 'as written', 'stuck', 'none', true])
  })
})

function headOf(status: Run['status']): string {
  const [run] = fc.sample(anyRun, { seed: 3, numRuns: 1 })
  if (run === undefined) throw new Error('There is no run.')
  return encodeHead({ ...run, status }, sha256)
}
