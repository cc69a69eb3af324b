// What a person is told of an edit, word by word.
import { expect, test } from 'vitest'
import { Edit, MapSteps } from '../../../../../shared/core/edit/edit.ts'
import { BatchEditPlan, EditPlan } from '../../../../../shared/core/edit/editPlan.ts'
import { inLine } from '../../../../../shared/core/edit/inLine.ts'
import { readersOf } from '../../../../../shared/core/edit/readersOf.ts'
import { WorkflowDefinition } from '../../../../../shared/schema/workflow.ts'
import { edited, failedRun, plan, set } from './editedRuns.ts'

const succeed = (step: string, output: unknown) => ({
  kind: 'succeed',
  step,
  json: JSON.stringify(output),
})
const reset = (step: string, dependents = true) => ({ kind: 'reset', step, dependents })

/** Path and sentence of every warning. */
const warned = (...[edits, input]: Parameters<typeof plan>) =>
  plan(edits, input).plan.warnings.map(({ path, sentence }) => [path, sentence])
const problems = (...edits: readonly object[]) =>
  plan(edits).plan.problems.map(({ rule, path, sentence }) => [rule, path, sentence])

const early = (step: string, need: string) => [
  `/steps/${step}/status`,
  `The step ${step} is succeeded, but ${need}, which it needs, is pending.`,
]

test.each([
  [set('/inputs/amount', 3), 'Set /inputs/amount', '12', '3'],
  [{ kind: 'add', path: '/variables/x', json: '1' }, 'Add /variables/x', null, '1'],
  [{ kind: 'remove', path: '/variables/tries' }, 'Remove /variables/tries', '1', null],
  [
    { kind: 'rename', path: '/variables/tries', name: 'n' },
    'Rename /variables/tries to n',
    '1',
    null,
  ],
  [succeed('charge', 1), 'Mark charge succeeded', '"failed"', '"succeeded"'],
  [{ kind: 'fail', step: 'read', message: 'no' }, 'Mark read failed', '"succeeded"', '"failed"'],
  [{ kind: 'skip', step: 'charge' }, 'Skip charge', '"failed"', '"skipped"'],
  [reset('charge'), 'Reset charge', '"failed"', '"pending"'],
])('[N14] %j is told as a row', (edit, sentence, before, after) => {
  expect(plan([edit]).plan.rows).toEqual([
    { sentence, before, after, also: [], problem: null, conflict: null },
  ])
})

test('[N14] a refused edit says why, and what comes after it is told all the same', () => {
  const { rows, ready } = plan([
    set('/status', 1),
    set('/variables/tries', 2),
    succeed('no', 1),
  ]).plan
  expect(ready).toBe(false)
  expect(rows.map(({ before, after, also }) => [before, after, also])).toEqual([
    ['"failed"', null, []],
    ['1', '2', []],
    [null, null, []],
  ])
  expect(rows[2]?.problem).toEqual({ path: '/steps', sentence: 'The run has no step no.' })
})

const text = (length: number) => inLine('x'.repeat(length - 2))

test('[N14] a long value is cut to 200 characters', () => {
  expect(text(200)).toBe(`"${'x'.repeat(198)}"`)
  expect(text(201)).toBe(`"${'x'.repeat(198)}…`)
  expect(inLine(undefined)).toBeNull()
})

test('[N10] an edit that has nothing to mind is without a word', () => {
  const running = { ...failedRun, status: 'running' as const, error: null }
  const edits = [
    set('/variables/tries', 2),
    set('/inputs/note', 'x'),
    succeed('charge', { ok: true }),
    { kind: 'skip', step: 'each' },
    reset('sign'),
  ]
  expect(edits.map((edit) => warned([edit], { run: running }))).toEqual([[], [], [], [], []])
})

const at = (status: 'failed' | 'cancelled' | 'completed' | 'paused', ...edits: object[]) =>
  warned(edits, { run: { ...failedRun, status } })

const stays = (status: string) => ['/status', `The run stays ${status} until it is resumed.`]

test('[N10] a run that rests stays as it is, until it is resumed or forked', () => {
  const only = [
    '/status',
    'The run is completed: nothing of it runs again. A fork of it can take the inputs as they are now.',
  ]
  const value = set('/variables/tries', 2)
  const step = succeed('charge', { ok: true })

  expect([
    at('failed', step),
    at('cancelled', step),
    at('cancelled', value),
    at('completed', value),
    at('completed', step),
    at('paused', step),
  ]).toEqual([[stays('failed')], [stays('cancelled')], [], [only], [only], []])
})

const none = (step: string, readers: string) => [
  `/steps/${step}`,
  `The output of ${step} is read by ${readers}, and there would be none.`,
]

const over = (step: string, status: string) => [
  `/steps/${step}/output`,
  `${step} is ${status}: when it runs, its own output takes the place of this one. To let others go on with it, mark the step succeeded.`,
]

test('[N10] what is read of a step without an output, and outputs that are written over, are told', () => {
  const run = edited([succeed('charge', {}), succeed('sign', { who: 'ada' })])
  const cancelled = { ...run, status: 'paused' as const, error: null }
  const twice = { ...cancelled, steps: { ...cancelled.steps } }

  expect([
    warned([succeed('charge', null)], { run: twice }),
    warned([succeed('mail', null)], { run: twice }),
    warned([set('/steps/mail/output', 1)], { run: twice }),
    warned([set('/steps/sign/output/who', 'bob')], { run: twice }),
    warned([{ kind: 'skip', step: 'read' }], { run: twice }),
  ]).toEqual([
    [none('charge', 'mail')],
    [early('mail', 'each')],
    [over('mail', 'pending')],
    [],
    [none('read', 'charge')],
  ])
})

test('[N10] steps that used a value before keep their result, unless they are edited too', () => {
  const run = {
    ...edited([succeed('charge', { ok: true })]),
    status: 'paused' as const,
    error: null,
  }
  const used =
    'charge ran with the earlier value and keeps its result. Reset it to run with the new one.'

  expect([
    warned([set('/inputs/amount', 3)], { run }),
    warned([set('/inputs', { amount: 3, options: {} })], { run }),
    warned([set('/steps/read/output/id', 3)], { run }),
    warned([set('/steps/read/output/id', 3), succeed('charge', 1)], { run }),
    warned([set('/inputs/note', 'x')], { run }),
    warned([set('/inputs/amount', 3)]),
  ]).toEqual([[[null, used]], [[null, used]], [[null, used]], [], [], []])
})

const stale = (step: string, kept: string) => [
  `/steps/${step}`,
  `${kept} went on from the result of ${step} and would not run again.`,
]

const effects = (step: string) => [
  `/steps/${step}`,
  'charge may have had an effect outside already, and would have it a second time.',
]

test('[N10] a step that runs again may have its effect a second time, and so may what runs with it', () => {
  const run = {
    ...edited([succeed('charge', {}), succeed('sign', { who: 'a' })]),
    status: 'paused' as const,
    error: null,
  }

  expect([
    warned([reset('read')], { run }),
    warned([reset('read', false)], { run }),
    warned([reset('charge', false)], { run }),
    warned([reset('mail')], { run }),
    warned([{ kind: 'fail', step: 'mail', message: 'no' }], { run }),
  ]).toEqual([
    [effects('read')],
    [stale('read', 'charge, sign'), early('charge', 'read')],
    [effects('charge'), stale('charge', 'sign'), early('sign', 'charge')],
    [],
    [['/steps/mail', 'A resume runs mail again, because it failed.']],
  ])
})

test('[N10] a process that has ended is told once, for the step that it ran', () => {
  const traces = {
    charge: { kind: 'finished', exitCode: 0 },
    mail: { kind: 'gone' },
  } as const
  const run = { ...failedRun, status: 'paused' as const, error: null }
  const sentence =
    'The process of charge has ended and left its result. A resume would take it over; after this edit it is not looked at.'
  const edits = [succeed('charge', { ok: true }), { kind: 'skip', step: 'mail' }]

  expect(warned([...edits, set('/variables/tries', 2)], { run, traces })).toEqual([
    ['/steps/charge', sentence],
  ])
})

test('[N11] a process that lives stands in the way of its step alone', () => {
  const traces = { charge: { kind: 'alive', pid: 9 } } as const
  const about = (...edits: object[]) =>
    plan(edits, { traces }).plan.problems.map(({ rule, path, sentence }) => [rule, path, sentence])
  const lives =
    'The process of charge (9) still lives. Resume the run, which waits for it, or end that process first.'

  expect([
    about({ kind: 'skip', step: 'charge' }, set('/variables/tries', 2)),
    about({ kind: 'skip', step: 'mail' }),
    about(set('/variables/tries', 2)),
  ]).toEqual([[['N11', '/steps/charge', lives]], [], []])
})

const asked = (name: string) =>
  `Input \`${name}\` is asked for by the workflow. Set it to another value, such as null.`

test('[N6] of the inputs only those are looked at that the edit changed', () => {
  expect([
    problems(set('/variables/tries', 7)),
    problems({ kind: 'remove', path: '/inputs/amount' }, set('/inputs/note', 'x')),
    problems({ kind: 'remove', path: '/inputs/note' }),
    problems(set('/inputs/amount', 'x')),
  ]).toEqual([
    [],
    [['N6', '/inputs/amount', asked('amount')]],
    [['N6', '/inputs/note', asked('note')]],
    [['N6', '/inputs/amount', 'Input `amount`: expected a whole number, 1 or more, found "x".']],
  ])
})

const long = (bytes: number) =>
  `N7 /steps/mail/output The output of mail has ${bytes} bytes; its \`maxOutput\` keeps 40.`

test('[N7] an output that the edit changed fits its gate and its size', () => {
  const output = (step: string, value: unknown) =>
    problems(succeed(step, value)).map(([rule, path, sentence]) => `${rule} ${path} ${sentence}`)
  const form =
    'N7 /steps/sign/output The output of the gate sign is an object with the values of its form.'

  expect([
    output('sign', 7),
    output('sign', null),
    output('sign', []),
    output('sign', { who: 'ada' }),
    output('mail', 'x'.repeat(38)),
    output('mail', 'x'.repeat(39)),
    output('charge', 'x'.repeat(99)),
  ]).toEqual([[form], [form], [form], [], [], [long(41)], []])

  const run = edited([succeed('sign', { who: 'ada' })])
  const old = {
    ...run,
    steps: { ...run.steps, sign: { ...run.steps['sign' as never], output: 7 } },
  }
  expect(
    plan([set('/variables/tries', 3), succeed('charge', 1)], { run: old }).plan.problems,
  ).toEqual([])
})

test('[N13] edits that change nothing are told as such, unless one of them is refused', () => {
  const nothing = [['N13', null, `Nothing would be different in ${failedRun.id}.`]]
  expect([
    problems(set('/variables/tries', 1)),
    problems(set('/variables/tries', 1), set('/status', 1)),
    problems(set('/variables/tries', 2)),
  ]).toEqual([nothing, [], []])
})

test('[N14] a plan is sent as it is', () => {
  const shown = plan([set('/inputs/amount', 3), set('/status', 1), reset('charge')], {
    base: { seq: 2, run: { ...failedRun, variables: {} } },
  }).plan
  expect(EditPlan.parse(shown)).toEqual(shown)
  expect(shown.steps).toEqual([{ step: 'charge', before: 'failed', after: 'pending' }])
  expect(shown.meanwhile).toMatchObject({ now: 10, records: 8 })

  const row = { run: 'a', rev: null, before: null, after: '1', sentence: null }
  const rows = ['ready', 'unchanged', 'refused'].map((outcome) => ({ ...row, outcome }))
  const counts = { ready: 1, unchanged: 1, refused: 1 }
  const causes = [{ cause: 'It is held.', count: 1, runs: ['a'] }]
  const unmapped = { missing: [{ step: 'a', runs: 1 }], added: ['b'], proposed: [] }
  const batch = { rows, total: 3, counts, ready: true, failures: causes, unmapped }
  expect(BatchEditPlan.parse(batch)).toEqual(batch)
})

test('[N14] more than a hundred problems and warnings are cut', () => {
  const names = Array.from({ length: 101 }, (_, index) => `odd${index}`)
  const held = plan(names.map((name) => set(`/inputs/${name}`, 1))).plan
  const again = plan(names.map(() => reset('charge'))).plan
  expect([held.problems.length, again.warnings.length]).toEqual([100, 100])
})

test.each([
  ['/inputs/a', true],
  ['/inputs/a~0~1b//', true],
  ['inputs/a', false],
  ['x/inputs/a', false],
  ['/inputs/~2', false],
  ['/inputs/a~', false],
  ['', false],
])('[N17] the path %s is a pointer: %s', (path, isPointer) => {
  const { success, error } = Edit.safeParse({ kind: 'remove', path })
  expect(success).toBe(isPointer)
  if (!success) expect(error?.issues[0]?.message).toBe('expected a pointer such as /inputs/amount')
})

const read = (message: string) => Edit.safeParse({ kind: 'fail', step: 'a', message })

test('[N9] what a step is marked failed with is a text that says something', () => {
  expect(read(' no ').data).toEqual({ kind: 'fail', step: 'a', message: 'no' })
  expect([' ', 'x'.repeat(10_001)].map((message) => read(message).success)).toEqual([false, false])
})

test('[M23] a mapping names a definition, and maps nothing unless it says so', () => {
  const bare = { kind: 'mapSteps', definition: 'flow.yaml' }
  expect(MapSteps.parse(bare)).toEqual({ ...bare, mapping: {} })
  expect(MapSteps.parse({ ...bare, mapping: { a: 'b' } }).mapping).toEqual({ a: 'b' })
  const wrong = [
    { ...bare, definition: '' },
    { ...bare, kind: 'set' },
  ]
  expect(wrong.map((edit) => MapSteps.safeParse(edit).success)).toEqual([false, false])
})

test('[N10] readers of a value are found in conditions, lists, waits and texts', () => {
  const definition = WorkflowDefinition.parse({
    name: 'readers',
    inputs: { list: [] },
    steps: {
      a: { run: 'true' },
      when: { run: 'true', when: 'inputs.list' },
      items: { run: 'true', forEach: { items: 'inputs.list' } },
      plain: { run: 'true', forEach: 'inputs.list' },
      until: { wait: { until: 'inputs.list' } },
      for: { wait: { for: 'inputs.list' } },
      text: { run: 'echo ${{ inputs.list }}' },
      all: { run: 'echo ${{ json(inputs) }}' },
      other: { run: 'echo ${{ inputs.name }} ${{ variables.list }} ${{ steps.a.output }}' },
      fixed: { run: 'true', forEach: [1, 2] },
      broken: { run: 'echo ${{ inputs. }}' },
    },
  })
  const of = (root: 'inputs' | 'variables' | 'steps', name: string | null) =>
    readersOf(definition, [{ root, name }])

  expect(of('inputs', 'list')).toEqual(['when', 'items', 'plain', 'until', 'for', 'text', 'all'])
  expect(of('inputs', 'name')).toEqual(['all', 'other'])
  expect(of('inputs', null)).toHaveLength(8)
  expect([of('variables', 'list'), of('steps', 'a')]).toEqual([['other'], ['other']])
  expect(readersOf(definition, [])).toEqual([])
  expect(
    readersOf(definition, [
      { root: 'variables', name: 'none' },
      { root: 'steps', name: 'a' },
    ]),
  ).toEqual(['other'])
})
