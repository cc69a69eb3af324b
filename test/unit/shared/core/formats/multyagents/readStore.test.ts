import { expect, test } from 'vitest'
import { multyagents } from '../../../../../../shared/core/formats/multyagents/multyagents.ts'
import { patchText, type TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { context, readFolder, setOf } from '../fileSet.ts'
import { saidOf } from './saidOf.ts'
import { saidOfSituations } from './saidOfSituations.ts'
import { situations } from './situations.ts'
import { withSecondRun } from './stores.ts'

const samples = readFolder('multyagents')
const store = 'state.json'

function textOf(name: string): string {
  return samples.get(`api-state.${name}.json`) ?? ''
}

function read(text: string, item: string | null = null) {
  return multyagents.read(setOf(multyagents, store, new Map([[store, text]]), item), context)
}

function changed(name: string, ...patches: readonly TextPatch[]): string {
  const patched = patchText(textOf(name), patches)
  if (patched.kind === 'refused') throw new Error(patched.problem)
  return patched.text
}

function add(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

function rules(text: string): readonly string[] {
  return read(text).findings.map(({ rule, severity }) => `${rule} ${severity}`)
}

function told(text: string): readonly string[] {
  return read(text).diagnoses.map(
    ({ rule, severity, sentence }) => `${rule} ${severity}: ${sentence}`,
  )
}

test('[F284] a store of several runs says how many, how many are stuck, and why, each with its run', () => {
  const [first, ...each] = read(withSecondRun(textOf('failed'))).diagnoses

  expect(first).toMatchObject({ rule: 'F284', severity: 'stuck', action: { run: '2' } })
  expect(first?.sentence).toMatch(/^2 runs: 2 stuck\. Run 2: /)
  expect(each.map(({ severity, action }) => [severity, action.run])).toEqual([
    ['stuck', '2'],
    ['stuck', '1'],
  ])
  expect(read(textOf('failed')).diagnoses[0]?.rule).not.toBe('F284')
})

test('[F140] every healthy store opens with its run and no findings', () => {
  for (const name of ['created', 'running', 'paused', 'failed']) {
    const { run, findings } = read(textOf(name))
    expect({ name, findings, problem: Run.safeParse(run).error }).toEqual({
      name,
      findings: [],
      problem: undefined,
    })
  }
})

test('[F140] tasks are steps with what they need, and the words as said', () => {
  const { run, said, label } = read(textOf('failed'))
  expect({
    label,
    said,
    status: run?.status,
    name: run?.workflow.name,
    user: run?.place.user,
  }).toEqual({
    label: 'multyagents store',
    said: {
      status: 'failed',
      steps: { 'task-1': 'success', 'task-2': 'failed', 'task-3': 'created' },
    },
    status: 'failed',
    name: 'Feature delivery',
    user: 'alice',
  })
  const { definition } = run?.workflow ?? {}
  expect(Object.entries(definition?.steps ?? {})).toEqual([
    ['task-1', { title: 'Plan feature', needs: [] }],
    ['task-2', { title: 'Implement feature', needs: ['task-1'] }],
    ['task-3', { title: 'Review change', needs: ['task-2'] }],
  ])
  expect(Object.values(run?.steps ?? {})[1]).toMatchObject({
    status: 'failed',
    attempts: [{ number: 1, outcome: 'failed', exitCode: 1 }],
    agent: 'coder',
    retries: 0,
    approval: null,
  })
})

test('[F140] each run of a store is an item of its own', () => {
  const text = withSecondRun(textOf('failed'))
  expect(multyagents.items?.(text)).toEqual([
    { item: '1', label: 'Feature delivery · run 1' },
    { item: '2', label: 'Run 2' },
  ])
  const statuses = [null, '1', '2', '3'].map((item) => read(text, item).run?.status ?? null)
  expect(statuses).toEqual([null, 'failed', 'pending', null])
  expect(read(text, '2').findings).toEqual([])
  expect([multyagents.role('a.json', text), multyagents.role('a.json.tmp', text)]).toEqual([
    'run',
    'part',
  ])
})

test('[F140] [F154] an approval that is open is a gate', () => {
  const text = changed(
    'failed',
    add('tasks|2|status', '"success"'),
    add('workflow_runs|1|status', '"running"'),
  )
  const { run, diagnoses } = read(text)
  expect(Object.values(run?.steps ?? {})[2]).toMatchObject({
    status: 'waiting',
    waitingOn: { kind: 'gate', since: '2026-11-21T08:27:42.264Z', who: null },
    approval: 'pending',
  })
  expect(diagnoses[0]).toMatchObject({
    rule: 'F154',
    severity: 'stuck',
    sentence: 'Review change waits for an approval; multyagents names nobody who should give it.',
    step: 'task-3',
    evidence: [
      { label: 'Approval', value: '1' },
      { label: 'Decide with', value: 'POST /approvals/1/approve' },
    ],
  })
  const rejected = patchText(text, [
    add('approvals|1|status', '"rejected"'),
    add('approvals|1|decided_by', '"bob"'),
  ])
  expect(told(rejected.kind === 'ok' ? rejected.text : '')[0]).toContain('was rejected by bob')
})

test('[F140] an exit code that is no number of ours makes no run that cannot be read', () => {
  for (const code of ['1e300', '1.5', '9007199254740993']) {
    const { run } = read(changed('failed', add('tasks|2|exit_code', code)))
    expect(Run.safeParse(run).error).toBeUndefined()
  }
})

test('[F140] a task that was dispatched again has its earlier tries', () => {
  const again =
    '{"contract_version": "v1", "created_at": "2026-11-21T09:00:00+00:00", "event_type": "task.dispatched", "id": 21, "payload": {}, "producer_role": "system", "run_id": 1, "task_id": 2}'
  const text = changed('failed', add('events|-', again), add('sequences|event_seq', '22'))
  const attempts = Object.values(read(text).run?.steps ?? {})[1]?.attempts ?? []
  expect(attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
    [1, 'failed'],
    [2, 'failed'],
  ])
})

test('[F141] a cut store stops the API', () => {
  expect(read(textOf('corrupt-truncated'))).toMatchObject({
    run: null,
    findings: [{ rule: 'F141', severity: 'error', line: 1, column: 6134 }],
  })
  expect(read('').findings[0]?.sentence).toContain('is empty')
  expect(rules('[1]')).toEqual(['F141 error'])
})

test.each<[string, string, readonly TextPatch[], readonly string[]]>([
  ['a field of a role', 'created', [add('roles|1|mood', '"good"')], ['F142 error']],
  ['a table', 'created', [add('moods', '{}')], ['F142 warning']],
  ['a list', 'created', [add('events', '{}')], ['F143 error']],
  ['a missing field', 'created', [{ op: 'remove', path: ['tasks', '1', 'title'] }], ['F143 error']],
  ['a text for a number', 'created', [add('tasks|1|exit_code', '"0"')], ['F143 error']],
  ['no record', 'created', [add('approvals|1', '7')], ['F143 error']],
  ['another id', 'created', [add('roles|1|id', '2')], ['F144 error']],
  ['a next id', 'created', [add('sequences|task_seq', '3')], ['F145 error']],
  [
    'no next id',
    'created',
    [add('sequences', '{}')],
    Array.from({ length: 8 }, () => 'F145 error'),
  ],
  ['a role that is gone', 'created', [add('tasks|1|role_id', '9')], ['F146 error']],
  ['a task that is gone', 'created', [add('workflow_runs|1|task_ids|-', '9')], ['F146 error']],
  ['one list of locks', 'running', [add('task_locks', '{}')], ['F147 warning']],
  ['the other list', 'running', [add('path_locks', '{}')], ['F147 warning']],
  [
    'a lock of a task that has ended',
    'failed',
    [add('path_locks|/srv', '2'), add('task_locks|2', '["/srv"]')],
    ['F148 warning'],
  ],
  [
    'a branch without a session',
    'created',
    [add('isolated_branch_locks|b', '1')],
    ['F149 warning'],
  ],
  ['an event twice', 'running', [add('events|1|id', '1')], ['F150 warning']],
  [
    'an event too late',
    'running',
    [add('events|1|id', '9')],
    Array.from({ length: 7 }, () => 'F150 warning'),
  ],
  ['a word of a task', 'created', [add('tasks|1|status', '"bogus"')], ['F151 error']],
  ['a word of a run', 'created', [add('workflow_runs|1|status', '"bogus"')], ['F151 error']],
  [
    'a run against its tasks',
    'failed',
    [add('workflow_runs|1|status', '"running"')],
    ['F151 warning'],
  ],
  [
    'a success of nothing',
    'created',
    [add('workflow_runs|1|status', '"success"')],
    ['F151 warning'],
  ],
  ['a handoff', 'running', [add('handoffs|1|summary', '"other"')], ['F152 warning']],
  ['a circle', 'created', [add('workflow_runs|1|step_dependencies|1', '[3]')], ['F153 error']],
  [
    'a task of no run',
    'created',
    [add('workflow_runs|1|step_dependencies|1', '[9]')],
    ['F153 error'],
  ],
])(
  '[F142] [F143] [F144] [F145] [F146] [F147] [F148] [F149] [F150] [F151] [F152] [F153] %s',
  (_, name, patches, expected) => {
    expect(rules(changed(name, ...patches))).toEqual(expected)
  },
)

test('[F149] a session and its locks', () => {
  const session =
    '{"git_branch": "b-2", "project_id": 1, "project_root": "/srv/demo-shop", "run_id": 1, "task_id": 2, "task_run_id": "run-1:task-2", "worktree_path": "/w/2"}'
  const use = add('isolated_sessions|2', session)
  const locks = [add('isolated_branch_locks|1:b-2', '2'), add('isolated_worktree_locks|/w/2', '2')]
  expect(rules(changed('running', use, ...locks))).toEqual([])
  expect(rules(changed('running', use))).toEqual(['F149 warning', 'F149 warning'])
})

test('[F150] [F143] a key that stands twice', () => {
  const text = textOf('created').replace('"audits": {}', '"audits": {}, "audits": {}')
  expect(rules(text)).toEqual(['F143 error'])
})

test('[F155] a failed task is told with what multyagents knows of it', () => {
  const { diagnoses } = read(textOf('failed'))
  expect(diagnoses[0]).toMatchObject({
    rule: 'F155',
    severity: 'stuck',
    sentence: 'Implement feature failed: AssertionError: expected 3 got 2',
    step: 'task-2',
  })
  expect(diagnoses[0]?.evidence.map(({ label }) => label)).toEqual([
    'Message',
    'Exit code',
    'Kind',
    'Hint',
    'Retries',
    'Last retry',
  ])
  const policy = add(
    'roles|2|execution_constraints',
    '{"retry_policy": {"max_retries": 3, "retry_on": []}}',
  )
  expect(read(changed('failed', policy)).diagnoses[0]?.evidence).toContainEqual({
    label: 'Retries',
    value: '0 of 3',
  })
})

test('[F156] what could go on, and what holds up the rest', () => {
  expect(told(textOf('created'))).toEqual([
    'F156 stuck: Plan feature could be dispatched, and nobody does it.',
    'F156 attention: Implement feature waits for Plan feature.',
    'F156 attention: Review change waits for Implement feature.',
  ])
  const planned = changed('created', add('tasks|1|status', '"success"'))
  expect(told(planned)).toContain(
    'F156 stuck: Implement feature needs an artifact "report" of task 1, which nobody published.',
  )
  const locked = changed(
    'running',
    add('tasks|2|status', '"created"'),
    add('path_locks|/srv/demo-shop/src', '1'),
    add('task_locks', '{"1": ["/srv/demo-shop/src"]}'),
  )
  expect(told(locked)).toContain(
    'F156 attention: Implement feature waits for /srv/demo-shop/src, which task 1 has locked.',
  )
})

test('[F157] a pause that the next message ends', () => {
  expect(told(textOf('paused'))).toContain(
    'F157 attention: Paused, but its tasks go on: the next message of a runner makes it running again.',
  )
})

test('[F158] an abort that leaves tasks and locks behind', () => {
  const text = changed('running', add('workflow_runs|1|status', '"aborted"'))
  expect(told(text)[0]).toBe(
    'F158 stuck: Aborted, but multyagents leaves 1 of its tasks running and keeps /srv/demo-shop/src locked.',
  )
})

test('[F159] running is only said', () => {
  expect(told(textOf('running'))).toContain(
    'F159 attention: Implement feature is said to be running; last change 3 h ago.',
  )
})

function plan(name: string, from: string | null) {
  const set = setOf(multyagents, store, new Map([[store, textOf(name)]]))
  const { command, steps, warnings, problems } = multyagents.resume(set, { from }, context)
  return [command, steps.map(({ does }) => does).join(' '), warnings[0], problems.length]
}

test('[F160] what the calls of its API would do, and what they refuse', () => {
  expect(plan('created', null)).toEqual([
    null,
    'run skip skip',
    expect.stringContaining('/dispatch-ready'),
    0,
  ])
  expect(plan('failed', 'task-2')).toEqual([
    null,
    'reuse runAgain skip',
    expect.stringContaining('partial-rerun with the tasks 2.'),
    0,
  ])
  expect(plan('paused', 'task-2')).toEqual([null, 'reuse unknown skip', expect.any(String), 3])
  expect(plan('corrupt-truncated', null)).toEqual([null, '', undefined, 1])
})

test('[F163] a temporary file beside the store', () => {
  const both = new Map([
    [store, textOf('running')],
    [`${store}.tmp`, '{"app'],
  ])
  const { findings, points } = multyagents.read(setOf(multyagents, store, both), context)
  expect(findings.map(({ rule, file }) => [rule, file])).toEqual([['F163', 'temporary']])
  expect(points.map(({ id, problem }) => [id, problem === null])).toEqual([
    ['current', true],
    ['temporary', false],
  ])
})

test('[F167] its events are its history', () => {
  const { history } = read(textOf('failed'))
  expect([history?.length, history?.at(-1)]).toEqual([
    20,
    {
      at: '2026-11-21T08:27:42.272Z',
      what: 'workflow_run.failed',
      step: null,
      by: 'system',
      message: null,
    },
  ])
})

test('[F169] a store of the first version', () => {
  const { run, findings } = read(textOf('old-28be9f3'))
  expect([findings, run?.status, run?.workflow.name]).toEqual([[], 'running', 'Run 1'])
  expect(read('{"sequences": {}, "workflow_runs": {}, "tasks": {}}')).toMatchObject({
    run: null,
    findings: [],
    diagnoses: [],
  })
})

test.each(situations.map((situation) => [situation.name, situation] as const))(
  '[F154] [F155] [F156] [F157] [F158] [F160] [F163] %s',
  (name, situation) => {
    expect(saidOf(situation)).toEqual(saidOfSituations[name])
  },
)

test('[F284] of many runs so many are looked into, and the others are counted', () => {
  expect(many('created', 0)).toEqual(['F159 resting: Done; last change 3 h ago.'])
  expect(many('success', 2)).toEqual(['F284 resting: 3 runs: none of them needs anybody.'])
  expect(many('aborted', 2)).toEqual(['F284 resting: 3 runs: none of them needs anybody.'])
  expect(many('aborted', 22)).toEqual(['F284 attention: 23 runs: 2 more that are not done.'])
  expect(many('paused', 22)[0]).toBe(
    'F284 stuck: 23 runs: 20 stuck, 2 more that are not done. Run 23: Paused; last change 3 h ago.',
  )
})

function many(status: string, count: number): readonly string[] {
  const rows = Array.from({ length: count }, (_, at) =>
    add(`workflow_runs|${at + 2}`, runOf(at + 2, status)),
  )
  return told(changed('failed', add('workflow_runs|1|status', '"success"'), ...rows))
}

function runOf(id: number, status: string): string {
  return `{"created_at": "2026-11-21T09:00:00+00:00", "id": ${id}, "initiated_by": null, "status": "${status}", "step_artifact_requirements": {}, "step_dependencies": {}, "task_ids": [], "updated_at": "2026-11-21T09:00:00+00:00", "workflow_template_id": null}`
}
