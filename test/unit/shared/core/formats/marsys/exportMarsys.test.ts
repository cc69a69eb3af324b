import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import type { Run, RunStatus, StepState } from '../../../../../../shared/schema/run.ts'
import { changedText, context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const analysis = 'sessions/session_analysis_123.json'
const failed = 'sessions/session_failed_789.json'
const paused = 'sessions/session_paused_456.json'
const snapshot = 'sess-paused-at-coordinator/snapshot.json'
const other = 'sess-version-mismatch/snapshot.json'

type Files = ReadonlyMap<string, string>
type Changed = Readonly<Record<string, StepState>>

/** A step as our executor leaves it. */
function state(status: StepState['status'], more: Partial<StepState> = {}): StepState {
  const isOpen = status === 'running' || status === 'waiting'
  const attempt = {
    number: 1,
    startedAt: '2026-11-21T10:00:00.000Z',
    finishedAt: isOpen ? null : '2026-11-21T10:00:01.500Z',
    outcome: null,
    error: status === 'failed' ? { code: 'exit', message: 'no disk' } : null,
    exitCode: null,
    process: null,
  } as StepState['attempts'][number] // no cause is of interest here
  return { status, attempts: [attempt], output: null, waitingOn: null, skippedBy: null, ...more }
}

function importedRun(files: Files, document: string): Run {
  const ofSessions = ['branch_bbbb2222', 'branch_f', 'branch_p', 'branch_c1', 'branch_c2']
  const names = [...ofSessions, 'br_0000', 'br_0001', 'br_0002']
  const commands = Object.fromEntries(names.map((name) => [name, 'true']))
  const options = { definition: null, commands, id: 'imported-1' }
  const result = marsys.toRun(setOf(marsys, document, files), options, context)
  if (result.kind === 'refused') throw new Error(result.problems.join(' '))
  return result.run
}

function exported(files: Files, document: string, steps: Changed, status: RunStatus = 'running') {
  const run = importedRun(files, document)
  const changed = { ...run, status, updatedAt: '2026-11-21T10:00:02.000Z' }
  return marsys.fromRun(
    setOf(marsys, document, files),
    { ...changed, steps: { ...run.steps, ...steps } },
    context,
  )
}

/** The text with each piece replaced; a piece that is not there is a mistake of the test. */
function edited(text: string, ...pieces: readonly (readonly [from: string, to: string])[]): string {
  return pieces.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`no ${from}`)
    return before.replace(from, to)
  }, text)
}

const anySum = /"checksum": "\w{64}"/
const withoutSum = (text: string) => text.replace(anySum, '"checksum": "SUM"')

function expectDocument(files: Files, document: string, text: string, expected: string): void {
  expect(withoutSum(text)).toBe(withoutSum(expected))
  const after = new Map([...files, [document, text]])
  expect(marsys.read(setOf(marsys, document, after), context).findings).toEqual([])
}

const end = ['"end_time": null', '"end_time": 1795255201.5'] as const
const times = (from: string) => [`"timestamp": ${from}`, '"timestamp": 1795255202.0'] as const

test('[F135] a branch that was done here: its end, its result, the lists, and no other byte', () => {
  const output = { done: 'größer' }
  const back = exported(legacy, analysis, { branch_bbbb2222: state('succeeded', { output }) })
  const result = `,
    "branch_bbbb2222": {
      "branch_id": "branch_bbbb2222",
      "success": true,
      "final_response": {
        "done": "gr\\u00f6\\u00dfer"
      },
      "total_steps": 1,
      "execution_trace": [],
      "branch_memory": {},
      "metadata": {},
      "error": null
    }`
  const expected = edited(
    legacy.get(analysis) ?? '',
    times('1795249807.535335'),
    ['"status": "running",\n        "curr', '"status": "completed",\n        "curr'],
    end,
    ['"active_branches": [\n    "branch_bbbb2222"\n  ]', '"active_branches": []'],
    ['[\n    "branch_aaaa1111"\n', '[\n    "branch_aaaa1111",\n    "branch_bbbb2222"\n'],
    ['      "error": null\n    }\n  },\n', `      "error": null\n    }${result}\n  },\n`],
  )
  expectDocument(legacy, analysis, changedText(back), expected)
  expect(back).toMatchObject({
    changes: [{ path: analysis, why: 'the state and its checksum' }],
    notes: [
      'A program that has the session in memory does not see the edit, and overwrites it with its next save.',
    ],
  })
})

test('[F135] [F366] of an earlier result the way that MARSYS wrote down stays', () => {
  const text = changedText(
    exported(legacy, failed, { branch_f: state('succeeded', { output: 'ok' }) }),
  )
  const expected = edited(
    legacy.get(failed) ?? '',
    times('1795249807.5364025'),
    ['"status": "failed"', '"status": "completed"'],
    ['"end_time": 1754000009.25', '"end_time": 1795255201.5'],
    ['"error": "ModelAPIError: 429",\n        "comp', '"error": null,\n        "comp'],
    ['"success": false', '"success": true'],
    ['"final_response": null', '"final_response": "ok"'],
    [
      '"metadata": {},\n      "error": "ModelAPIError: 429"',
      '"metadata": {},\n      "error": null',
    ],
  )
  expectDocument(legacy, failed, text, expected)
})

test('[F135] a failure with its error, and the flag of the pause goes once the run has gone on', () => {
  const steps = {
    branch_c1: state('cancelled', { attempts: [] }),
    branch_c2: state('failed', { output: 7 }),
  }
  const parsed: unknown = JSON.parse(changedText(exported(old, paused, steps)))
  const result = { execution_trace: [], branch_memory: {}, metadata: {}, success: false }
  expect(parsed).toMatchObject({
    active_branches: [],
    completed_branches: ['branch_c1', 'branch_c2'],
    branches: {
      branch_c1: { state: { status: 'cancelled', end_time: null, error: null } },
      branch_c2: { state: { status: 'failed', end_time: 1_795_255_201.5, error: 'no disk' } },
    },
    branch_results: {
      branch_c1: { ...result, final_response: null, total_steps: 0, error: null },
      branch_c2: { ...result, final_response: 7, total_steps: 1, error: 'no disk' },
    },
    metadata: { paused: false, pause_time: '2026-11-21T08:30:08.288020' },
  })
})

test('[F135] while the run is paused the flag stays, and a branch that only began changes nothing else', () => {
  const back = changedText(exported(old, paused, { branch_c2: state('waiting') }, 'paused'))
  const expected = edited(old.get(paused) ?? '', times('1795249808.2880251'), [
    '"status": "pending"',
    '"status": "waiting"',
  ])
  expectDocument(old, paused, back, expected)
  const without = exported(legacy, analysis, { branch_bbbb2222: state('waiting') })
  expect(changedText(without)).not.toContain('"paused"')
})

test('[F366] a branch that began anew is no completed one any more', () => {
  const back = changedText(exported(legacy, analysis, { branch_aaaa1111: state('running') }))
  const expected = edited(
    legacy.get(analysis) ?? '',
    times('1795249807.535335'),
    ['"status": "completed"', '"status": "running"'],
    ['"end_time": 1754000031.5', '"end_time": null'],
    ['[\n    "branch_bbbb2222"\n', '[\n    "branch_bbbb2222",\n    "branch_aaaa1111"\n'],
    ['"completed_branches": [\n    "branch_aaaa1111"\n  ]', '"completed_branches": []'],
  )
  expectDocument(legacy, analysis, back, expected)
})

test('[F135] branches of a snapshot arrive at their barrier or fail there', () => {
  const back = exported(snapshots, snapshot, {
    br_0000: state('skipped'),
    br_0001: state('succeeded', { output: { a: 'ü' } }),
    br_0002: state('failed'),
  })
  const arrived = '"arrived": {\n        "br_0001": {\n          "a": "ü"\n        }\n      }'
  const expected = edited(
    snapshots.get(snapshot) ?? '',
    ['"paused_at": "2026-11-21T08:30:48.364825Z"', '"paused_at": "2026-11-21T10:00:02.000000Z"'],
    ['"status": "WAITING"', '"status": "ABANDONED"'],
    ['"waiting_on": "bar_0001"', '"waiting_on": null'],
    ['"status": "RUNNING"', '"status": "TERMINATED"'],
    ['"status": "RUNNING"', '"status": "FAILED"'],
    ['"failed": {},', '"failed": {\n        "br_0000": null\n      },'],
    ['"br_0002"\n      ],\n      "arrived": {}', `"br_0002"\n      ],\n      ${arrived}`],
    ['"failed": {},', '"failed": {\n        "br_0002": "no disk"\n      },'],
    ['"runnable": [\n    "br_0001",\n    "br_0002"\n  ]', '"runnable": []'],
  )
  expectDocument(snapshots, snapshot, changedText(back), expected)
  expect(back).toMatchObject({
    changes: [{ path: snapshot, why: 'the snapshot' }],
    notes: [
      'A snapshot has no checksum: MARSYS cannot tell that it was edited.',
      'A program that has the session open does not see the edit.',
      'br_0000 was skipped: MARSYS has no word for it but cancelled.',
    ],
  })
})

test('[F366] what an earlier end left at a barrier goes with it', () => {
  const told = (status: StepState['status']) => {
    const text = changedText(exported(snapshots, other, { br_0001: state(status) }))
    const { barriers, runnable, branches } = JSON.parse(text) as {
      barriers: Record<string, { arrived: object; failed: object }>
      runnable: unknown
      branches: Record<string, { status: string }>
    }
    const { arrived, failed: ended } = barriers['bar_0001'] ?? {}
    return { status: branches['br_0001']?.status, arrived, failed: ended, runnable }
  }
  const { br_0002 } = (
    JSON.parse(snapshots.get(other) ?? '') as {
      barriers: { bar_0001: { arrived: Record<string, unknown> } }
    }
  ).barriers.bar_0001.arrived
  expect(told('running')).toEqual({
    status: 'RUNNING',
    arrived: { br_0002 },
    failed: {},
    runnable: ['br_0000', 'br_0001'],
  })
  expect(told('failed')).toMatchObject({
    status: 'FAILED',
    arrived: { br_0002 },
    failed: { br_0001: 'no disk' },
  })
  expect(told('waiting')).toMatchObject({ status: 'WAITING', arrived: { br_0002 }, failed: {} })
})

test('[F135] a run of other steps, and an original of another kind, are refused', () => {
  const run = importedRun(legacy, analysis)
  const set = setOf(marsys, analysis, legacy)
  const more: Run = { ...run, steps: { ...run.steps, ['x' as never]: state('running') } } // an id
  expect(marsys.fromRun(set, more, context)).toEqual({
    kind: 'refused',
    problems: ['The step x is no branch of the original.'],
  })
  const unread = {
    kind: 'refused',
    problems: ['The original is no session that MARSYS could load.'],
  }
  const lossy = [...old.keys()][0] ?? ''
  expect(marsys.fromRun(setOf(marsys, lossy, old), run, context)).toEqual(unread)
})
