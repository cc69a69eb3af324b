import { expect, test } from 'vitest'
import { checkpointId, makeCheckpoint, makeRun } from './makeRun.ts'
import { planOf } from './planOf.ts'

const thread = makeRun({ kind: 'thread' })
const nothing = {
  run: thread.id,
  steps: [],
  unlisted: 0,
  definition: {
    use: 'recorded',
    changed: false,
    missing: [],
    added: [],
    altered: [],
    proposed: [],
    problem: null,
    mapping: {},
  },
  notes: [],
  inputsSince: [],
  loss: null,
  command: null,
  byProgram: true,
  atOnce: null,
  stopAfter: null,
}

test('[B41] only the program of its graph goes on with a thread', () => {
  expect(planOf({ run: thread })).toEqual({
    ...nothing,
    mode: 'same',
    from: null,
    problems: [
      `${thread.id} is a thread of a graph: only the program of the graph goes on with it. Look at the command that would do that, or fork it from one of its checkpoints.`,
    ],
    ready: false,
  })
})

test('[B42] it is forked here, from any of its checkpoints', () => {
  const from = makeCheckpoint(5)
  expect(planOf({ run: thread, from, isLatest: false })).toEqual({
    ...nothing,
    mode: 'fork',
    from: checkpointId(5),
    problems: [],
    ready: true,
  })
})
