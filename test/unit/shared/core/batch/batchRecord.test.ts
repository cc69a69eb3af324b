import { expect, test } from 'vitest'
import {
  BatchControl,
  BatchOutcome,
  BatchPhase,
  BatchRecord,
} from '../../../../../shared/core/batch/batchRecord.ts'
import {
  BatchPace,
  ResumeBatchOptions,
  ResumeBatchPlan,
} from '../../../../../shared/core/batch/resumeBatchPlan.ts'

const at = '2026-01-02T03:04:05.678Z'
const made = { at, by: 'ada', reason: null }
const row = { document: 'etl-1', format: 'unstuck', item: null, workflow: 'etl' }
const approved = { rev: 'r', digest: 'd' }
const attempt = { at, n: 0, attempt: 1 }
const options = {
  definition: 'current',
  stopAfter: 'load',
  decisions: [{ workflow: 'etl', step: 'load', decision: { kind: 'rerun' } }],
}
const counts = { ready: 1, asks: 0, blocked: 0, unneeded: 0 }

test('[R104] a record of a batch is read as it was written, with what a later version adds', () => {
  const pace = { parallel: 64, canary: 1000, guard: { failures: 1, of: 1000 } }
  const records = [
    { type: 'created', ...made, title: 't', asOf: at, options, pace, counts, digest: 'd' },
    { type: 'items', items: [{ ...row, ...approved }] },
    { type: 'taken', at, host: 'forge', pid: 7 },
    ...['pause', 'continue', 'cancel'].map((control) => ({ type: 'asked', ...made, control })),
    { type: 'retried', at, by: 'ada', asOf: at, items: [{ n: 0, ...approved }] },
    ...['claimed', 'released', 'started'].map((type) => ({ type, ...attempt })),
    ...['completed', 'failed', 'waits', 'paused', 'cancelled', 'inDoubt', 'refused'].map(
      (outcome) => ({ type: 'observed', ...attempt, outcome, sentence: 's', key: 'k' }),
    ),
  ].map((record) => ({ ...record, added: 'later' }))

  expect(records.map((record) => BatchRecord.parse(record))).toEqual(records)
})

test('[R104] what is no record of a batch is none', () => {
  const wrong = [
    { type: 'taken', at, host: 'forge', pid: 1.5 },
    { type: 'taken', at: 'monday', host: 'forge', pid: 1 },
    { type: 'claimed', ...attempt, n: -1 },
    { type: 'claimed', ...attempt, attempt: 0 },
    { type: 'started', at },
    { type: 'asked', ...made, control: 'stop' },
    { type: 'observed', ...attempt, outcome: 'done', sentence: '', key: null },
    { type: 'retried', at, by: 'ada', asOf: at, items: [{ n: 0 }] },
    { type: 'items', items: [row] },
    { type: 'other' },
  ]
  expect(wrong.filter((record) => BatchRecord.safeParse(record).success)).toEqual([])
  expect([BatchOutcome, BatchPhase, BatchControl].map((words) => words.options.length)).toEqual([
    7, 7, 3,
  ])
  expect(BatchPhase.options).toEqual([
    'planned',
    'canary',
    'waiting',
    'running',
    'paused',
    'cancelled',
    'done',
  ])
})

test('[R102] a batch that says nothing of its pace begins with one run, then four at a time', () => {
  expect(BatchPace.parse({})).toEqual({
    parallel: 4,
    canary: 1,
    guard: { failures: 3, of: 10 },
  })
  expect(BatchPace.parse({ guard: null }).guard).toBeNull()
  const wrong = [
    { parallel: 0 },
    { parallel: 65 },
    { canary: -1 },
    { canary: 1001 },
    { guard: { failures: 0, of: 1 } },
    { guard: { failures: 1, of: 1001 } },
    { guard: { failures: 1 } },
  ]
  expect(wrong.filter((pace) => BatchPace.safeParse(pace).success)).toEqual([])
})

const read = (decisions: unknown) => ResumeBatchOptions.safeParse({ decisions }).success

test('[R100] a batch that says nothing of how its runs are resumed takes what they recorded', () => {
  expect(ResumeBatchOptions.parse({})).toEqual({
    definition: 'recorded',
    stopAfter: null,
    decisions: [],
  })
  expect(ResumeBatchOptions.parse(options)).toEqual(options)
  const [decision] = options.decisions
  const many = (count: number) => Array.from({ length: count }, () => decision)
  expect([many(500), many(501), [{ ...decision, step: undefined }]].map(read)).toEqual([
    true,
    false,
    false,
  ])
})

test('[R98] a plan is sent as it is', () => {
  const asked = { step: 'load', reason: 'why', options: ['rerun'], isOpen: true, reads: ['a'] }
  const planned = { ...row, sentence: 's', runs: 1, asked: [asked], ...approved, does: 'x' }
  const outcomes = ['ready', 'asks', 'blocked', 'unneeded']
  const plan = {
    rows: outcomes.map((outcome) => ({ ...planned, outcome })),
    total: 4,
    counts,
    reasons: [{ outcome: 'blocked', sentence: 's', count: 1, documents: ['etl-1'] }],
    questions: [
      {
        workflow: 'etl',
        step: 'load',
        reason: 'why',
        options: ['rerun'],
        runs: 1,
        open: 1,
        decision: null,
        reads: [],
      },
    ],
    steps: 1,
    commands: [{ format: 'awf', command: 'awf resume', count: 1 }],
    ready: true,
  }
  expect(ResumeBatchPlan.parse(plan)).toEqual(plan)

  const { reads: _, ...bare } = asked
  const [first] = plan.rows
  const older = ResumeBatchPlan.parse({ ...plan, rows: [{ ...first, asked: [bare] }] })
  expect(older.rows[0]?.asked[0]?.reads).toEqual([])
  expect(ResumeBatchPlan.safeParse({ ...plan, commands: [{}] }).success).toBe(false)
})
