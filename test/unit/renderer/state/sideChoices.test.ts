import { expect, test } from 'vitest'
import { sideChoices } from '../../../../renderer/state/sideChoices.ts'
import { RunDetail } from '../../../../shared/contract/runs.ts'
import { detail, row } from './samples.ts'

function subject() {
  const made = detail('today', {
    steps: ['load'],
    stepsTotal: 1,
    seqs: [3, 9],
    checkpointsTotal: 2,
  })
  return RunDetail.parse({
    ...made,
    forks: [{ run: 'etl-fork', checkpoint: null }],
    run: {
      ...made.run,
      seq: 12,
      lineage: { parent: 'etl-parent', checkpoint: 'cp-2', relation: 'fork' },
    },
  })
}

const { run } = subject()
const workflow = run?.workflow.name ?? ''
const good = [
  row('other', { workflow: `${workflow}-2`, status: 'completed' }),
  row('today', { workflow, status: 'completed' }),
  row('yesterday', { workflow, status: 'completed' }),
  row('last-week', { workflow, status: 'completed' }),
]
const facts = { subject: subject(), good, runs: [row('a'), row('b')] }

function labels(text: string) {
  return sideChoices(facts, text).map(({ title, choices }) => [
    title,
    ...choices.map(({ note, side }) => `${side.document} ${side.checkpoint} (${note})`),
  ])
}

test('[L172] the last completed run of the workflow comes first, then what the run has of its own', () => {
  const id = facts.subject.ref.document
  expect(labels('')).toEqual([
    [
      'Most likely',
      'yesterday null (yesterday)',
      `${id} cp-9 (record 9)`,
      'etl-parent cp-2 (etl-parent)',
      'etl-fork null (etl-fork)',
    ],
    [
      'Checkpoints of this run',
      `${id} null (${id})`,
      `${id} cp-9 (record 9)`,
      `${id} cp-3 (record 3)`,
    ],
    ['Runs', 'a null (etl, failed)', 'b null (etl, failed)'],
  ])
})

test('[L172] what is typed keeps what has all its words', () => {
  expect(labels('point 3')).toEqual([
    ['Checkpoints of this run', `${facts.subject.ref.document} cp-3 (record 3)`],
  ])
  expect(labels('nothing like it')).toEqual([])
})

test('[L172] without a run there are runs alone', () => {
  expect(sideChoices({ subject: null, good: [], runs: [row('a')] }, '')).toMatchObject([
    { title: 'Runs', choices: [{ label: 'a' }] },
  ])
})
