import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { detectFormat } from '../../../../../shared/core/formats/detectFormat.ts'

const fixtures = new URL('../../../../fixtures/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, fixtures), 'utf8')

/** Every real document of another system, with its label. */
const foreign: readonly (readonly [string, string, string])[] = [
  ['multyagents', 'api-state.created.json', 'multyagents store'],
  ['multyagents', 'api-state.old-28be9f3.json', 'multyagents store'],
  ['tapps', 'state.json', 'TAPPS workflow state'],
  ['tapps', 'state.meta.json', 'TAPPS description of a state'],
  ['tapps', 'last.json', 'TAPPS pointer to the last state'],
  ['tapps', 'basic.json', 'TAPPS workflow state without checksum'],
  ['tapps', 'old-1.0.json', 'TAPPS workflow state 1.0'],
  ['tapps', 'step-checkpoint.json', 'TAPPS step checkpoint'],
  ['tapps', 'durable-checkpoint.json', 'TAPPS durable checkpoint'],
  ['tapps', 'token-checkpoint.json', 'TAPPS token checkpoint'],
  ['tapps', 'task-checkpoint.json', 'TAPPS task checkpoint'],
  ['tapps', 'epic.json', 'TAPPS epic'],
  ['tapps', 'epic-memory.jsonl', 'TAPPS epic memory'],
  ['tapps', 'events.jsonl', 'TAPPS event log'],
  ['marsys', 'session.json', 'MARSYS session'],
  ['marsys', 'checkpoint-0.1.json', 'MARSYS session'],
  ['marsys', 'snapshot-0.3.json', 'MARSYS 0.3 snapshot'],
  ['awf', 'failed.json', 'AWF state'],
  ['awf', 'old-0.1.json', 'AWF state'],
  ['task-runner', 'snapshot.failed.json', 'task-runner snapshot'],
  ['task-runner', 'snapshot.success.json', 'task-runner snapshot'],
  ['task-runner', 'snapshot.running-partial.json', 'task-runner snapshot'],
]

const cut: readonly (readonly [string, string, { line: number; column: number }])[] = [
  ['multyagents', 'api-state.corrupt-truncated.json', { line: 1, column: 6134 }],
  ['tapps', 'truncated.json', { line: 10, column: 6 }],
  ['marsys', 'truncated.json', { line: 64, column: 3 }],
  ['awf', 'truncated.json', { line: 42, column: 15 }],
  ['awf', 'left-over.json.tmp', { line: 4, column: 9 }],
]

describe('documents of other systems', () => {
  test.each(foreign)('[F2] %s: %s', (format, file, label) => {
    const expected = { format, version: null, label, problem: null }
    expect(detectFormat(read(`foreign/${format}/${file}`))).toEqual(expected)
  })

  test.each(cut)('[F3] %s: %s was cut and keeps its name', (format, file, place) => {
    expect(detectFormat(read(`foreign/${format}/${file}`))).toMatchObject({
      format,
      problem: { rule: 'I28', severity: 'error', file: 'document', ...place },
    })
  })

  test('[F2] every fixture has its row', () => {
    const files = ['multyagents', 'tapps', 'marsys', 'awf', 'task-runner'].flatMap((format) =>
      readdirSync(new URL(`foreign/${format}/`, fixtures)).map((file) => `${format}/${file}`),
    )
    const rows = [...foreign, ...cut].map(([format, file]) => `${format}/${file}`)
    expect(files.toSorted()).toEqual([...rows, 'tapps/empty.json'].toSorted())
  })

  test('[F2] a status that no task has makes no task snapshot', () => {
    expect(detectFormat('{"a":{"status":"success"},"b":{"status":"odd"}}').format).toBe('unknown')
    expect(detectFormat('{"a":{"state":{"status":"success"}}}').format).toBe('unknown')
    expect(detectFormat('{}').format).toBe('unknown')
  })
})

describe('documents of our own', () => {
  test('[F1] a native head', () => {
    expect(detectFormat(read('native/release.json'))).toEqual({
      format: 'unstuck',
      version: 3,
      label: 'Unstuck',
      problem: null,
    })
  })

  test('[F1] a newer one', () => {
    expect(detectFormat('{"format": "unstuck", "version": 9}')).toEqual({
      format: 'unstuck-newer',
      version: 9,
      label: 'Unstuck 9, newer than this application',
      problem: null,
    })
  })

  test('[F1] a head that was cut is still ours', () => {
    const text = read('native/release.json').slice(0, 700)
    expect(detectFormat(text)).toMatchObject({
      format: 'unstuck',
      version: 3,
      problem: { rule: 'I28', offset: 700 },
    })
  })

  test.each([
    ['versions/1/deploy-20250102-101500.json', 'unstuck-v1', 1],
    ['versions/1/nightly-import.json', 'unstuck-v1', 1],
    ['versions/2/etl-7.json', 'unstuck-v2', 2],
    ['versions/2/naive.json', 'unstuck-v2', 2],
  ])('[F5] %s is %s', (file, format, version) => {
    const label = `Unstuck ${version}`
    expect(detectFormat(read(file))).toEqual({ format, version, label, problem: null })
  })

  test('[F5] an old version that does not fit its schema says where', () => {
    const text =
      '{"version":2,"workflow_id":"x","status":"paused",\n"steps":[{"id":"a","status":"odd"}]}'
    expect(detectFormat(text)).toMatchObject({
      format: 'unstuck-v2',
      problem: { rule: 'F5', pointer: '/steps/0/status', line: 2, column: 29 },
    })
  })
})

describe('anything else', () => {
  test.each(['[]', '1', '"x"', 'null', '{"a":1}', '{"version":2,"steps":3}'])('[F7] %s', (text) => {
    expect(detectFormat(text)).toEqual({
      format: 'unknown',
      version: null,
      label: 'Unknown JSON',
      problem: null,
    })
  })

  test('[F6] lines of JSON that no system is known by', () => {
    expect(detectFormat('{"a":1}\n{"a":2}\n')).toMatchObject({
      label: 'Unknown JSON lines',
      problem: null,
    })
    expect(detectFormat('{"a":1}\n{"a":\n')).toMatchObject({ label: 'No JSON' })
  })

  test('[F4] an empty document', () => {
    expect(detectFormat(read('foreign/tapps/empty.json'))).toMatchObject({
      format: 'unknown',
      problem: { rule: 'F4', sentence: 'The document is empty.', offset: 0, line: 1, column: 1 },
    })
  })

  test('[F4] no JSON at all', () => {
    expect(detectFormat('name: deploy\n')).toMatchObject({
      format: 'unknown',
      label: 'No JSON',
      problem: { sentence: 'The document is no JSON. Expected a value, found n.' },
    })
  })
})

/** The keys with which documents of a kind begin, each beside its neighbour. */
test.each([
  ['multyagents store', 'approvals artifacts audits events handoffs path_locks sequences'],
  ['TAPPS workflow state', 'workflow_id started_at current_step completed_steps skipped_steps'],
  ['TAPPS token checkpoint', 'checkpoint_id workflow_id workflow_type checkpoint_id'],
  ['TAPPS description of a state', 'version saved_at checksum state_file'],
  ['TAPPS pointer to the last state', 'workflow_id state_file metadata_file saved_at'],
  ['TAPPS step checkpoint', 'workflow_id step_id step_number step_name'],
  ['TAPPS durable checkpoint', 'workflow_id step_index step_name'],
  ['TAPPS epic', 'schema_version epic_id epic_content_checksum epic_path'],
  ['TAPPS task checkpoint', 'task_id agent_id command checkpoint_time'],
  ['MARSYS session', 'session_id timestamp branches active_branches completed_branches'],
  ['MARSYS 0.3 snapshot', 'framework_version session_id topology_digest'],
  ['AWF state', 'WorkflowID WorkflowName ParentRunID CurrentStep'],
  ['Unstuck 1', 'workflow_name current_state states workflow_id'],
])('[F3] %s is named by any two of %s', (label, text) => {
  const keys = text.split(' ')
  const pairs = keys.slice(1).map((key, index) => `{"${keys[index]}": 1, "${key}":`)
  expect(pairs.map((cutText) => detectFormat(cutText).label)).toEqual(pairs.map(() => label))
  expect(keys.map((key) => detectFormat(`{"${key}":`).label)).toEqual(keys.map(() => 'No JSON'))
})

test('[F3] a document of version 2 says so first; one that was cut and does not is of version 1', () => {
  const cuts = [
    '{"version": 2, "workflow_id":',
    '{"version": 2, "steps": [',
    '{"version": 1, "workflow_id": "w", "steps":',
    '{"workflow_id": "w", "workflow_name":',
    '{"workflow_id": "w", "workflow_name": "x", "sta',
  ]
  expect(cuts.map((text) => detectFormat(text).label)).toEqual([
    'Unstuck 2',
    'Unstuck 2',
    'No JSON',
    'Unstuck 1',
    'Unstuck 1',
  ])
})

const labelOf = (...words: readonly unknown[]) =>
  detectFormat(
    JSON.stringify(Object.fromEntries(words.map((status, index) => [`t${index}`, { status }]))),
  ).label

test('[F2] what an engine calls a task has one of four words', () => {
  expect([
    ...['success', 'failure', 'skipped', 'cancelled'].map((word) => labelOf(word)),
    labelOf('success', null),
    labelOf('success', 'odd'),
    labelOf(undefined),
    detectFormat('{"t0": {"a": {"status": "success"}}}').label,
    detectFormat('{"t0": {"status": "success", "last": "odd"}}').label,
    detectFormat('{"status": "success"}').label,
    detectFormat('{"version": 3, "workflow_id": 1, "steps": 1}').label,
    detectFormat('{"workflow_id": 1, "steps": 1}').label,
  ]).toEqual([
    ...['', '', '', ''].map(() => 'task-runner snapshot'),
    'Unknown JSON',
    'Unknown JSON',
    'Unknown JSON',
    'Unknown JSON',
    'task-runner snapshot',
    'Unknown JSON',
    'Unknown JSON',
    'Unknown JSON',
  ])
})
