import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { taskRunner } from '../../../../../../shared/core/formats/taskRunner/taskRunner.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { context } from '../awf/awfSets.ts'
import { integrityProblems } from '../awf/integrityProblems.ts'

type Sample = 'failed' | 'success' | 'running-partial'

const sampleText = (sample: Sample) =>
  readFileSync(
    new URL(`../../../../../fixtures/foreign/task-runner/snapshot.${sample}.json`, import.meta.url),
    'utf8',
  )

function setOf(text: string): FileSet {
  const document = 'tasks/snapshot.json'
  const files = [{ path: document, sizeBytes: text.length, modifiedAt: '2026-11-21T09:00:00.000Z' }]
  return { document, item: null, files, texts: new Map([[document, text]]) }
}

const reading = (sample: Sample, change: (text: string) => string = (text) => text) =>
  taskRunner.read(setOf(change(sampleText(sample))), context)

const edit = (patches: readonly TextPatch[], sample: Sample = 'failed') =>
  taskRunner.edit(setOf(sampleText(sample)), patches, context)

const attempt = (message: string | null) => ({
  number: 1,
  startedAt: '2026-11-22T01:00:00.000Z',
  finishedAt: '2026-11-22T01:00:01.000Z',
  outcome: null,
  error: message === null ? null : { name: 'E', message, code: null, stack: null },
  exitCode: null,
  process: null,
})

describe('reading', () => {
  test.each([
    ['failed', 'failed', 'TaskFailed'],
    ['success', 'failed', 'TaskFailed'],
    ['running-partial', 'completed', null],
  ] as const)(
    '[F170] %s is read in the order of its tasks, and has no finding',
    (sample, status, error) => {
      const { run, said, findings } = reading(sample)
      expect(findings).toEqual([])
      expect(run?.status).toBe(status)
      expect(run?.error?.name ?? null).toBe(error)
      expect(said.status).toBe(null)
      expect(Object.keys(said.steps)).toEqual(Object.keys(JSON.parse(sampleText(sample)) as object))
      expect(Run.safeParse(run).success).toBe(true)
    },
  )

  test('[F170] what is said of tasks, why they were skipped, and what they returned', () => {
    expect(reading('failed')).toMatchObject({
      label: 'task-runner snapshot',
      version: null,
      said: { steps: { 'fetch-data': 'success', 'train-model': 'failure', evaluate: 'skipped' } },
      run: {
        createdAt: '2026-11-21T09:00:00.000Z',
        error: { step: 'notify-slack', message: 'notify-slack failed: 429' },
        steps: {
          'fetch-data': { status: 'succeeded', output: { rows: 42 }, attempts: [] },
          'train-model': { status: 'failed' },
          evaluate: { status: 'skipped', skippedBy: 'dependency' },
          'cleanup-tmp': { status: 'skipped', skippedBy: 'condition' },
        },
      },
    })
  })

  test('[F177] what failed and what was skipped because of it; what a snapshot cannot tell is said', () => {
    const [first, second] = reading('failed').diagnoses
    expect(first?.sentence).toBe(
      'Task notify-slack failed: 429, as did 1 more. Skipped because of a failure: evaluate, send-email.',
    )
    expect(second?.sentence).toContain('continueOnError')
    expect(reading('running-partial').diagnoses).toMatchObject([
      { severity: 'resting', sentence: expect.stringContaining('cannot be told') as string },
    ])
  })
})

describe('findings', () => {
  test('[F171] a snapshot that is cut is an error', () => {
    expect(findingsOf('"success"', '"success')).toMatchObject([
      { rule: 'F171', severity: 'error', line: expect.any(Number) as number },
    ])
  })

  test.each([
    ['"rows": 42', '"rows": 42, "rows": 43', '/fetch-data/data/rows'],
    ['"message": "fetch-data ok"', '"message": 7', '/fetch-data/message'],
    ['"message": "fetch-data ok"', '"mess": "x"', '/fetch-data/mess'],
    ['"startTime": 136.435814,', '', '/fetch-data/metrics'],
    ['"status": "success",', '"status": "success", "status": "success",', '/fetch-data/status'],
  ])('[F172] %s as %s', (was, is, pointer) => {
    expect(findingsOf(was, is)).toMatchObject([{ rule: 'F172', severity: 'warning', pointer }])
  })

  test.each([
    ['"status": "success"', '"status": "running"', 'error'],
    ['"status": "success",', '"status": "success", "error": "x",', 'warning'],
  ])('[F173] %s as %s', (was, is, severity) => {
    const pointer = '/fetch-data/status'
    expect(findingsOf(was, is)).toMatchObject([{ rule: 'F173', severity, pointer }])
  })

  test('[F174] a result of a dry run', () => {
    expect(
      findingsOf('"fetch-data ok"', '"Dry run: simulated success of fetch-data"'),
    ).toMatchObject([{ rule: 'F174', severity: 'warning', pointer: '/fetch-data/status' }])
  })

  test.each(['50.979901', '151.979901'])('[F175] an end at %s', (end) => {
    expect(findingsOf('"endTime": 150.979901', `"endTime": ${end}`)).toMatchObject([
      { rule: 'F175', severity: 'warning', pointer: '/fetch-data/metrics' },
    ])
  })

  test.each(['train', 'fetch-data'])('[F176] skipped because of %s, which did not fail', (task) => {
    expect(findingsOf(`'train-model' failed`, `'${task}' failed`)).toMatchObject([
      { rule: 'F176', severity: 'warning', pointer: '/evaluate/message' },
    ])
  })
})

function findingsOf(was: string, is: string) {
  return reading('failed', (text) => text.replace(was, is)).findings
}

/** Reads both texts as Python does, with the text of every number: all but the paths named are the same, in the same order. */
const reader = `
import json, sys
read = lambda text: json.loads(text, parse_int=lambda one: ('int', one), parse_float=lambda one: ('float', one), object_pairs_hook=lambda rows: rows)
def walk(node, path=()):
    if isinstance(node, list) and all(isinstance(one, tuple) and len(one) == 2 for one in node):
        for key, value in node: yield from walk(value, path + (key,))
    else: yield '/'.join(path), repr(node)
before, after = map(list, map(walk, map(read, json.load(sys.stdin))))
print(json.dumps([a[0] for a, b in zip(before, after, strict=True) if a != b]))
`

describe('edits', () => {
  test('[F178] an independent reader finds the edited path changed, and nothing else', () => {
    const change = edit([{ op: 'replace', path: ['train-model', 'status'], value: '"cancelled"' }])
    if (change.kind === 'refused') throw new Error(change.problems.join(' '))
    const input = JSON.stringify([sampleText('failed'), change.changes[0]?.text])
    expect(JSON.parse(execFileSync('python3', ['-c', reader], { input }).toString())).toEqual([
      'train-model/status',
    ])
  })

  test('[F178] no patch changes nothing; what is no result any more is refused', () => {
    expect(edit([])).toEqual({ kind: 'ok', changes: [], notes: [] })
    expect(edit([{ op: 'replace', path: ['evaluate', 'status'], value: '"running"' }])).toEqual({
      kind: 'refused',
      problems: ['The task evaluate has the status "running", which is no result of a task.'],
    })
    expect(edit([{ op: 'add', path: ['evaluate', 'x'], value: '1' }]).kind).toBe('refused')
    expect(edit([{ op: 'remove', path: ['nothing'] }]).kind).toBe('refused')
  })
})

describe('resume', () => {
  test('[F179] there is no command, and what was meant is said for each task', () => {
    const { command, steps, noCommand, warnings } = taskRunner.resume(
      setOf(sampleText('failed')),
      { from: null },
      context,
    )
    expect(command).toBe(null)
    expect(steps.map(({ does }) => does)).toEqual([
      'run',
      'reuse',
      'run',
      'run',
      'run',
      'run',
      'reuse',
      'reuse',
    ])
    expect(noCommand).toContain('never built')
    expect(warnings).toContain(
      'The context that tasks share is not in the snapshot: give it again.',
    )
  })

  test('[F179] a dry run that would be taken for done is told', () => {
    const text = sampleText('running-partial').replace(
      'fetch-data ok',
      'Dry run: simulated success',
    )
    const { warnings } = taskRunner.resume(setOf(text), { from: null }, context)
    expect(warnings).toContain('fetch-data would be taken for done, and was only tried out.')
  })
})

const imported = (text: string, given: Readonly<Record<string, string>>) =>
  taskRunner.toRun(setOf(text), { definition: null, commands: given, id: 'imported' }, context)

describe('import', () => {
  const commands = { 'notify-slack': 'a', 'train-model': 'b', evaluate: 'c', 'send-email': 'd' }

  test('[F180] dependencies are only those that a skip names, and are labelled so', () => {
    const made = imported(sampleText('failed'), commands)
    if (made.kind === 'refused') throw new Error(made.problems.join(' '))
    const { run, notes } = made
    expect(run.workflow.definition).toMatchObject({
      parallel: 1,
      steps: {
        evaluate: { run: 'c', needs: ['train-model'] },
        'send-email': { run: 'd', needs: ['evaluate'] },
        'cleanup-tmp': { when: 'false' },
      },
    })
    expect(notes).toContain('evaluate needs train-model: inferred from why it was skipped.')
    expect(notes).toContain('cleanup-tmp stays skipped: its condition is not in the snapshot.')
    expect(integrityProblems(run)).toEqual([])
  })

  test('[F180] a task whose command is not known is refused by name, a dry run too', () => {
    expect(imported(sampleText('failed'), { ...commands, evaluate: undefined as never })).toEqual({
      kind: 'refused',
      problems: ['How evaluate is run is not in the snapshot: give its command.'],
    })
    const dry = sampleText('running-partial').replace('fetch-data ok', 'Dry run: simulated success')
    expect(imported(dry, {})).toMatchObject({ kind: 'refused' })
  })

  test('[F180] tasks that the snapshot has not are those that have not run', () => {
    const made = imported(sampleText('running-partial'), { report: 'true' })
    expect(made).toMatchObject({
      run: {
        status: 'paused',
        steps: { 'fetch-data': { status: 'succeeded' }, report: { status: 'pending' } },
      },
    })
  })

  test.each(['failed', 'success', 'running-partial'] as const)(
    '[F181] %s, imported and exported unmodified, is byte for byte the original',
    (sample) => {
      const set = setOf(sampleText(sample))
      const made = imported(sampleText(sample), commands)
      if (made.kind === 'refused') throw new Error(made.problems.join(' '))
      expect(taskRunner.fromRun(set, made.run, context)).toEqual({
        kind: 'ok',
        changes: [{ path: set.document, text: sampleText(sample), why: 'the snapshot' }],
        notes: [],
      })
    },
  )

  test.each([
    [
      { status: 'succeeded', output: { rows: 1 }, attempts: [attempt(null)] },
      { status: 'success', data: { rows: 1 } },
    ],
    [{ status: 'succeeded', output: null, attempts: [attempt(null)] }, { status: 'success' }],
    [
      { status: 'succeeded', output: 'edited by hand', attempts: [] },
      { status: 'success', data: 'edited by hand' },
    ],
    [
      { status: 'failed', attempts: [attempt('429')] },
      { status: 'failure', error: '429' },
    ],
    [
      { status: 'failed', attempts: [attempt(null)] },
      { status: 'failure', error: 'It failed.' },
    ],
    [
      { status: 'cancelled', attempts: [attempt('stopped')] },
      { status: 'cancelled', message: 'stopped' },
    ],
    [{ status: 'cancelled', attempts: [attempt(null)] }, { status: 'cancelled' }],
    [
      { status: 'skipped', skippedBy: 'condition', attempts: [] },
      { status: 'skipped', message: 'Skipped by condition evaluation.' },
    ],
    [{ status: 'skipped', skippedBy: 'person', attempts: [] }, { status: 'skipped' }],
  ] as const)('[F181] a step that is now %j', (now, result) => {
    const made = imported(sampleText('failed'), {
      'notify-slack': 'a',
      'train-model': 'b',
      'send-email': 'c',
      evaluate: 'd',
    })
    if (made.kind === 'refused') throw new Error(made.problems.join(' '))
    const state = { ...(made.run.steps['fetch-data' as never] as object), ...now }
    const run = { ...made.run, steps: { ...made.run.steps, 'fetch-data': state } } as unknown as Run // ids of a test
    const back = taskRunner.fromRun(setOf(sampleText('failed')), run, context)
    if (back.kind === 'refused') throw new Error(back.problems.join(' '))
    const text = back.changes[0]?.text ?? ''
    expect((JSON.parse(text) as Record<string, unknown>)['fetch-data']).toEqual(result)
    expect(back.notes).toEqual([
      'New results have no `metrics`: those of a snapshot are of a clock of its process.',
    ])
  })

  test('[F181] a step that has not ended has no place in a snapshot, and what is open stays as it was', () => {
    const made = imported(sampleText('failed'), {
      'notify-slack': 'a',
      'train-model': 'b',
      'send-email': 'c',
      evaluate: 'd',
    })
    if (made.kind === 'refused') throw new Error(made.problems.join(' '))
    const state = {
      ...(made.run.steps['fetch-data' as never] as object),
      status: 'running',
      attempts: [attempt(null)],
    }
    const run = { ...made.run, steps: { ...made.run.steps, 'fetch-data': state } } as unknown as Run // ids of a test
    expect(taskRunner.fromRun(setOf(sampleText('failed')), run, context)).toMatchObject({
      changes: [{ text: sampleText('failed') }],
      notes: [],
    })
    expect(taskRunner.fromRun(setOf('{"a"'), run, context)).toMatchObject({
      problems: [expect.stringContaining('The original cannot be read.')],
    })
  })

  test('[F180] an id that no run can have is refused', () => {
    const options = { definition: null, commands: {}, id: '../up' }
    expect(taskRunner.toRun(setOf(sampleText('failed')), options, context)).toEqual({
      kind: 'refused',
      problems: ['../up is no id of a run.'],
    })
  })

  test('[F181] a run of elsewhere is refused', () => {
    const { run } = reading('failed')
    if (run === null) throw new Error('It reads.')
    expect(taskRunner.fromRun(setOf(sampleText('failed')), run, context).kind).toBe('refused')
  })
})

function everything(now: string) {
  const set = setOf(now)
  taskRunner.resume(set, { from: null }, context)
  taskRunner.edit(set, [{ op: 'remove', path: ['evaluate'] }], context)
  taskRunner.toRun(set, { definition: null, commands: { a: 'true' }, id: 'a' }, context)
  return taskRunner.read(set, context)
}

describe('any bytes', () => {
  const text = sampleText('failed')

  test('[F182] cut at every byte, a snapshot is an error, until nothing is missing', () => {
    const whole = text.trimEnd().length
    for (let end = 0; end < whole; end += 1)
      expect(everything(text.slice(0, end)).findings).toMatchObject([{ rule: 'F171' }])
  })

  test('[F182] a bit that flipped is a finding, or to be seen in the view', () => {
    const bytes = Buffer.from(text)
    const healthy = JSON.stringify(everything(text))
    let seed = 7
    for (let count = 0; count < 400; count += 1) {
      seed = (seed * 48_271) % 2_147_483_647
      const flipped = Buffer.from(bytes)
      const at = seed % bytes.length
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (seed % 8))
      const now = flipped.toString()
      const isSame = JSON.stringify(everything(now)) === healthy
      if (isSame) expect(JSON.parse(now)).toEqual(JSON.parse(text))
    }
  })

  test.each([
    '',
    'null',
    '[]',
    '{}',
    '{"a":1,"b":null,"c":[],"__proto__":{}}',
    '{"a b":{},"a_b":{"status":"success"}}',
  ])('[F182] %s is no crash', (odd) => {
    expect(everything(odd).label).toBe('task-runner snapshot')
  })
})
