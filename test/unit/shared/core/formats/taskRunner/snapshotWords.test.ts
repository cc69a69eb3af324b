// What is said of a snapshot, word by word.
import { expect, test } from 'vitest'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { taskRunner } from '../../../../../../shared/core/formats/taskRunner/taskRunner.ts'
import { context } from '../awf/awfSets.ts'

function setOf(tasks: object | string, document = 'tasks/Nightly Import.JSON'): FileSet {
  const text = typeof tasks === 'string' ? tasks : JSON.stringify(tasks)
  const modifiedAt = '2026-11-21T09:00:00.000Z'
  const files = ['other.json', document].map((path, index) => ({
    path,
    sizeBytes: text.length,
    modifiedAt: index === 0 ? '2020-01-01T00:00:00.000Z' : modifiedAt,
  }))
  return { document, item: null, files, texts: new Map([[document, text]]) }
}

const success = { status: 'success', message: 'ok', data: { rows: 1.5 } }
const failure = { status: 'failure', error: 'boom' }
const cascade = { status: 'skipped', message: "Skipped because dependency 'a' failed: boom" }
const condition = { status: 'skipped', message: 'Skipped by condition evaluation.' }
const cancelled = { status: 'cancelled' }
const none = { kind: 'none', step: null }
const missing =
  'No task of it failed. Whether tasks are missing cannot be told: a task that has not ended has no place in a snapshot.'

const read = (tasks: object | string, document?: string) =>
  taskRunner.read(setOf(tasks, document), context)
const bring = (tasks: object | string, commands: Record<string, string> = {}, document?: string) =>
  taskRunner.toRun(setOf(tasks, document), { definition: null, commands, id: 'imported' }, context)

const evidence = (counts: Record<string, number>) =>
  Object.entries(counts).map(([label, count]) => ({ label, value: String(count) }))

const rest = (names: string, step: string) => ({
  rule: 'F177',
  severity: 'attention',
  sentence: `Whether the workflow goes on without ${names} (continueOnError) is not in the snapshot: what depends on such a task may have run all the same.`,
  evidence: [],
  action: { ...none, label: 'Look at the code of the workflow' },
  step,
})

const failed = (sentence: string, counts: Record<string, number>) => ({
  rule: 'F177',
  severity: 'stuck',
  sentence,
  evidence: evidence(counts),
  action: { kind: 'none', label: 'Import it as a run', step: 'a' },
  step: 'a',
})

const whole = (severity: string, counts: Record<string, number>) => ({
  rule: 'F177',
  severity,
  sentence: missing,
  evidence: evidence(counts),
  action: { ...none, label: 'Compare it with the list of its tasks' },
  step: null,
})

test('[F177] what failed, and what cannot be known of the rest, is told with how many there are of each', () => {
  expect([
    read({ a: failure }).diagnoses,
    read({ a: { status: 'failure' }, b: cascade, c: failure, d: success }).diagnoses,
    read({ a: success, b: success, c: condition }).diagnoses,
    read({ a: success, b: cancelled }).diagnoses,
  ]).toEqual([
    [
      failed('Task a failed: boom. Nothing was skipped because of it.', { failure: 1 }),
      rest('a', 'a'),
    ],
    [
      failed('Task a failed, as did 1 more. Skipped because of a failure: b.', {
        failure: 2,
        skipped: 1,
        success: 1,
      }),
      rest('a, c', 'a'),
    ],
    [whole('resting', { success: 2, skipped: 1 })],
    [whole('stuck', { success: 1, cancelled: 1 })],
  ])
})

test('[F170] a snapshot has the name and the time of its file, and the status of its results', () => {
  const runs = [
    read({ a: success }),
    read({ a: cancelled }, 'odd ids/Ünï.json.json'),
    read({ a: { status: 'failure' } }, 'UPPER'),
  ].map(({ run }) => run)

  expect(
    runs.map((run) => [run?.workflow.name, run?.status, run?.error?.message, run?.updatedAt]),
  ).toEqual([
    ['Nightly Import', 'completed', undefined, '2026-11-21T09:00:00.000Z'],
    ['Ünï.json', 'cancelled', undefined, '2026-11-21T09:00:00.000Z'],
    ['UPPER', 'failed', 'a failed', '2026-11-21T09:00:00.000Z'],
  ])
  expect(runs.map((run) => run?.id.replace(/[0-9a-f]{16}$/, '…'))).toEqual([
    'tasks-…',
    'tasks-…',
    'upper',
  ])
  expect(runs[0]).toMatchObject({
    place: { environment: [] },
    annotations: { pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  })
  expect(
    read({ a: { status: 'odd' }, b: cascade, c: condition, d: success }).run?.steps,
  ).toMatchObject({
    a: { status: 'pending', skippedBy: null },
    b: { skippedBy: 'dependency' },
    c: { skippedBy: 'condition' },
    d: { status: 'succeeded', output: { rows: 1.5 }, skippedBy: null },
  })
  expect(read({ a: success })).toMatchObject({ isOld: false, points: [], findings: [] })
})

test('[F171] what cannot be read is refused by each action with where it is broken', () => {
  const broken = '{"a": {'
  const reading = read(broken)
  const sentence = reading.findings[0]?.sentence.replace('The snapshot cannot be read. ', '') ?? ''

  expect(sentence).toMatch(/^The text ends/)
  expect(reading).toMatchObject({
    label: 'task-runner snapshot',
    run: null,
    isOld: false,
    said: { status: null, steps: {} },
    diagnoses: [],
    points: [],
    findings: [{ rule: 'F171', remedy: 'Repair it from what of it is whole.', file: 'document' }],
  })
  expect([
    taskRunner.edit(setOf(broken), [], context),
    bring(broken),
    taskRunner.resume(setOf(broken), { from: null }, context),
  ]).toEqual([
    { kind: 'refused', problems: [`The snapshot cannot be edited. ${sentence}`] },
    { kind: 'refused', problems: [`The snapshot cannot be imported. ${sentence}`] },
    {
      command: null,
      steps: [],
      warnings: [],
      problems: [
        sentence,
        'task-runner has no command that goes on from a snapshot: this was proposed and never built. Import the snapshot as a run of Unstuck.',
      ],
    },
  ])
})

test('[F178] an edit says what it writes, and what was wrong before does not stand in its way', () => {
  const set = setOf({ a: { status: 'odd' }, b: success })
  expect(
    taskRunner.edit(set, [{ op: 'replace', path: ['b', 'status'], value: '"failure"' }], context),
  ).toEqual({
    kind: 'ok',
    changes: [
      {
        path: set.document,
        text: '{"a":{"status":"odd"},"b":{"status":"failure","message":"ok","data":{"rows":1.5}}}',
        why: 'the snapshot',
      },
    ],
    notes: [],
  })
  expect(taskRunner.edit(set, [{ op: 'remove', path: ['c'] }], context)).toEqual({
    kind: 'refused',
    problems: ['/c cannot be changed: nothing stands there.'],
  })
  expect(taskRunner.edit(set, [{ op: 'replace', path: [], value: '7' }], context).kind).toBe(
    'refused',
  )
})

const resume = (tasks: object) => taskRunner.resume(setOf(tasks), { from: null }, context)

test('[F179] what would be done with each task is said with why', () => {
  const shared = [
    'The context that tasks share is not in the snapshot: give it again.',
    'A snapshot names no workflow: see that it is that of the tasks that you run.',
  ]
  const tasks = { a: success, b: failure, c: cancelled, d: condition, e: { status: 'odd' } }

  expect(resume(tasks)).toMatchObject({
    command: null,
    problems: [],
    steps: [
      { step: 'a', does: 'reuse', reason: 'It succeeded: it counts as done.' },
      { step: 'b', does: 'run', reason: 'Its result is failure: it runs again.' },
      { step: 'c', does: 'run', reason: 'Its result is cancelled: it runs again.' },
      { step: 'd', does: 'run', reason: 'It was skipped: it gets its turn again.' },
      { step: 'e', does: 'unknown', reason: 'Its status "odd" is no result.' },
    ],
  })
  expect(resume(tasks).warnings).toEqual([
    ...shared,
    'A task that was allowed to fail runs again, and what depends on it does not.',
  ])
  expect(resume({ a: success }).warnings).toEqual(shared)
})

const notesOf = (tasks: object, commands: Record<string, string>) => {
  const made = bring(tasks, commands)
  return made.kind === 'ok' ? made.notes : made.problems
}

test('[F180] what is taken for granted of an import is told', () => {
  const order =
    'Tasks run one after the other, in the order of the snapshot: which needs which is not in it.'
  const times =
    'When a task ran is not known: its times are of a clock that began with its process.'

  expect([
    notesOf({ a: success, x: success, b: condition, c: condition }, { c: 'true', new: 'true' }),
    notesOf({ a: success, b: cascade }, { a: 'true', b: 'true' }),
    notesOf({ a: success, b: { status: 'odd' } }, {}),
    notesOf({ a: failure, b: cancelled }, { a: 'true' }),
    notesOf({ a: { ...success, message: 'Dry run: simulated success of a' } }, {}),
    notesOf(
      {
        a: { status: 'skipped', message: "Skipped because dependency 'b' failed" },
        b: { status: 'skipped', message: "Skipped because dependency 'a' failed" },
      },
      { a: 'x', b: 'y' },
    ).length,
  ]).toEqual([
    [
      order,
      'How a, x ran is not known: their results are used, and they cannot run again.',
      'b stays skipped: its condition is not in the snapshot.',
      'c was skipped by a condition that is not in the snapshot: it runs now.',
      'new has no result: it is taken for a task that has not run.',
      times,
    ],
    [order, 'b needs a: inferred from why it was skipped.', times],
    ['The status "odd" of b is not known.'],
    ['How b is run is not in the snapshot: give its command.'],
    ['The result of a is that of a dry run: take it out first.'],
    1,
  ])
})

test('[F180] an imported run is paused where something is left to do, and says so of each step', () => {
  const long = 'y'.repeat(250)
  const made = [
    bring({ a: success, b: condition }),
    bring({ a: success, b: condition, c: cascade }, { b: 'true', c: 'false', [long]: 'true' }),
    bring({ a: failure, b: cancelled }, { a: 'x', b: 'y' }, '#1/é?'),
    bring({ a: success }, {}, `${'n'.repeat(100)}.json`),
  ].map((one) => (one.kind === 'ok' ? one.run : null))

  expect(made.map((run) => [run?.workflow.name.length, run?.status, run?.finishedAt])).toEqual([
    [14, 'completed', '2026-11-21T09:00:00.000Z'],
    [14, 'paused', null],
    [5, 'failed', '2026-11-21T09:00:00.000Z'],
    [80, 'completed', '2026-11-21T09:00:00.000Z'],
  ])
  expect(made[2]?.workflow.name).toBe('tasks')
  expect(made[0]?.workflow.definition?.steps).toEqual({
    a: expect.objectContaining({ title: 'a' }) as object,
    b: expect.objectContaining({ when: 'false' }) as object,
  })
  expect(made[0]?.steps).toMatchObject({
    a: { status: 'succeeded', output: { rows: 1.5 } },
    b: { status: 'skipped', skippedBy: 'condition' },
  })
  expect(made[1]?.steps).toMatchObject({
    b: { status: 'pending', skippedBy: null },
    c: { status: 'skipped', skippedBy: 'dependency' },
    ['y'.repeat(90)]: { status: 'pending' },
  })
  expect(made[1]?.workflow.definition?.steps).toMatchObject({
    c: { needs: ['a'] },
    ['y'.repeat(90)]: { title: 'y'.repeat(200) },
  })
  expect(made[1]?.workflow.definition?.steps).not.toMatchObject({ b: { when: 'false' } })
  expect(made[1]).toMatchObject({
    place: { environment: [] },
    annotations: { pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  })
  expect(bring({ a: success }, { a: '' })).toMatchObject({
    kind: 'refused',
    problems: [expect.stringMatching(/^\/steps\/a/)],
  })
})

test('[F170] a snapshot is one document, and nothing beside it belongs to it', () => {
  expect([
    taskRunner.id,
    taskRunner.name,
    taskRunner.role('a', '{}'),
    taskRunner.folders('a/b/c.json'),
    taskRunner.folders('c.json'),
  ]).toEqual(['task-runner', 'task-runner', 'run', ['a/b'], ['']])
  expect([taskRunner.belongs('a', '{}', []), taskRunner.cleanupRules]).toEqual([
    [],
    {
      rules: [],
      dangers: [
        'task-runner writes no state by itself: who wrote the snapshots decides which may go.',
      ],
    },
  ])
  const cut = setOf(`{"a": ${JSON.stringify(success)}, "b": {"status": "failure", "err`)
  expect(taskRunner.repairs(cut, context)).toMatchObject([{ id: 'salvage' }])
})
