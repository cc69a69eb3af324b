import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const files = readFolder('multyagents')
const store = 'state.json'

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function imported(base: string, patches: readonly TextPatch[] = [], commands: object = all) {
  const patched = patchText(files.get(`api-state.${base}.json`) ?? '', patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  const set = setOf(multyagents, store, new Map([[store, patched.text]]))
  const options = { definition: null, commands: { ...commands }, id: 'imported' }
  return multyagents.toRun(set, options, context)
}

const all = { 'task-1': 'plan', 'task-2': 'code', 'task-3': 'review' }
const notes = [
  'Retry policies, quality gates and path locks are not carried over: they stay in the original.',
]

test('[F165] a task is a step with its title, its needs and its command, behind the gate of its approval', () => {
  const made = imported('created')
  if (made.kind === 'refused') throw new Error(made.problems.join(' '))
  const { run } = made
  expect(run.workflow.definition).toEqual({
    name: 'Feature delivery',
    steps: {
      'task-1': { title: 'Plan feature', run: 'plan' },
      'task-2': { title: 'Implement feature', needs: ['task-1'], run: 'code' },
      'approve-task-3': {
        title: 'Approve: Review change',
        needs: ['task-2'],
        gate: { message: 'May "Review change" be done?' },
      },
      'task-3': { title: 'Review change', needs: ['task-2', 'approve-task-3'], run: 'review' },
    },
  })
  const pending = {
    status: 'pending',
    attempts: [],
    output: null,
    waitingOn: null,
    skippedBy: null,
  }
  expect(run.steps).toEqual({
    'task-1': pending,
    'task-2': pending,
    'approve-task-3': pending,
    'task-3': pending,
  })
  expect([run.id, run.status, run.finishedAt, made.notes]).toEqual([
    'imported',
    'paused',
    null,
    notes,
  ])
})

test('[F165] what was running begins anew, and that is said', () => {
  expect(imported('running')).toMatchObject({
    notes: ['task-2 was running: it begins anew, and what it has done stays done.', ...notes],
  })
})

test.each<[string, readonly TextPatch[], readonly string[]]>([
  ['was given', [add('approvals|1|status', '"approved"')], []],
  ['is not required', [add('tasks|3|requires_approval', 'false')], []],
  ['is open', [], ['approve-task-3']],
  ['is open, and whose task is done', [add('tasks|3|status', '"success"')], []],
])('[F165] an approval that %s', (_, patches, gates) => {
  const made = imported('failed', patches)
  const steps = made.kind === 'ok' ? Object.keys(made.run.steps) : made.problems
  expect(steps.filter((step) => !step.startsWith('task-'))).toEqual(gates)
})

test('[F165] a task without a title is called by its step', () => {
  const made = imported('created', [{ op: 'replace', path: ['tasks', '3', 'title'], value: '""' }])
  const steps = made.kind === 'ok' ? made.run.workflow.definition?.steps : {}
  expect(steps).toMatchObject({
    'approve-task-3': { gate: { message: expect.stringContaining('be done?') as string } },
  })
})

test.each<[string, string, readonly TextPatch[], readonly string[]]>([
  ['a broken store', 'corrupt-truncated', [], ['The store is broken: repair it first.']],
  [
    'a store without a run',
    'created',
    [add('workflow_runs', '{}')],
    ['Choose one of its runs: none.'],
  ],
  [
    'what stops the API',
    'created',
    [add('tasks|1|mood', '1')],
    ['The task 1 has mood, which multyagents does not know: the API does not start (TypeError).'],
  ],
  [
    'rejected tasks',
    'created',
    [
      add('approvals|1|status', '"rejected"'),
      add('tasks|1|requires_approval', 'true'),
      add('task_approval|1', '1'),
      add('tasks|1|title', 'null'),
    ],
    [
      'title of the task 1 is null (expected a string).',
      'task 1 was rejected: it is not to be done.',
      'Review change was rejected: it is not to be done.',
    ],
  ],
])('[F165] %s is refused by name', (_, base, patches, problems) => {
  expect(imported(base, patches)).toEqual({ kind: 'refused', problems })
})

test('[F165] a warning keeps nothing from being imported', () => {
  expect(imported('created', [add('moods', '{}')]).kind).toBe('ok')
})

test('[F140] how a store is found, what belongs to it, and what is said of cleaning it up', () => {
  const paths = ['a/state.json', 'a/state.json.tmp', 'a/other.json.tmp', 'state.json.tmp']
  const listed = paths.map((path) => ({ path, sizeBytes: 1, modifiedAt: context.now }))
  expect({
    id: multyagents.id,
    name: multyagents.name,
    named: ['a/state.json', 'state.json.tmp', '.json.txt'].filter((path) =>
      multyagents.names?.(path),
    ),
    roles: paths.slice(0, 2).map((path) => multyagents.role(path, '')),
    folders: ['a/b/state.json', 'state.json'].map((path) => multyagents.folders(path)),
    belongs: multyagents.belongs('a/state.json', '', listed),
    items: ['', '[]', '{}'].map((text) => multyagents.items?.(text)),
    cleanupRules: multyagents.cleanupRules,
  }).toEqual({
    id: 'multyagents',
    name: 'multyagents',
    named: ['a/state.json'],
    roles: ['run', 'part'],
    folders: [['a/b'], ['']],
    belongs: ['a/state.json.tmp'],
    items: [[], [], []],
    cleanupRules: {
      rules: [],
      dangers: [
        'multyagents never removes anything from its store, and writes all of it with each change.',
      ],
    },
  })
})
