import { describe, expect, test } from 'vitest'
import { checkRecords } from '../../../../../shared/core/integrity/checkRecords.ts'
import type { JournalRecord } from '../../../../../shared/schema/journal.ts'
import {
  began,
  born,
  failed,
  journalOf,
  moment,
  readingOf,
  recordOf,
  sampleRun,
  started,
  succeeded,
} from '../run/sampleRun.ts'

const told = (records: readonly JournalRecord[]) =>
  checkRecords(readingOf(records).records).map(({ rule, pointer, sentence }) => [
    rule,
    pointer,
    sentence,
  ])
const tell = (...bodies: readonly object[]) => told(journalOf(born(), ...bodies))

const error = { name: 'E', message: 'no', code: null, stack: null }
const runFailed = { type: 'runFailed', error }
const runCompleted = { type: 'runCompleted' }
const runCancelled = { type: 'runCancelled', by: 'ada', reason: null }
const runPaused = { type: 'runPaused', by: 'ada', reason: null }
const resumed = (given: object = {}) => ({
  type: 'runResumed',
  by: 'ada',
  reason: null,
  reset: [],
  ...given,
})
const skipped = { type: 'stepSkipped', step: 'build', by: 'condition', reason: null }
const cancelled = { type: 'stepCancelled', step: 'build', attempt: null, reason: null }
const gate = { kind: 'gate', since: moment(1), who: null }
const waits = (given: object = {}) => ({
  type: 'stepWaiting',
  step: 'build',
  waitingOn: gate,
  ...given,
})
const retry = { type: 'retryScheduled', step: 'build', attempt: 2, until: moment(9) }
const decided = (decision: string) => ({
  type: 'gateDecided',
  step: 'build',
  decision,
  by: 'ada',
  values: {},
  reason: null,
})
const said = (decision: string) => ({
  type: 'decision',
  step: 'build',
  decision,
  by: 'ada',
  reason: null,
})

const back = (body: object, seq: number, seconds: number) => {
  const { kind, record } = recordOf(body, seq)
  return { kind, record: { ...record, at: moment(seconds) } } as JournalRecord // as it was, at another time
}

describe('what cannot have happened in this order', () => {
  test.each<[string, object[], unknown[]]>([
    ['I60', [born()], ['/type', 'Record 2: The run is created, but was there already.']],
    [
      'I67',
      [runCompleted, resumed()],
      ['/type', 'Record 3: The run is resumed, but was completed.'],
    ],
    [
      'I68',
      [runFailed, runCompleted],
      ['/type', 'Record 3: The run ends (runCompleted), but was failed already.'],
    ],
    [
      'I68',
      [runCompleted, runCancelled],
      ['/type', 'Record 3: The run ends (runCancelled), but was completed already.'],
    ],
    [
      'I68',
      [runCancelled, runFailed],
      ['/type', 'Record 3: The run ends (runFailed), but was cancelled already.'],
    ],
    ['I61', [started, began('nobody')], ['/step', 'Record 3: The run has no step nobody.']],
    [
      'I62',
      [runFailed, began('build')],
      ['/type', 'Record 3: The step build begins, but the run was failed.'],
    ],
    [
      'I62',
      [runCancelled, waits()],
      ['/type', 'Record 3: The step build begins, but the run was cancelled.'],
    ],
    [
      'I63',
      [started, skipped, began('build')],
      ['/step', 'Record 4: The step build begins, but it was skipped already.'],
    ],
    [
      'I63',
      [started, succeeded('build'), retry],
      ['/step', 'Record 4: The step build begins, but it succeeded already.'],
    ],
    [
      'I64',
      [began('build', 2), failed('build', 'no', 2), began('build', 2)],
      ['/attempt', 'Record 4: Attempt 2 of build begins, but attempt 2 was made already.'],
    ],
    [
      'I64',
      [began('build', 3), began('build', 1)],
      ['/attempt', 'Record 3: Attempt 1 of build begins, but attempt 3 was made already.'],
    ],
    [
      'I65',
      [began('build'), failed('build'), succeeded('build')],
      ['/step', 'Record 4: The step build ends, but it failed already.'],
    ],
    [
      'I65',
      [waits(), decided('approved'), failed('build')],
      ['/step', 'Record 4: The step build ends, but it succeeded already.'],
    ],
    [
      'I65',
      [waits(), decided('rejected'), succeeded('build')],
      ['/step', 'Record 4: The step build ends, but it failed already.'],
    ],
    [
      'I66',
      [began('build'), decided('approved')],
      ['/step', 'Record 3: The step build is decided, but does not wait.'],
    ],
    [
      'I66',
      [cancelled, decided('approved')],
      ['/step', 'Record 3: The step build is decided, but does not wait.'],
    ],
    [
      'I63',
      [began('build'), said('happened'), began('build', 2)],
      ['/step', 'Record 4: The step build begins, but it succeeded already.'],
    ],
    [
      'I63',
      [began('build'), said('skip'), waits()],
      ['/step', 'Record 4: The step build begins, but it was skipped already.'],
    ],
  ])('[%s] %j', (rule, bodies, rest) => {
    expect(tell(...bodies)).toEqual([[rule, ...rest]])
  })

  test.each<[string, object[]]>([
    [
      '[I64] the same attempt again, while it is open, only adds its process',
      [began('build'), began('build')],
    ],
    [
      '[I65] a step that was said to be run again ends again',
      [began('build'), said('rerun'), began('build', 2), succeeded('build', 1, 2)],
    ],
    [
      '[I65] what stops a step leaves it as it was',
      [began('build'), said('stop'), succeeded('build')],
    ],
    ['[I66] a step that waits is decided', [waits(), decided('approved')]],
    [
      '[I63] a retry and a step that was cancelled begin again',
      [began('build'), failed('build'), retry, began('build', 2), cancelled, began('build', 3)],
    ],
    [
      '[I67] a paused or failed run is resumed',
      [started, runPaused, resumed(), runFailed, resumed()],
    ],
    [
      '[I86] with another definition nothing is held against its steps',
      [succeeded('build'), resumed({ definition: sampleRun().workflow }), began('build')],
    ],
    [
      '[I86] items begin anew when their step does',
      [
        waits({ items: [1, 2] }),
        began('build[0]'),
        succeeded('build[0]'),
        resumed({ reset: ['build'] }),
        waits({ items: [1] }),
        began('build[0]'),
      ],
    ],
    [
      '[I86] a step of which nothing is known is reset',
      [resumed({ reset: ['nobody', 'build[4]'] })],
    ],
    ['[I61] an item is a step that nobody defined', [began('build[7]')]],
    [
      '[I86] what happened in a repair or a keyframe counts from there',
      [succeeded('build'), { type: 'keyframe', run: sampleRun() }, began('build')],
    ],
  ])('%s', (_, bodies) => {
    expect(tell(...bodies)).toEqual([])
  })

  test('[I86] where a run was taken over with attempts, they count', () => {
    const attempts = [
      {
        number: 1,
        startedAt: moment(1),
        finishedAt: null,
        outcome: null,
        error: null,
        exitCode: null,
        process: null,
      },
    ]
    const run = sampleRun()
    const steps = {
      ...run.steps,
      build: { ...(run.steps['build' as never] as object), status: 'running', attempts },
    }
    const taken = { type: 'runCreated', run: { ...run, status: 'running', steps } }
    expect(told(journalOf(taken, began('build')))).toEqual([])
    expect(
      told(journalOf(taken, succeeded('build'), began('build', 1))).map(([rule]) => rule),
    ).toEqual(['I63'])
  })

  test('[I60] a journal whose start is lost may begin with a run, but not with it created', () => {
    expect(told([recordOf(born(), 4)]).map(([rule]) => rule)).toEqual(['I60'])
    expect(told([recordOf({ type: 'keyframe', run: sampleRun() }, 4)])).toEqual([])
  })

  test('[I67] a thread that was completed goes on, and its nodes run as often as they are reached', () => {
    const thread = { ...sampleRun(), kind: 'thread' }
    const bodies = [
      { type: 'runCreated', run: thread },
      succeeded('build'),
      runCompleted,
      resumed(),
      began('build', 2),
      began('new'),
    ]
    expect(told(journalOf(...bodies))).toEqual([])
  })

  test('[I69] a time that goes back by more than a minute is told, also of a record that nobody knows', () => {
    const dream = { type: 'dreamt' }
    expect(
      told([
        recordOf(born(), 1),
        back(started, 2, 200),
        back(dream, 3, 141),
        back(dream, 4, 10),
        back(runCompleted, 5, 300),
        back(runFailed, 6, 200),
      ]).map(([rule, pointer]) => [rule, pointer]),
    ).toEqual([
      ['I68', '/type'],
      ['I69', '/at'],
      ['I69', '/at'],
    ])
    expect(told([recordOf(born(), 1), recordOf(dream, 2)])).toEqual([])
  })
})
