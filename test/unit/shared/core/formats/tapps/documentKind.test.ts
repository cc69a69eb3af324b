import { expect, test } from 'vitest'
import { knownDocument } from '../../../../../../shared/core/formats/tapps/documentKind.ts'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { context } from './tappsSet.ts'

const at = '2026-11-21T08:00:00.000Z'

/** A document that begins with these keys, then is cut. */
function text(...keys: readonly string[]): string {
  return `{${keys.map((key) => `"${key}": ${key === 'workflow_id' ? '"wf"' : '1'}, `).join('')}`
}

test.each([
  [['event_type', 'workflow_id', 'sequence_number'], 'durableEvents wf'],
  [['event_type', 'workflow_id', 'timestamp'], 'events wf'],
  [['story_id', 'files_changed'], 'epicMemory null'],
  [['checkpoint_id', 'tokens_consumed'], 'token null'],
  [['step_graph'], 'plan null'],
  [['step_number', 'step_output', 'workflow_id'], 'step wf'],
  [['step_index', 'quality_scores'], 'durable null'],
  [['agent_id', 'checkpoint_time'], 'task null'],
  [['epic_id', 'stories'], 'epic null'],
  [['state_file', 'compression', 'workflow_id'], 'description wf'],
  [['state_file', 'saved_at'], 'pointer null'],
  [['state_file', 'saved_at', 'compression'], 'description null'],
  [['event_type'], 'cursor x'],
  [['workflow_id', 'step_executions'], 'basic wf'],
  [['workflow_id', 'step_executions', '_checksum'], 'snapshot wf'],
  [['workflow_id'], 'snapshot wf'],
])('[F50] by the keys that it begins with, whatever it is called: %j', (keys, expected) => {
  const { kind, workflow } = knownDocument('a/x.json', text(...keys))
  expect(`${kind} ${workflow ?? 'null'}`).toBe(expected)
})

test.each([
  ['last.json', 'pointer null'],
  ['last.json.tmp', 'pointer null'],
  ['a.meta.json', 'description a'],
  ['a-execution-plan.json', 'plan a'],
  ['a.events.jsonl', 'events a'],
  ['events.jsonl', 'durableEvents null'],
  ['epic-memory.jsonl', 'epicMemory null'],
  ['checkpoint.json', 'durable null'],
  ['step12-a.json', 'step null'],
  ['step-a.json', 'cursor step-a'],
  ['mystep1-a.json', 'cursor mystep1-a'],
  ['README.md', 'other null'],
  ['x.json', 'cursor x'],
  ['workflow-a.json', 'basic a'],
  ['a-20261121-083138.json', 'snapshot a'],
  ['a-20261121-083138.json.gz', 'snapshot a'],
  ['a-20261121-083138-123456.json', 'cursor a-20261121-083138-123456'],
])('[F50] by its name where the text says nothing: %s', (name, expected) => {
  const { kind, workflow } = knownDocument(`a/${name}`, '')
  expect(`${kind} ${workflow ?? 'null'}`).toBe(expected)
})

const state = (id: string) => `{"workflow_id": "${id}", "status": "x"}`

test.each([
  ['wf.json', 'wf', 'cursor wf'],
  ['wf-20261121-083138.json', 'wf-20261121-083138', 'cursor wf-20261121-083138'],
  ['workflow-wf.json', 'wf', 'basic wf'],
  ['workflow-wf.json', 'other', 'snapshot other'],
  ['wf-20261121-083138.json', 'wf', 'snapshot wf'],
  ['wf-20261121-083138.json', 'other', 'snapshot other'],
])('[F50] the state of a workflow by its name and its id: %s of %s', (name, id, expected) => {
  const { kind, workflow } = knownDocument(`a/${name}`, state(id))
  expect(`${kind} ${workflow ?? 'null'}`).toBe(expected)
})

test.each([
  ['a/wf-20261121-083138.json', state('wf'), '3 20261121-083138'],
  ['a/history/wf-20261121-083138.json', state('wf'), '3 20261121-083138'],
  ['a/wf.json', state('wf'), '2'],
  ['a/workflow-wf.json', state('wf'), '2'],
  [
    'a/wf/checkpoints/step2-b.json',
    text('step_number', 'step_output', 'workflow_id'),
    '1 00000002',
  ],
  ['a/wf/checkpoint.json', text('step_index', 'quality_scores', 'workflow_id'), '0'],
])(
  '[F50] of the documents of one workflow the greatest is its row: %s',
  (path, document, order) => {
    expect(tapps.rank?.(path, document, context)).toEqual({ run: 'a/wf', order })
  },
)

test.each([
  ['a/c.json', text('checkpoint_id', 'tokens_consumed', 'workflow_id')],
  ['a/c.json', text('agent_id', 'checkpoint_time', 'workflow_id')],
  ['a/c.json', text('epic_id', 'stories')],
  ['a/README.md', 'hello'],
])('[F50] a document that is a run of its own has no rank: %s %s', (path, document) => {
  expect(tapps.rank?.(path, document, context)).toBeNull()
})

test('[F50] the folders in which the files of a workflow lie', () => {
  expect(tapps.folders('a/wf-20261121-083138.json')).toEqual([
    'a',
    'a/history',
    'a/events',
    'a/wf',
    'a/wf/checkpoints',
    'a/wf-20261121-083138',
    'a/wf-20261121-083138/checkpoints',
  ])
  expect(tapps.folders('a/history/workflow-wf.json').slice(0, 4)).toEqual([
    'a/history',
    'a',
    'a/events',
    'a/workflow-wf',
  ])
  expect(tapps.folders('last.json')).toEqual(['', 'history', 'events'])
})

const files = [
  'a/wf-20261121-083138.json',
  'a/wf-20261121-083139.json',
  'a/wf-20261121-083139.json.tmp',
  'a/wf-20261121-083140.json.gz',
  'a/history/wf-20261121-083139.json',
  'a/wf-hotfix-20261121-083138.json',
  'a/wf.meta.json',
  'a/wf.meta.json.tmp',
  'a/wf-hotfix.meta.json',
  'a/last.json',
  'a/wf-execution-plan.json',
  'a/wf.json',
  'a/workflow-wf.json',
  'a/events/wf.events.jsonl',
  'a/events/other.events.jsonl',
  'a/wf/events.jsonl',
  'a/wf/checkpoint.json',
  'a/wf/notes.json',
  'a/wf/checkpoints/step1-a.json',
  'a/wf/checkpoints/note.json',
  'a/else/last.json',
].map((path) => ({ path, sizeBytes: 1, modifiedAt: at }))

test('[F50] the files of exactly one workflow, its states the newest first', () => {
  const own = tapps.belongs('a/wf-20261121-083138.json', state('wf'), files)
  expect(own).toEqual([
    'a/wf.meta.json',
    'a/wf.meta.json.tmp',
    'a/last.json',
    'a/wf-execution-plan.json',
    'a/wf.json',
    'a/workflow-wf.json',
    'a/events/wf.events.jsonl',
    'a/wf/events.jsonl',
    'a/wf/checkpoint.json',
    'a/wf/checkpoints/step1-a.json',
    'a/wf-20261121-083140.json.gz',
    'a/wf-20261121-083139.json',
    'a/history/wf-20261121-083139.json',
    'a/wf-20261121-083139.json.tmp',
    'a/wf-20261121-083138.json',
  ])
  const byName = files.filter(({ path }) => tapps.mayBelong?.('a/wf-20261121-083138.json', path))
  expect(byName.map(({ path }) => path).toSorted()).toEqual([...own].toSorted())
  expect(tapps.belongs('a/c.json', text('agent_id', 'checkpoint_time'), files)).toEqual([
    'a/c.json',
  ])
})

test('[F50] an epic has its memory, and of very many states the newest are read', () => {
  const epic = [
    'e/epic-1.json',
    'e/epic-1-memory.jsonl',
    'e/epic-2-memory.jsonl',
    'e/last.json',
  ].map((path) => ({ path, sizeBytes: 1, modifiedAt: at }))
  expect(tapps.belongs('e/epic-1.json', text('epic_id', 'stories'), epic)).toEqual([
    'e/epic-1.json',
    'e/epic-1-memory.jsonl',
  ])
  const many = Array.from({ length: 250 }, (_, index) => ({
    path: `a/wf-20261121-0${String(80_000 + index)}.json`,
    sizeBytes: 1,
    modifiedAt: at,
  }))
  const read = tapps.belongs('a/wf.json', state('wf'), many)
  expect([read.length, read[0], read.at(-1)]).toEqual([
    200,
    'a/wf-20261121-080249.json',
    'a/wf-20261121-080050.json',
  ])
})

test.each([
  ['x/a-20261121-083138.json', true],
  ['x/a-20261121-083138.json.gz', true],
  ['.tapps-agents/workflow-state/a.json', true],
  ['.tapps-agents/workflow-state/last.json', true],
  ['.tapps-agents/workflow-state/notes.md', false],
  ['x/a.json', false],
  ['x/last.json', false],
])('[F50] %s is a name of this engine: %s', (path, isOwn) => {
  expect(tapps.names?.(path)).toBe(isOwn)
  expect([tapps.id, tapps.name]).toEqual(['tapps', 'TappsCodingAgents'])
})
