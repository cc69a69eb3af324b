import { expect, test } from 'vitest'
import { planResumeBatch } from '../../../../../shared/core/batch/planResumeBatch.ts'
import type { ResumeBatchRow } from '../../../../../shared/core/batch/resumeBatchPlan.ts'
import { StepId } from '../../../../../shared/schema/ids.ts'

const charge = StepId.parse('charge')

function row(document: string, more: Partial<ResumeBatchRow>): ResumeBatchRow {
  return {
    document,
    format: 'unstuck',
    item: null,
    workflow: 'pay',
    outcome: 'ready',
    sentence: null,
    runs: 1,
    asked: [],
    rev: 'r',
    digest: 'd',
    does: 'x',
    ...more,
  }
}

function asking(document: string, isOpen: boolean, reads: string[] = []): ResumeBatchRow {
  const options = ['happened', 'rerun', 'stop'] as const
  const asked = [{ step: charge, reason: 'It may have run.', options: [...options], isOpen, reads }]
  return row(document, { outcome: isOpen ? 'asks' : 'ready', asked })
}

test('[R98] [R99] every run is in one count, and reasons that differ by the name of the run are one', () => {
  const plan = planResumeBatch(
    [
      row('a', { runs: 2 }),
      row('b', { outcome: 'blocked', sentence: 'Run b is damaged. Repair it first.' }),
      row('c', { outcome: 'blocked', sentence: 'Run c is damaged. Repair it first.' }),
      row('d', { outcome: 'unneeded', sentence: 'It is completed.' }),
    ],
    [],
  )

  expect(plan).toMatchObject({
    total: 4,
    counts: { ready: 1, asks: 0, blocked: 2, unneeded: 1 },
    steps: 2,
    ready: true,
    reasons: [
      { count: 2, sentence: 'Run … is damaged. Repair it first.', documents: ['b', 'c'] },
      { count: 1, sentence: 'It is completed.' },
    ],
  })
})

test('[R100] what runs of one workflow ask about one step is one question, of another workflow another', () => {
  const rows = [asking('a', true), asking('b', false), { ...asking('c', true), workflow: 'ship' }]
  const decision = { kind: 'rerun' as const }

  const { questions } = planResumeBatch(rows, [{ workflow: 'pay', step: charge, decision }])

  expect(questions).toMatchObject([
    { workflow: 'pay', step: 'charge', runs: 2, open: 1, decision },
    { workflow: 'ship', step: 'charge', runs: 1, open: 1, decision: null },
  ])
})

test('[R113] a question says what is read by name of the output of its step', () => {
  const reads = ['receipt reads steps.charge.output.id']
  const { questions } = planResumeBatch([asking('a', true), asking('b', true, reads)], [])

  expect(questions).toMatchObject([{ step: 'charge', runs: 2, reads }])
})

test('[R103] commands of other engines are shown by format, with how many they are', () => {
  const awf = { format: 'awf', workflow: null } as const
  const { commands } = planResumeBatch(
    [
      row('a.json', { ...awf, sentence: 'awf resume a' }),
      row('b.json', { ...awf, sentence: 'awf resume b' }),
    ],
    [],
  )

  expect(commands).toEqual([{ format: 'awf', command: 'awf resume a', count: 2 }])
})

test('[R114] runs that are carried here come before those of other engines, in their order otherwise', () => {
  const byCommand = { sentence: 'python -m engine --resume' }
  const rows = [
    row('a', { format: 'awf', ...byCommand }),
    row('b', { outcome: 'blocked', sentence: 'It is damaged.' }),
    row('c', byCommand),
    row('d', {}),
    row('e', { format: 'marsys', outcome: 'blocked', sentence: 'It is damaged.' }),
    row('f', {}),
  ]

  const plan = planResumeBatch(rows, [])

  expect(plan.rows.map(({ document }) => document)).toEqual(['b', 'd', 'f', 'a', 'c', 'e'])
})

test('[R99] reasons are told by how many they are about, with the first twenty runs', () => {
  const many = Array.from({ length: 21 }, (_, index) =>
    row(`m${index}`, { outcome: 'blocked', sentence: `It waits for m${index}:,. and m, of m.` }),
  )
  const few = [
    row('x', { outcome: 'unneeded', sentence: 'It is completed.' }),
    row('y', { outcome: 'blocked', sentence: 'It is completed.' }),
    row('z', { outcome: 'blocked', sentence: null }),
    row('q', { outcome: 'asks', sentence: 'It asks.' }),
    row('r', { sentence: 'It is ready.' }),
  ]
  const { reasons, ready, rows } = planResumeBatch([...few, ...many], [])

  expect(reasons).toEqual([
    {
      outcome: 'blocked',
      sentence: 'It waits for …:,. and m, of m.',
      count: 21,
      documents: many.slice(0, 20).map(({ document }) => document),
    },
    { outcome: 'unneeded', sentence: 'It is completed.', count: 1, documents: ['x'] },
    { outcome: 'blocked', sentence: 'It is completed.', count: 1, documents: ['y'] },
  ])
  expect([ready, rows.length]).toEqual([true, 26])
  expect(planResumeBatch(many, []).ready).toBe(false)

  const causes = Array.from({ length: 101 }, (_, index) =>
    row('a', { outcome: 'blocked', sentence: `Cause ${index}.` }),
  )
  expect(planResumeBatch(causes, []).reasons).toHaveLength(100)
})

test('[R100] a question offers what all of its runs offer, and runs that do not go on ask none', () => {
  const asked = asking('a', false).asked.map((one) => ({
    ...one,
    options: one.options.filter((option) => option !== 'happened'),
  }))
  const with2 = row('b', { asked })
  const blocked = { ...asking('c', true), outcome: 'blocked' as const }
  const nameless = { ...asking('d', true), workflow: null }
  const other = { ...asking('e', true, ['x']), workflow: 'ship' }
  const said = [
    { workflow: 'pay', step: charge, decision: { kind: 'stop' as const } },
    { workflow: 'ship', step: charge, decision: { kind: 'rerun' as const } },
    { workflow: 'pay', step: charge, decision: { kind: 'rerun' as const } },
    { workflow: 'pay', step: StepId.parse('other'), decision: { kind: 'stop' as const } },
  ]

  const { questions } = planResumeBatch(
    [other, asking('a', true, ['first']), with2, blocked, nameless],
    said,
  )

  expect(questions).toEqual([
    {
      workflow: 'pay',
      step: charge,
      reason: 'It may have run.',
      options: ['rerun', 'stop'],
      runs: 2,
      open: 1,
      decision: { kind: 'rerun' },
      reads: ['first'],
    },
    {
      workflow: 'ship',
      step: charge,
      reason: 'It may have run.',
      options: ['happened', 'rerun', 'stop'],
      runs: 1,
      open: 1,
      decision: { kind: 'rerun' },
      reads: ['x'],
    },
  ])
})

test('[R103] commands of runs that are not ready are not shown', () => {
  const { commands } = planResumeBatch(
    [
      row('a', { format: 'awf', outcome: 'blocked', sentence: 'no' }),
      row('b', { format: 'awf', sentence: null }),
    ],
    [],
  )
  expect(commands).toEqual([])
})
