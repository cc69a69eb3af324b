import { expect, test } from 'vitest'
import { changedSteps } from '../../../../../../shared/core/formats/view/changedSteps.ts'
import {
  importedRun,
  type ImportedStep,
} from '../../../../../../shared/core/formats/view/importedRun.ts'
import { StepId } from '../../../../../../shared/schema/ids.ts'
import type { StepState, StepStatus } from '../../../../../../shared/schema/run.ts'
import { deepFreeze } from '../../diff/deepFreeze.ts'
import { saidBy } from '../../expression/saidBy.ts'
import { moment, sampleRun } from '../../run/sampleRun.ts'

const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

function step(name: string, status: StepStatus, more: Partial<ImportedStep> = {}): ImportedStep {
  const gate = { kind: 'gate', since: moment(0), who: null } as const
  const state = { ...pending, status, output: `${name}'s`, waitingOn: gate }
  return { id: StepId.parse(name), name, title: null, needs: [], state, gate: null, ...more }
}

function importOf(
  steps: readonly ImportedStep[],
  more: Partial<Parameters<typeof importedRun>[0]> = {},
) {
  const commands = Object.fromEntries(steps.map(({ name }) => [name, `make ${name}`]))
  const view = deepFreeze({ ...sampleRun(), finishedAt: null })
  return importedRun(deepFreeze({ engine: 'Loom', view, id: 'loom-1', steps, commands, ...more }))
}

function runOf(...given: Parameters<typeof importOf>) {
  const imported = importOf(...given)
  if (imported.kind === 'refused') throw new Error(imported.problems.join(' '))
  return imported.run
}

const statusOf = (...statuses: StepStatus[]) => {
  const { status, finishedAt } = runOf(statuses.map((one, index) => step(`s${index}`, one)))
  return [status, finishedAt]
}

test('[F212] a run that is over is over, and one that is not rests until a person goes on', () => {
  const at = sampleRun().updatedAt
  expect([
    statusOf('succeeded', 'skipped'),
    statusOf('failed', 'succeeded'),
    statusOf('succeeded', 'pending'),
    statusOf('running'),
    statusOf('cancelled', 'failed'),
  ]).toEqual([
    ['completed', at],
    ['failed', at],
    ['paused', null],
    ['paused', null],
    ['failed', at],
  ])
  const view = { ...sampleRun(), finishedAt: moment(7) }
  expect(runOf([step('a', 'skipped')], { view }).finishedAt).toBe(moment(7))
  expect(runOf([step('a', 'pending')], { view })).toMatchObject({
    finishedAt: null,
    kind: 'workflow',
  })
})

test('[F212] what is done stays as it is and waits for nothing; all else begins anew, and is told', () => {
  const statuses = [
    'succeeded',
    'skipped',
    'failed',
    'running',
    'waiting',
    'cancelled',
    'pending',
  ] as const
  const steps = statuses.map((status) => step(status, status))
  const kept = (status: StepStatus) => ({ ...pending, status, output: `${status}'s` })
  const imported = importOf(steps)
  expect(imported).toMatchObject({
    kind: 'ok',
    notes: [
      'running was running: it begins anew, and what it has done stays done.',
      'waiting was waiting: it begins anew, and what it has done stays done.',
    ],
  })
  expect(runOf(steps).steps).toEqual({
    succeeded: kept('succeeded'),
    skipped: kept('skipped'),
    failed: kept('failed'),
    running: pending,
    waiting: pending,
    cancelled: pending,
    pending,
  })
})

test('[F212] a step has its command, its own question, or that of a person who looks whether it holds', () => {
  const [a, b] = [StepId.parse('a'), StepId.parse('b')]
  const steps = [
    step('a', 'pending', { title: 't'.repeat(201) }),
    step('b', 'pending', { needs: [a], gate: 'Ship it?' }),
    step('c', 'succeeded', { needs: [a, b] }),
  ]
  expect(runOf(steps, { commands: { a: 'make' } }).workflow).toMatchObject({
    name: 'release',
    definition: {
      name: 'release',
      steps: {
        a: { title: 't'.repeat(200), run: 'make' },
        b: { needs: ['a'], gate: { message: 'Ship it?' } },
        c: {
          needs: ['a', 'b'],
          gate: { message: 'c was done by Loom. Approve when its result still holds.' },
        },
      },
    },
  })
  const { definition } = runOf([step('a', 'succeeded')]).workflow
  expect(definition?.steps[StepId.parse('a')]).toEqual({ run: 'make a' })
})

test('[F365] what stands in a text of another engine is no expression of ours', () => {
  const [name, gate] = ['a $${{ b }}', 'Use ${{ secrets.key }}${{ or }} $1 ${'] as const
  const steps = [{ ...step('a', 'succeeded'), name }, step('b', 'pending', { gate })]
  const { definition } = runOf(steps, { commands: {} }).workflow
  const messages = ['a', 'b'].map((id) => definition?.steps[StepId.parse(id)]?.gate?.message ?? '')
  expect(messages.map(saidBy)).toEqual([
    `${name} was done by Loom. Approve when its result still holds.`,
    gate,
  ])
})

const agent = (name: string) =>
  `${name} is done by an agent of Loom, which only Loom can run: give the command that does it here.`

test('[F207] a run is imported with all of its problems told, or not at all', () => {
  expect(importOf([], { id: '../x' })).toEqual({
    kind: 'refused',
    problems: ['../x is no id of a run.', 'It has no steps.'],
  })
  const unknown = [step('a', 'failed'), step('constructor', 'pending'), step('c', 'skipped')]
  expect(importOf(unknown, { commands: {} })).toEqual({
    kind: 'refused',
    problems: [agent('a'), agent('constructor')],
  })
  expect(importOf([step('a', 'pending', { gate: 'x'.repeat(10_001) })], { commands: {} })).toEqual({
    kind: 'refused',
    problems: [expect.stringContaining('10000')],
  })
})

test('[F207] steps that wait for each other, or for one that is not there, are refused by name', () => {
  const [a, b] = [StepId.parse('a'), StepId.parse('b')]
  const circle = [step('a', 'pending', { needs: [b] }), step('b', 'pending', { needs: [a] })]
  expect(importOf(circle)).toEqual({
    kind: 'refused',
    problems: [expect.stringMatching(/a.*b/)],
  })
  expect(importOf([step('a', 'pending', { needs: [b] })])).toEqual({
    kind: 'refused',
    problems: ['The step a needs b, which is no step of the workflow.'],
  })
})

test.each([
  ['Nightly Import #7', 'Nightly Import 7'],
  ['..[x] y', 'x y'],
  ['née', 'ne'],
  ['x'.repeat(81), 'x'.repeat(80)],
  ['--- ', 'imported'],
  ['漢', 'imported'],
])('[F212] a workflow called %s is imported as %s', (name, plain) => {
  const run = sampleRun()
  const view = { ...run, workflow: { ...run.workflow, name } }
  const { workflow } = runOf([step('a', 'pending')], { view })
  expect([workflow.name, workflow.definition?.name]).toEqual([plain, plain])
})

const isNow = (state: Partial<StepState>) => ({
  kind: 'ok',
  steps: [{ name: 'b', state: { ...pending, ...state } }],
})

test('[F213] only steps that are not as they were imported have changed', () => {
  const steps = [step('a', 'succeeded'), step('b', 'running'), step('c', 'failed')]
  const run = runOf(steps)
  const changed = (state: Partial<StepState>, id = 'b') =>
    changedSteps(steps, { ...run, steps: { ...run.steps, [id]: { ...pending, ...state } } }, 'task')
  const attempt = {
    number: 1,
    startedAt: moment(1),
    finishedAt: null,
    outcome: null,
    error: null,
    exitCode: null,
    process: null,
  }
  expect(changedSteps(steps, run, 'task')).toEqual({ kind: 'ok', steps: [] })
  for (const state of [{ status: 'succeeded' as const }, { output: 1 }, { attempts: [attempt] }])
    expect(changed(state)).toEqual(isNow(state))
  expect(changed({ skippedBy: 'person' })).toEqual({ kind: 'ok', steps: [] })
})

test('[F213] a run with other steps than the original has cannot be written back', () => {
  const steps = [step('a', 'succeeded'), step('b', 'running')]
  const run = runOf(steps)
  const other = { ...run, steps: { [StepId.parse('a')]: pending, [StepId.parse('x')]: pending } }
  expect(changedSteps(steps, other, 'task')).toEqual({
    kind: 'refused',
    problems: ['The step x is no task of the original.', 'The task b is not in the run any more.'],
  })
})
