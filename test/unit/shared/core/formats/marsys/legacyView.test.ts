import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const lossy = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249808.json'
const backup = 'checkpoints/checkpoint_analysis_123_pre_rollback_backup_1795249808_1795249808.json'

function read(value: unknown, path = 'a.json') {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return marsys.read(setOf(marsys, path, new Map([[path, text]])), context)
}

type State = Readonly<Record<string, unknown>>

function branch(status: string | null, state: State = {}, more: State = {}): State {
  return { state: { status, ...state }, ...more }
}

function session(branches: State, metadata: State = {}, more: State = {}): State {
  return { session_id: 's', branches, metadata, ...more }
}

function runOf(value: unknown) {
  const { run } = read(value)
  if (run === null) throw new Error('no run')
  return run
}

const [began, ended] = ['2026-03-01T08:00:00.000Z', '2026-03-01T08:00:05.000Z']
const [start, end] = [1_772_352_000, 1_772_352_005]

test.each<[string, State, State, string]>([
  [
    'a running one before one that waits',
    { a: branch('waiting'), b: branch('running') },
    {},
    'running',
  ],
  [
    'one that waits before one that failed',
    { a: branch('failed'), b: branch('waiting') },
    {},
    'waiting',
  ],
  ['a paused one waits', { a: branch('paused') }, {}, 'waiting'],
  [
    'a failed one before one that has not begun',
    { a: branch('pending'), b: branch('failed') },
    {},
    'failed',
  ],
  ['some done and some not', { a: branch('completed'), b: branch('pending') }, {}, 'running'],
  ['none begun', { a: branch('pending'), b: branch('cancelled') }, {}, 'pending'],
  ['a cancelled one', { a: branch('completed'), b: branch('cancelled') }, {}, 'cancelled'],
  [
    'all done, whatever the file says',
    { a: branch('completed') },
    { status: 'running' },
    'completed',
  ],
  ['the flag of a pause before all', { a: branch('running') }, { paused: true }, 'paused'],
  ['a flag that is no true', { a: branch('running') }, { paused: 1 }, 'running'],
  ['no branch: what the file says', {}, { status: 'running' }, 'running'],
  ['no branch: completed', {}, { status: 'completed' }, 'completed'],
  ['no branch: failed', {}, { status: 'failed' }, 'failed'],
  ['no branch: cancelled', {}, { status: 'cancelled' }, 'cancelled'],
  ['no branch: a word that nobody knows', {}, { status: 'toString' }, 'pending'],
  ['nothing said', {}, {}, 'pending'],
])('[F120] [F121] the status of a session: %s', (_, branches, metadata, status) => {
  expect(runOf(session(branches, metadata)).status).toBe(status)
})

test('[F120] the words as they are written, a pause before the word', () => {
  const branches = { a: branch('asleep'), 'b c': branch('running'), d: branch(null) }
  expect(read(session(branches, { status: 'running' })).said).toEqual({
    status: 'running',
    steps: { a: 'asleep', b_c: 'running' },
  })
  expect(read(session(branches, { status: 'running', paused: true })).said.status).toBe('paused')
  expect(read(session({})).said).toEqual({ status: null, steps: {} })
})

test.each<[string, State, readonly unknown[]]>([
  ['completed', { a: branch('completed', { start_time: start, end_time: end }) }, [ended, null]],
  ['cancelled', { a: branch('cancelled', { start_time: start, end_time: end }) }, [ended, null]],
  [
    'failed',
    { a: branch('failed', { start_time: start, end_time: end, error: 'boom' }) },
    [ended, 'boom'],
  ],
  [
    'failed, and nothing says why',
    { a: branch('failed', { start_time: start }) },
    ['2026-03-01T08:01:00.000Z', null],
  ],
  [
    'failed: the first error of a branch',
    {
      a: branch('completed', { start_time: start }),
      b: branch('failed', { error: 'boom', end_time: end }),
    },
    [ended, 'boom'],
  ],
  [
    'going on, whatever error it had',
    { a: branch('running', { start_time: start, end_time: end, error: 'boom' }) },
    [null, null],
  ],
])('[F120] the end of a session that is %s', (_, branches, expected) => {
  const { createdAt, startedAt, finishedAt, error } = runOf(
    session(branches, {}, { timestamp: start + 60 }),
  )
  expect([createdAt, startedAt, finishedAt, error?.message ?? null]).toEqual([
    began,
    began,
    ...expected,
  ])
})

test('[F120] it was changed when it was saved, or by what came after', () => {
  const changed = (metadata: State) => runOf(session({}, metadata, { timestamp: start })).updatedAt
  expect(changed({})).toBe(began)
  for (const key of ['pause_time', 'resume_time', 'rollback_time', 'checkpoint_time'])
    expect([key, changed({ [key]: '2026-03-01T08:00:05' })]).toEqual([key, ended])
  const { createdAt, updatedAt, id, workflow } = runOf({ active_branches: [], branches: {} })
  expect([createdAt, updatedAt, id, workflow.name]).toEqual([
    context.now,
    context.now,
    'session',
    'MARSYS session',
  ])
})

const agents = (branches: State) => runOf(session(branches)).workflow.name

const by = (topology: State, more: State = {}) => branch('running', {}, { topology, ...more })

test('[F120] it is called after the agents that it begins with', () => {
  expect(
    agents({ a: by({ current_agent: 'A', entry_agent: 'E' }), b: by({ entry_agent: 'B' }) }),
  ).toBe('A and B')
  expect(agents({ a: by({ current_agent: 'A' }), b: by({ current_agent: 'A' }) })).toBe('A')
  expect(
    agents({
      a: by({ current_agent: 'A' }),
      b: by({ current_agent: 'B' }, { parent_branch: 'a' }),
    }),
  ).toBe('A')
})

const attempt = {
  number: 1,
  startedAt: '2025-07-31T22:13:20.000Z',
  error: null,
  exitCode: null,
  process: null,
}

test('[F111] of a checkpoint of 0.1 its branches are shown as far as their text can be read', () => {
  const { label, version, isOld, run, said, findings } = read(old.get(lossy) ?? '', lossy)
  expect({ label, version, isOld, said, findings }).toEqual({
    label: 'MARSYS 0.1 checkpoint',
    version: '0.1',
    isOld: true,
    said: {
      status: 'running',
      steps: { branch_aaaa1111: 'completed', branch_bbbb2222: 'running' },
    },
    findings: [
      {
        rule: 'F111',
        severity: 'warning',
        sentence:
          'MARSYS 0.1 wrote the branches of this checkpoint as text that no program reads back: it can be looked at, not gone back to.',
        file: 'document',
        offset: 48,
        line: 3,
        column: 15,
        pointer: '/branches',
        remedy: null,
      },
    ],
  })
  const nothing = { output: null, waitingOn: null, skippedBy: null, parent: null }
  expect(run?.steps).toEqual({
    branch_aaaa1111: {
      ...nothing,
      status: 'succeeded',
      attempts: [{ ...attempt, finishedAt: '2025-07-31T22:13:51.500Z', outcome: 'succeeded' }],
      title: 'Branch Researcher',
      agent: 'Researcher',
      stepsDone: 2,
      stepsTotal: 2,
    },
    branch_bbbb2222: {
      ...nothing,
      status: 'running',
      attempts: [{ ...attempt, finishedAt: null, outcome: null }],
      title: 'Branch Coder',
      agent: 'Coder',
      stepsDone: 1,
      stepsTotal: 1,
    },
  })
})

test('[F111] a failed branch of it, and one that says little', () => {
  const repr = String(
    (JSON.parse(old.get(lossy) ?? '') as { branches: State }).branches['branch_bbbb2222'],
  )
  const failed = repr
    .replace('RUNNING', 'FAILED')
    .replace("'running'", "'failed'")
    .replace('error=None', "error='no quota'")
    .replace('parent_branch=None', "parent_branch='branch_p'")
  const { run, findings } = read(session({ branch_x: failed, branch_y: 'ExecutionBranch()' }))
  expect(findings.map(({ sentence }) => sentence)).toEqual([
    expect.stringContaining('wrote the branches'),
    'The branch branch_x calls itself branch_bbbb2222.',
    'branches/branch_x names branch_p, which is no branch.',
  ])
  expect([run?.status, run?.error?.message]).toEqual(['failed', 'no quota'])
  expect(run?.steps).toMatchObject({
    branch_x: { status: 'failed', parent: 'branch_p', title: 'Branch Coder' },
    branch_y: {
      status: 'pending',
      attempts: [],
      title: null,
      agent: null,
      stepsDone: null,
      stepsTotal: null,
    },
  })
  const about = read(session({ a: `about ${failed}` })).findings.map(({ rule }) => rule)
  expect(about).toEqual(['F111', 'F105'])
})

test('[F138] a backup is led back to the rollback that made it', () => {
  const path = 'sessions/session_analysis_123.json'
  const { diagnoses } = marsys.read(setOf(marsys, path, old), context)
  expect(diagnoses.find(({ rule }) => rule === 'F138')).toEqual({
    rule: 'F138',
    severity: 'attention',
    sentence:
      'Somebody tried to roll it back: MARSYS makes a backup first, and then crashes before it changes anything.',
    evidence: [
      { label: 'Backup', value: 'pre_rollback_backup_1795249808 (made before a rollback)' },
      { label: 'Made', value: '2026-11-21T08:30:08.000Z' },
    ],
    action: { kind: 'none', label: 'Nothing to do', step: null },
    step: null,
  })
  const without = new Map([...old].filter(([one]) => one !== backup))
  const told = marsys.read(setOf(marsys, path, without), context).diagnoses
  expect(told.map(({ rule }) => rule)).not.toContain('F138')
})

test.each([
  ['a.json', '', 'MARSYS session', 'The document is empty.', 1],
  ['a.json', ' \n', 'MARSYS session', 'The document is empty.', 2],
  ['a.json', '[]', 'MARSYS session', 'The document is broken. It is no object.', 1],
  [
    's/snapshot.json',
    '{"a',
    'MARSYS 0.3 snapshot',
    'The document is broken. The text ends inside a string.',
    1,
  ],
])('[F100] %s with %j is told whole', (path, text, label, sentence, line) => {
  expect(read(text, path)).toMatchObject({
    label,
    version: null,
    isOld: false,
    run: null,
    said: { status: null, steps: {} },
    findings: [
      {
        rule: 'F100',
        severity: 'error',
        sentence: `${sentence} MARSYS leaves it out of its list without a word, and says that the session is not found.`,
        file: 'document',
        line,
        pointer: null,
        remedy: 'Take a checkpoint of this session, or what can be salvaged.',
      },
    ],
    diagnoses: [],
  })
})
