import { expect, test } from 'vitest'
import { Timestamp } from '../../../../../../shared/schema/json.ts'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { Run } from '../../../../../../shared/schema/run.ts'
import { context, readFolder, setOf } from '../fileSet.ts'
import { saidOf } from './saidOf.ts'
import { saidOfSituations } from './saidOfSituations.ts'
import { situations } from './situations.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const analysis = 'sessions/session_analysis_123.json'
const failed = 'sessions/session_failed_789.json'
const paused = 'sess-paused-at-coordinator/snapshot.json'

function read(files: ReadonlyMap<string, string>, document: string) {
  return marsys.read(setOf(marsys, document, files), context)
}

/** A document with one piece of its text replaced. */
function changed(files: ReadonlyMap<string, string>, document: string, from: string, to: string) {
  const text = files.get(document) ?? ''
  if (!text.includes(from)) throw new Error(`${document} has no ${from}`)
  return read(new Map([...files, [document, text.replace(from, to)]]), document)
}

function rules({ findings }: ReturnType<typeof read>) {
  return findings.map(({ rule }) => rule)
}

function told({ diagnoses }: ReturnType<typeof read>) {
  return diagnoses.map(({ rule, severity }) => `${rule} ${severity}`)
}

test('[F120] every healthy document opens with its run and no findings', () => {
  const documents = [
    ...[...legacy.keys()].map((path) => read(legacy, path)),
    read(old, analysis),
    read(old, failed),
    read(old, 'sessions/session_paused_456.json'),
    read(snapshots, paused),
  ]
  expect(documents.map(rules)).toEqual(documents.map(() => []))
  for (const { run } of documents) expect(Run.safeParse(run).error).toBeUndefined()
})

test('[F120] branches are steps, with the words as said', () => {
  const { run, said, label, isOld } = read(legacy, analysis)
  expect({
    label,
    isOld,
    said,
    status: run?.status,
    kind: run?.kind,
    name: run?.workflow.name,
  }).toEqual({
    label: 'MARSYS session',
    isOld: true,
    said: {
      status: 'running',
      steps: { branch_aaaa1111: 'completed', branch_bbbb2222: 'running' },
    },
    status: 'running',
    kind: 'session',
    name: 'Researcher and Coder',
  })
  expect(Object.entries(run?.steps ?? {})[0]).toEqual([
    'branch_aaaa1111',
    {
      status: 'succeeded',
      attempts: [
        {
          number: 1,
          startedAt: '2025-07-31T22:13:20.000Z',
          finishedAt: '2025-07-31T22:13:51.500Z',
          outcome: 'succeeded',
          error: null,
          exitCode: null,
          process: null,
        },
      ],
      output: { summary: '42 rows' },
      waitingOn: null,
      skippedBy: null,
      title: 'Branch Researcher',
      agent: 'Researcher',
      parent: null,
      stepsDone: 2,
      stepsTotal: 2,
    },
  ])
})

test('[F120] a snapshot is a paused run whose branches wait for each other', () => {
  const { run, said, version, label, isOld } = read(snapshots, paused)
  expect({ label, version, isOld, said, status: run?.status }).toEqual({
    label: 'MARSYS 0.3 snapshot',
    version: '0.2.1',
    isOld: false,
    said: {
      status: 'paused',
      steps: { br_0000: 'WAITING', br_0001: 'RUNNING', br_0002: 'RUNNING' },
    },
    status: 'paused',
  })
  const steps = Object.entries(run?.steps ?? {}).map(([id, { status, ...rest }]) => [
    id,
    status,
    rest['agent'],
    rest['parent'],
    rest['waitsFor'],
  ])
  expect(steps).toEqual([
    ['br_0000', 'waiting', 'Coordinator', null, ['br_0001', 'br_0002']],
    ['br_0001', 'running', 'Worker1', 'br_0000', []],
    ['br_0002', 'running', 'Worker2', 'br_0000', []],
  ])
})

test('[F100] a cut session has its place, and is one that MARSYS leaves out', () => {
  const { run, findings } = read(old, 'sessions/session_truncated_321.json')
  expect({ run, findings }).toMatchObject({
    run: null,
    findings: [{ rule: 'F100', severity: 'error', line: 64, column: 3 }],
  })
  expect(read(new Map([['a.json', '']]), 'a.json').findings[0]?.sentence).toMatch(
    /^The document is empty/,
  )
  expect(rules(read(new Map([['a.json', '[]']]), 'a.json'))).toEqual(['F100'])
})

test('[F101] a changed branch breaks the checksum, a changed note in the metadata of the session does not', () => {
  expect(
    changed(legacy, failed, '"total_steps": 1,\n        "conv', '"total_steps": 2,\n        "conv')
      .findings,
  ).toMatchObject([{ rule: 'F101', severity: 'error', line: 72, pointer: '/checksum' }])
  expect(
    rules(changed(legacy, failed, '"status": "running"\n  }', '"status": "done"\n  }')),
  ).toEqual([])
  const without = changed(
    legacy,
    failed,
    /"c00f[0-9a-f]+"/.exec(legacy.get(failed) ?? '')?.[0] ?? '',
    'null',
  )
  expect(rules(without)).toEqual([])
})

test('[F103] a session that its file does not name', () => {
  const path = 'sessions/session_other.json'
  expect(rules(read(new Map([[path, legacy.get(failed) ?? '']]), path))).toEqual(['F103'])
  const elsewhere = 'other/snapshot.json'
  expect(rules(read(new Map([[elsewhere, snapshots.get(paused) ?? '']]), elsewhere))).toEqual([
    'F103',
  ])
})

test.each([
  ['another id', '"id": "branch_f"', '"id": "branch_g"', ['F101', 'F104']],
  [
    'a result of no branch',
    '"branch_results": {\n    "branch_f"',
    '"branch_results": {\n    "branch_x"',
    ['F105'],
  ],
  [
    'a failed branch among the active',
    '"active_branches": []',
    '"active_branches": ["branch_f"]',
    ['F101', 'F106'],
  ],
  [
    'a task among the active',
    '"active_branches": []',
    '"active_branches": ["Task-7"]',
    ['F101', 'F106'],
  ],
  ['a status', '"status": "failed"', '"status": "bogus"', ['F101', 'F107']],
  [
    'a child without a parent',
    '"child_parent_map": {}',
    '"child_parent_map": {"branch_f": "branch_f"}',
    ['F108'],
  ],
  [
    'an end before the start',
    '"end_time": 1754000009.25',
    '"end_time": 1753000009.25',
    ['F101', 'F109'],
  ],
  ['a list for an object', '"waiting_branches": {}', '"waiting_branches": []', ['F110']],
  [
    'a key twice',
    '"waiting_branches": {},',
    '"waiting_branches": {}, "waiting_branches": {},',
    ['F118'],
  ],
])(
  '[F104] [F105] [F106] [F107] [F108] [F109] [F110] [F118] in a session: %s',
  (_, from, to, expected) => {
    expect(rules(changed(legacy, failed, from, to)).toSorted()).toEqual(expected)
  },
)

test('[F106] a task among the active branches is told and no more', () => {
  const { findings } = changed(
    legacy,
    failed,
    '"active_branches": []',
    '"active_branches": ["Task-7"]',
  )
  expect(findings.find(({ rule }) => rule === 'F106')?.severity).toBe('info')
})

test('[F107] a status that nobody knows is shown as it is', () => {
  const { run, said } = changed(snapshots, paused, '"status": "WAITING"', '"status": "BOGUS"')
  expect([said.steps['br_0000'], Object.values(run?.steps ?? {})[0]?.status]).toEqual([
    'BOGUS',
    'pending',
  ])
})

test('[F111] a checkpoint of 0.1 is shown as far as its text can be read', () => {
  const path = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249808.json'
  const { run, version, findings } = read(old, path)
  expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['F111', 'warning']])
  expect([version, run?.status, Object.keys(run?.steps ?? {})]).toEqual([
    '0.1',
    'running',
    ['branch_aaaa1111', 'branch_bbbb2222'],
  ])
  const set = setOf(marsys, path, old)
  const patch = { op: 'replace', path: ['session_id'], value: '"x"' } as const
  expect(marsys.edit(set, [patch], context).kind).toBe('refused')
})

test.each([
  ['a missing field', '"max_steps": 200', '"steps_max": 200', ['F112', 'F112']],
  [
    'a field of a newer MARSYS',
    '"max_steps": 200',
    '"max_steps": 200, "pending_user_interaction": null',
    ['F112'],
  ],
  ['a number that is a text', '"max_steps": 200', '"max_steps": "200"', ['F112']],
  ['a policy with more', '"timeout": null', '"timeout": null, "retry": 1', ['F112']],
  [
    'a branch that is not there',
    '"runnable": [\n    "br_0001"',
    '"runnable": [\n    "br_0009"',
    ['F113'],
  ],
  [
    'a barrier that is not there',
    '"root_barrier_id": "bar_0000"',
    '"root_barrier_id": "bar_9"',
    ['F113'],
  ],
  ['another id', '"id": "br_0001"', '"id": "br_0007"', ['F113']],
  ['a version', '"framework_version": "0.2.1"', '"framework_version": "0.4.0"', ['F117']],
])('[F112] [F113] [F117] in a snapshot: %s', (_, from, to, expected) => {
  expect(rules(changed(snapshots, paused, from, to))).toEqual(expected)
})

test('[F117] the two edited samples say why they do not open', () => {
  const found = ['sess-topology-mismatch', 'sess-version-mismatch'].map((folder) =>
    read(snapshots, `${folder}/snapshot.json`).findings.map(({ rule, pointer }) => [rule, pointer]),
  )
  expect(found).toEqual([[['F117', '/topology_digest']], [['F117', '/framework_version']]])
})

test('[F115] a temporary file beside a snapshot', () => {
  const broken = read(new Map([...snapshots, [`${paused}.tmp`, '{"frame']]), paused)
  const whole = read(
    new Map([...snapshots, [`${paused}.tmp`, snapshots.get(paused) ?? '']]),
    paused,
  )
  expect([broken, whole].map(({ findings }) => findings[0]?.sentence)).toEqual([
    expect.stringContaining('is broken itself'),
    expect.stringContaining('is whole'),
  ])
  expect(whole.points.map(({ id }) => id)).toEqual(['current', 'temporary'])
})

test('[F121] [F134] [F136] what is said of a session is never taken for alive', () => {
  expect(told(read(legacy, analysis))).toEqual(['F121 attention', 'F134 stuck', 'F136 attention'])
  expect(told(read(legacy, 'sessions/session_done_000.json'))).toEqual([
    'F121 resting',
    'F136 attention',
  ])
})

test('[F123] [F138] a failed branch, and a rollback that crashed', () => {
  expect(read(legacy, failed).diagnoses[0]).toMatchObject({
    rule: 'F123',
    sentence: 'branch_f failed: ModelAPIError: 429',
    step: 'branch_f',
  })
  expect(told(read(old, analysis))).toContain('F138 attention')
})

test('[F122] a flag that a resume left behind is told, and taken back', () => {
  const path = 'sessions/session_paused_456.json'
  const flag = '"pause_time": "2026-11-21T08:30:08.288020"'
  const text = (old.get(path) ?? '').replace(
    flag,
    `${flag},\n    "resume_time": "2026-11-21T08:31:08.288020"`,
  )
  const files = new Map([...old, [path, text]])
  expect(told(read(files, path))).toContain('F122 attention')
  const repair = marsys.repairs(setOf(marsys, path, files), context)
  expect(repair.map(({ id }) => id)).toEqual(['paused'])
  const mended = repair[0]?.changes[0]?.text ?? ''
  expect(mended).toBe(text.replace('"paused": true', '"paused": false'))
  expect(told(read(new Map([...files, [path, mended]]), path))).not.toContain('F122 attention')
})

test('[F124] [F129] a parent that waits, and what a load would lose', () => {
  const { diagnoses } = read(old, 'sessions/session_paused_456.json')
  expect(diagnoses.map(({ sentence }) => sentence)).toEqual([
    'Paused 3 h ago by a person or a program.',
    'branch_p waits for branch_c1 and branch_c2.',
    expect.stringContaining('placeholder'),
    'MARSYS drops the conversation pattern of branch_c2 when it loads the session.',
    expect.stringContaining('no migration'),
  ])
})

test('[F125] [F126] a snapshot says what its resume would break', () => {
  expect(told(read(snapshots, paused))).toEqual(['F121 stuck', 'F125 attention', 'F126 attention'])
})

test('[F128] a branch that asks a person', () => {
  const question =
    '"user_interactions": [{"suspended_branch_id": "br_0000", "prompt": "Go on?", "resume_agent": "Coordinator", "delivery_target": null}]'
  const reading = changed(snapshots, paused, '"user_interactions": []', question)
  expect(reading.diagnoses[0]).toMatchObject({
    rule: 'F128',
    sentence: 'br_0000 waits for an answer of a person: Go on?',
  })
  expect(Object.values(reading.run?.steps ?? {})[0]).toMatchObject({
    status: 'waiting',
    waitingOn: { kind: 'gate', message: 'Go on?' },
  })
})

test('[F130] checkpoints of exactly this session, not of one whose name begins like it', () => {
  const checkpoint = [...legacy.keys()].find((path) => path.startsWith('checkpoints/')) ?? ''
  const text = legacy.get(checkpoint) ?? ''
  const twin = text.replace('"session_id": "analysis_123"', '"session_id": "analysis_123_after"')
  const files = new Map([
    ...legacy,
    ['checkpoints/checkpoint_analysis_123_after_x_1795249900.json', twin],
    ['checkpoints/checkpoint_analysis_123_later_1795249999.json', text.slice(0, 900)],
    ['checkpoints/checkpoint_analysis_123_odd_1795249700.json', '{'],
  ])
  const { points } = read(files, analysis)
  expect(
    points.map(({ id, kind, problem }) => [id.split(':')[1] ?? id, kind, problem !== null]),
  ).toEqual([
    ['current', 'current', false],
    ['checkpoint_analysis_123_later_1795249999.json', 'checkpoint', true],
    ['checkpoint_analysis_123_after_initial_analysis_1795249807.json', 'checkpoint', false],
    ['checkpoint_analysis_123_odd_1795249700.json', 'checkpoint', true],
  ])
  expect([...files].map(([path, one]) => marsys.role(path, one))).toEqual(
    [...files.keys()].map((path) => (path.startsWith('checkpoints/') ? 'part' : 'run')),
  )
})

test('[F134] a resume is told per branch, and no command is offered', () => {
  const plan = marsys.resume(setOf(marsys, paused, snapshots), { from: null }, context)
  expect(plan.command).toBeNull()
  expect(plan.steps.map(({ step, does }) => [step, does])).toEqual([
    ['br_0000', 'run'],
    ['br_0001', 'run'],
    ['br_0002', 'run'],
  ])
  expect(plan.warnings[0]).toContain('br_0000')
  const again = marsys.resume(
    setOf(marsys, 'sess-version-mismatch/snapshot.json', snapshots),
    { from: 'br_0001' },
    context,
  )
  expect(again.steps.map(({ does }) => does)).toEqual(['runAgain', 'reuse', 'reuse'])
  expect(again.problems).toHaveLength(1)
  expect(again.noCommand).toContain('topology')
  expect(again.warnings.at(-1)).toContain('0.3.0')
  const session = marsys.resume(setOf(marsys, analysis, legacy), { from: null }, context)
  expect([session.command, session.problems[0]]).toEqual([
    null,
    expect.stringContaining('placeholder'),
  ])
})

const at = (day: string) => ({ ...context, now: Timestamp.parse(`2026-${day}T12:00:00.000Z`) })

test('[F288] a paused run that MARSYS would delete with its next start is told so, in time', () => {
  const set = setOf(marsys, paused, snapshots)
  const written = (day: string) => ({
    ...set,
    files: set.files.map((file) => ({ ...file, modifiedAt: at(day).now })),
  })
  const said = (day: string) =>
    marsys
      .resume(written('01-01'), { from: null }, at(day))
      .warnings.filter((one) => one.includes('Copy it first'))

  expect(said('01-10')).toEqual([])
  expect(said('01-26')).toEqual([expect.stringContaining('5 days from now')])
  expect(said('02-05')).toEqual([expect.stringContaining('its next start deletes it')])
  const { diagnoses } = marsys.read(written('01-01'), at('02-05'))
  expect(diagnoses.map(({ rule }) => rule)).toContain('F288')
})

test('[F110] a document without anything in it is told, and shown as far as it goes', () => {
  const text = '{"active_branches": [], "branch_results": {}}'
  const { run, findings } = read(new Map([['a.json', text]]), 'a.json')
  expect(run?.status).toBe('pending')
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(['F110']))
})

test.each(situations.map((situation) => [situation.name, situation] as const))(
  '[F121] [F134] what is said of %s',
  (name, situation) => {
    expect(saidOf(situation)).toEqual(saidOfSituations[name])
  },
)
