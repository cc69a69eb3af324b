import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { storeStyle } from '../../../../../../shared/core/formats/multyagents/editStore.ts'
import { patchAsPython } from '../../../../../../shared/core/formats/view/patchAsPython.ts'
import { pythonJson } from '../../../../../../shared/core/formats/text/pythonJson.ts'
import type { Run, StepState } from '../../../../../../shared/schema/run.ts'
import { cutsOf, flipsOf } from '../damage.ts'
import { changedText, context, readFolder, setOf } from '../fileSet.ts'
import { askPython } from '../python.ts'
import { mended } from './mended.ts'
import { mendedStores } from './mendedStores.ts'
import { withSecondRun } from './stores.ts'
import { waysToMend } from './waysToMend.ts'

const reader = new URL('reader.py', import.meta.url)
const files = readFolder('multyagents')
const store = 'state.json'

function textOf(name: string): string {
  return files.get(`api-state.${name}.json`) ?? ''
}

function setOfText(text: string, item: string | null = null) {
  return setOf(multyagents, store, new Map([[store, text]]), item)
}

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

/** A store as multyagents would have written it with these changes, whatever they break. */
function changed(text: string, ...patches: readonly TextPatch[]): string {
  const patched = patchAsPython(text, patches, storeStyle)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  return patched.text
}

function rules(text: string): readonly string[] {
  return multyagents.read(setOfText(text), context).findings.map(({ rule }) => rule)
}

test('[F161] Python writes the healthy stores as they stand', () => {
  const names = ['created', 'running', 'paused', 'failed', 'old-28be9f3']
  expect(askPython(reader, names.map(textOf))).toEqual(names.map(() => true))
})

test('[F161] an edited store is one that the API loads and would have written so', () => {
  const text = changedText(
    multyagents.edit(
      setOfText(textOf('failed')),
      [
        { op: 'replace', path: ['tasks', '2', 'title'], value: '"Größe prüfen 😀"' },
        add('roles|2|execution_constraints', '{"retry_policy":{"retry_on":[],"max_retries":2}}'),
        add('path_locks|/srv/a', '3'),
        add('task_locks|3', '["/srv/a"]'),
        add('artifacts|0|metadata|big', '9007199254740993'),
        add('artifacts|0|metadata|all', '7.0'),
      ],
      context,
    ),
  )
  expect(text).toContain('"title": "Gr\\u00f6\\u00dfe pr\\u00fcfen \\ud83d\\ude00"')
  expect(text).toContain('"metadata": {"all": 7.0, "big": 9007199254740993, "words": 412}')
  expect(askPython(reader, [text])).toEqual([true])
})

test('[F161] what is not named keeps its bytes, and no change is none', () => {
  const text = textOf('running')
  const patch = { op: 'replace', path: ['tasks', '2', 'status'], value: '"queued"' } as const
  expect(multyagents.edit(setOfText(text), [patch], context)).toEqual({
    kind: 'ok',
    changes: [
      {
        path: store,
        text: text.replace('"status": "running", "stderr"', '"status": "queued", "stderr"'),
        why: 'the store',
      },
    ],
    notes: [
      'An API that runs has the store in memory: stop it first, or its next write takes the edit back.',
    ],
  })
  const none = { kind: 'ok', changes: [], notes: [] }
  const same = { ...patch, value: '"running"' }
  expect(multyagents.edit(setOfText(text), [], context)).toEqual(none)
  expect(multyagents.edit(setOfText(text), [same], context)).toEqual(none)
  expect(
    multyagents.edit({ ...setOfText(text), document: 'other.json' }, [patch], context),
  ).toEqual({
    kind: 'refused',
    problems: ['other.json could not be read.'],
  })
})

test.each<[string, TextPatch]>([
  ['a field more', add('tasks|1|mood', '"good"')],
  ['a field less', { op: 'remove', path: ['roles', '1', 'name'] }],
  ['another id', add('roles|1|id', '7')],
  ['a word that is unknown', add('tasks|1|status', '"bogus"')],
  ['a next id too low', add('sequences|task_seq', '1')],
  ['a task that is gone', { op: 'remove', path: ['tasks', '3'] }],
  ['a circle', add('workflow_runs|1|step_dependencies|1', '[2]')],
  ['no JSON', add('tasks|1|status', 'bogus')],
])('[F162] an edit that would stop the API is refused: %s', (_, patch) => {
  expect(multyagents.edit(setOfText(textOf('failed')), [patch], context).kind).toBe('refused')
})

function offered(text: string, temporary: string): readonly string[] {
  const both = new Map([
    [store, text],
    [`${store}.tmp`, temporary],
  ])
  return multyagents
    .repairs(setOf(multyagents, store, both), context)
    .map(({ id, confidence }) => `${id} ${confidence}`)
}

test('[F162] a store that is broken is not edited', () => {
  const deep = `{"tasks": ${'['.repeat(1500)}${']'.repeat(1500)}}`
  for (const text of [deep, '', '{"tasks":', '[]']) {
    const change = multyagents.edit(setOfText(text), [add('moods', '1')], context)
    expect(change).toEqual({
      kind: 'refused',
      problems: ['A broken store is repaired, not edited.'],
    })
  }
})

test('[F163] a left-over temporary file mends a broken store, and an older one goes', () => {
  const [whole, older] = [textOf('failed'), textOf('created')]
  expect(offered(whole.slice(0, 500), whole)).toEqual(['temporary:take likely'])
  expect(offered(older, whole)).toEqual(['temporary:take likely'])
  expect(offered(whole, older)).toEqual(['temporary:away certain', 'temporary:take guess'])
  expect(offered(whole, '{')).toEqual(['temporary:away certain'])
  expect(offered(whole.slice(0, 500), '{')).toEqual([])
})

test.each<[string, string, readonly TextPatch[], readonly string[]]>([
  ['sequences certain', 'failed', [add('sequences|task_seq', '1')], ['F145']],
  ['unknown-fields likely', 'failed', [add('tasks|1|mood', '1')], ['F142']],
  ['ids likely', 'failed', [add('roles|1|id', '7')], ['F144']],
  [
    'references likely',
    'failed',
    [
      add('workflow_runs|1|task_ids|-', '9'),
      add('workflow_runs|1|step_dependencies|9', '[1]'),
      add('task_latest_run|9', '8'),
    ],
    ['F146', 'F146'],
  ],
  [
    'locks likely',
    'failed',
    [
      add('path_locks|/srv/a', '2'),
      add('path_locks|/srv/b', '3'),
      add('task_locks|2', '["/srv/a", "/srv/c"]'),
    ],
    ['F148', 'F147', 'F147'],
  ],
  ['isolated-locks likely', 'failed', [add('isolated_branch_locks|b', '1')], ['F149']],
  ['handoffs likely', 'running', [add('handoffs|1|summary', '"x"')], ['F152']],
  ['status:1 likely', 'failed', [add('workflow_runs|1|status', '"success"')], ['F151']],
])('[F164] %s', (expected, name, patches, found) => {
  const text = changed(textOf(name), ...patches)
  expect(rules(text).toSorted()).toEqual(found.toSorted())
  const repairs = multyagents.repairs(setOfText(text), context)
  expect(repairs.map(({ id, confidence }) => `${id} ${confidence}`)).toEqual([expected])
  const after = repairs[0]?.changes[0]?.text ?? ''
  expect(rules(after)).toEqual([])
  expect(askPython(reader, [after])).toEqual([true])
})

test.each(waysToMend.map((way) => [way.name, way] as const))(
  '[F163] [F164] how to mend %s',
  (name, way) => {
    expect(mended(way)).toEqual(mendedStores[name])
  },
)

test('[F369] once what an abort left is ended the run rests, and Python loads the store', () => {
  const text = changed(textOf('running'), add('workflow_runs|1|status', '"aborted"'))
  const [way] = multyagents.repairs(setOfText(text), context)
  const mendedText = way?.changes[0]?.text ?? ''
  const { diagnoses, findings, said } = multyagents.read(setOfText(mendedText), context)
  expect(diagnoses.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual([
    'F158 resting',
    'F155 resting',
  ])
  expect([findings, said]).toEqual([
    [],
    {
      status: 'aborted',
      steps: { 'task-1': 'success', 'task-2': 'canceled', 'task-3': 'created' },
    },
  ])
  expect(askPython(reader, [mendedText])).toEqual([true])
  expect(multyagents.repairs(setOfText(mendedText), context)).toEqual([])
})

test('[F164] a healthy store has nothing to mend', () => {
  for (const name of ['created', 'running', 'paused', 'failed', 'old-28be9f3']) {
    expect(multyagents.repairs(setOfText(textOf(name)), context)).toEqual([])
  }
})

const commands = { 'task-1': 'true', 'task-2': 'true', 'task-3': 'true', 'task-4': 'true' }

function imported(
  text: string,
  item: string | null = null,
  given: Record<string, string> = commands,
) {
  const options = { definition: null, commands: given, id: 'imported-1' }
  return multyagents.toRun(setOfText(text, item), options, context)
}

test('[F165] tasks that are not done need a command, and an open approval is a gate', () => {
  expect(imported(textOf('failed'), null, { 'task-2': 'true' })).toEqual({
    kind: 'refused',
    problems: [expect.stringContaining('task-3 is done by an agent of multyagents')],
  })
  const result = imported(textOf('failed'), null, { 'task-2': 'make', 'task-3': 'true' })
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const { definition } = result.run.workflow
  expect(
    Object.entries(definition?.steps ?? {}).map(([id, { run, gate, needs }]) => [
      id,
      run ?? gate?.message,
      needs,
    ]),
  ).toEqual([
    ['task-1', expect.stringContaining('was done by multyagents'), undefined],
    ['task-2', 'make', ['task-1']],
    ['approve-task-3', 'May "Review change" be done?', ['task-2']],
    ['task-3', 'true', ['task-2', 'approve-task-3']],
  ])
  expect(Object.values(result.run.steps).map(({ status }) => status)).toEqual([
    'succeeded',
    'failed',
    'pending',
    'pending',
  ])
})

test('[F165] a task that nobody was asked about is not done without being asked', () => {
  const text = changed(textOf('failed'), { op: 'remove', path: ['task_approval', '3'] })
  const result = imported(text)
  expect(result.kind === 'ok' && Object.keys(result.run.steps)).toContain('approve-task-3')
})

test('[F165] what cannot be expressed is refused by name', () => {
  const rejected = changed(textOf('failed'), add('approvals|1|status', '"rejected"'))
  expect(imported(rejected)).toEqual({
    kind: 'refused',
    problems: ['Review change was rejected: it is not to be done.'],
  })
  expect(imported(withSecondRun(textOf('failed')))).toEqual({
    kind: 'refused',
    problems: ['Choose one of its runs: 1 (Feature delivery), 2 (Run 2).'],
  })
  expect(imported(textOf('corrupt-truncated')).kind).toBe('refused')
  expect(imported(changed(textOf('failed'), add('tasks|1|mood', '1'))).kind).toBe('refused')
})

/** A step as an executor leaves it. */
function done(status: 'succeeded' | 'failed'): StepState {
  return {
    status,
    attempts: [
      {
        number: 1,
        startedAt: '2026-11-21T10:00:00.000Z',
        finishedAt: '2026-11-21T10:00:01.500Z',
        outcome: status,
        error: status === 'failed' ? { name: 'E', message: 'no', code: null, stack: null } : null,
        exitCode: status === 'failed' ? 3 : 0,
        process: null,
      },
    ],
    output: status === 'failed' ? null : 'größer',
    waitingOn: null,
    skippedBy: null,
  }
}

test('[F166] a run comes back with its changes only, the rest of the store byte for byte', () => {
  const text = withSecondRun(textOf('running'))
  const set = setOfText(text, '1')
  const result = imported(text, '1')
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const { run } = result
  expect(multyagents.fromRun(set, run, context)).toEqual({ kind: 'ok', changes: [], notes: [] })
  const ended: Run = {
    ...run,
    status: 'completed',
    updatedAt: '2026-11-21T10:00:02.000Z',
    steps: {
      ...run.steps,
      ...Object.fromEntries(
        ['task-2', 'approve-task-3', 'task-3'].map((step) => [step, done('succeeded')]),
      ),
    },
  }
  const back = changedText(multyagents.fromRun(set, ended, context))
  const other = multyagents.read(setOfText(back, '2'), context)
  expect([other.said, rules(back)]).toEqual([
    { status: 'created', steps: { 'task-4': 'created' } },
    [],
  ])
  const { said, run: read } = multyagents.read(setOfText(back, '1'), context)
  expect(said).toEqual({
    status: 'success',
    steps: { 'task-1': 'success', 'task-2': 'success', 'task-3': 'success' },
  })
  expect(read?.finishedAt).toBe('2026-11-21T10:00:01.500Z')
  expect(back).toContain('"decided_by": "Unstuck"')
  expect(back).toContain('"path_locks": {}')
  expect(back).toContain('"finished_at": "2026-11-21T10:00:01.500000+00:00"')
  expect(back).toContain('"updated_at": "2026-11-21T10:00:02+00:00"')
})

test('[F166] a task that failed here is failed there, and Python loads it', () => {
  const text = textOf('created')
  const result = imported(text)
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const steps = { ...result.run.steps, ...Object.fromEntries([['task-1', done('failed')]]) }
  const run: Run = { ...result.run, status: 'failed', steps }
  const back = changedText(multyagents.fromRun(setOfText(text), run, context))
  expect(multyagents.read(setOfText(back), context)).toMatchObject({
    findings: [],
    said: { status: 'failed', steps: { 'task-1': 'failed', 'task-2': 'created' } },
  })
  const stranger = {
    ...run,
    steps: { ...steps, ...Object.fromEntries([['other', done('failed')]]) },
  }
  expect(multyagents.fromRun(setOfText(text), stranger, context).kind).toBe('refused')
  expect(askPython(reader, [back])).toEqual([true])
})

const began = { ...done('succeeded').attempts[0], finishedAt: null, outcome: null, exitCode: null }
test.each<[string, object, object, Run['status'], string]>([
  [
    'a step that was skipped is cancelled there',
    { status: 'skipped', attempts: [], output: null },
    { status: 'canceled', started_at: null, finished_at: null, exit_code: null },
    'cancelled',
    'aborted',
  ],
  [
    'one that runs has no end',
    { status: 'running', attempts: [began] },
    { status: 'running', finished_at: null, exit_code: null },
    'running',
    'running',
  ],
  [
    'one that succeeded without a code has none to tell',
    { status: 'succeeded', attempts: [], output: { a: 1 } },
    { status: 'success', exit_code: 0, stdout: '{"a":1}' },
    'paused',
    'paused',
  ],
  [
    'one that failed without a code too',
    { status: 'failed', attempts: [] },
    { status: 'failed', exit_code: null, stderr: null },
    'failed',
    'failed',
  ],
])('[F166] %s', (_, state, expected, status, word) => {
  const text = textOf('created')
  const result = imported(text)
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const steps = {
    ...result.run.steps,
    ...Object.fromEntries([['task-1', { ...done('succeeded'), ...state }]]),
  }
  const back = changedText(
    multyagents.fromRun(setOfText(text), { ...result.run, status, steps }, context),
  )
  const stored = JSON.parse(back) as {
    tasks: Record<string, object>
    workflow_runs: Record<string, object>
  }
  expect(stored.tasks['1']).toMatchObject(expected)
  expect(stored.workflow_runs['1']).toMatchObject({ status: word })
})

test('[F166] a gate that was rejected here is rejected there', () => {
  const text = withSecondRun(textOf('running'))
  const result = imported(text, '1')
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const steps = { ...result.run.steps, ...Object.fromEntries([['approve-task-3', done('failed')]]) }
  const back = changedText(
    multyagents.fromRun(setOfText(text, '1'), { ...result.run, steps }, context),
  )
  expect(back).toContain('"status": "rejected"')
})

test('[F166] a store that has the run no more, or is damaged, is refused', () => {
  const result = imported(textOf('created'))
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  const { run } = result
  const refused = {
    kind: 'refused',
    problems: ['The original store does not have this run any more.'],
  }
  expect(multyagents.fromRun(setOfText(textOf('corrupt-truncated')), run, context)).toEqual(refused)
  expect(multyagents.fromRun(setOfText(textOf('created'), '99'), run, context)).toEqual(refused)
})

test('[F168] a store cut at any byte is told as broken', () => {
  const text = textOf('created')
  for (const cut of cutsOf(text)) {
    const { run, findings } = multyagents.read(setOfText(cut), context)
    if (run !== null || findings[0]?.rule !== 'F141') expect.fail(`cut to ${cut.length}`)
  }
})

test('[F168] a flipped bit is broken, or stands in what is shown', () => {
  const text = textOf('running')
  for (const flip of flipsOf(text, 300)) {
    const set = setOfText(flip)
    const { findings } = multyagents.read(set, context)
    if (findings.length === 0 && treeOf(flip) === treeOf(text)) expect.fail(`silent: ${flip}`)
    multyagents.repairs(set, context)
    multyagents.resume(set, { from: 'task-2' }, context)
    imported(flip)
  }
})

function treeOf(text: string): string {
  const parsed = parseText(text, 'python')
  return parsed.kind === 'ok' ? pythonJson(parsed.root) : 'broken'
}
