import { expect, test } from 'vitest'
import { ResumePlan, StepTrace } from '../../../../../shared/core/resume/resumePlan.ts'

const row = {
  step: 'load',
  action: 'ask',
  rule: 'S31',
  reason: 'It may have run.',
  status: 'running',
  sideEffects: 'external',
  expectedMs: null,
  options: ['happened', 'rerun'],
  decision: null,
}
const definition = {
  use: 'current',
  changed: true,
  missing: ['old'],
  added: [],
  altered: [],
  problem: null,
}
const plan = {
  run: 'run-1',
  mode: 'same',
  from: null,
  steps: [row],
  definition,
  stopAfter: null,
  problems: [],
  ready: false,
}

test('the plan of an older host is read, with nothing in what it does not say', () => {
  expect(ResumePlan.parse(plan)).toEqual({
    ...plan,
    steps: [{ ...row, byDefault: false, was: null, readBy: [] }],
    unlisted: 0,
    definition: { ...definition, proposed: [], mapping: {} },
    notes: [],
    inputsSince: [],
    loss: null,
    command: null,
    byProgram: false,
    atOnce: null,
  })
})

test.each(['definition', 'command', 'name', 'position'])(
  'a step may be proposed because of its %s',
  (because) => {
    const proposed = [{ was: 'old', now: 'new', because }]
    const told = ResumePlan.parse({ ...plan, definition: { ...definition, proposed } })
    expect(told.definition.proposed).toEqual(proposed)
  },
)

test.each([
  [{ kind: 'finished', exitCode: 3 }, true],
  [{ kind: 'finished', exitCode: null }, true],
  [{ kind: 'finished' }, false],
  [{ kind: 'alive', pid: 7 }, true],
  [{ kind: 'alive', pid: 1.5 }, false],
  [{ kind: 'neverBegan' }, true],
  [{ kind: 'gone' }, true],
  [{ kind: 'odd' }, false],
])('whether %j is what was found about a step: %s', (trace, isOne) => {
  const { success, data } = StepTrace.safeParse(trace)
  expect([success, data]).toEqual([isOne, isOne ? trace : undefined])
})
