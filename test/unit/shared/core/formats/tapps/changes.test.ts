import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import type { Run, RunStatus } from '../../../../../../shared/schema/run.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const id = 'full-sdlc-20260130-091500'
const own = `${home}/${id}-20261121-083138.json`
const copy = own.replace(home, `${home}/history`)
const meta = `${home}/${id}.meta.json`
const text = healthy.texts.get(own) ?? ''
const unsigned = text.replace(/,\n  "_checksum": "\w+"/, '')

const put = (path: string, value: string): TextPatch => ({
  op: 'add',
  path: path.split('/'),
  value,
})
const error = put('error', '"x"')

function edited(folder: Folder, document: string, patch: TextPatch) {
  const change = tapps.edit(setOf(folder, document), [patch], context)
  if (change.kind === 'refused') return change.problems
  return [...change.changes.map(({ path, why }) => `${path}: ${why}`), ...change.notes]
}

const saved =
  'saved_at and last.json stay as they are: they say when and where this engine saved it, which is still so.'
const described = `${meta}: its description: checksum, current step and count`
const both = [`${own}: the state`, `${copy}: its copy in history`]
const other = (name: string) => folderOf(`other-stores/${name}`)
const epic = '.tapps-agents/epic-state/epic-12.json'
const task = 'checkpoint-task-1.json'

test.each<[string, Folder, string, TextPatch, readonly string[]]>([
  ['what its checksum does not cover', healthy, own, error, [...both, saved]],
  [
    'what its description repeats',
    healthy,
    own,
    put('current_step', 'null'),
    [...both, described, saved],
  ],
  [
    'a copy',
    healthy,
    copy,
    error,
    [
      `${copy}: the state`,
      'Only this copy in history is changed, not the state that it is a copy of.',
    ],
  ],
  [
    'a state without its checksum',
    withFiles(healthy, { [own]: unsigned }),
    own,
    error,
    [
      ...both,
      described,
      'It has no checksum, and gets none: its own loader verifies nothing.',
      saved,
    ],
  ],
  [
    'one whose description is damaged',
    withFiles(healthy, { [meta]: '{' }),
    own,
    error,
    [...both, 'Its description is damaged and stays as it is: repair it.', saved],
  ],
  [
    'one with its version and checksum inside, to a word that is none',
    withFiles(healthy, {
      [own]: text.replace('{', '{\n  "version": "2.0",\n  "metadata": {"checksum": "x"},'),
    }),
    own,
    put('status', '"odd"'),
    [
      ...both,
      described,
      'Its own loader would refuse it: The status "odd" is none that it takes.',
      saved,
      'metadata.checksum stays as it is: this engine does not read it.',
    ],
  ],
  ['an epic', other('epic'), epic, put('epic_title', '"x"'), [`${epic}: the state`]],
  [
    'the sum of a task',
    other('task-checkpoints'),
    task,
    put('checksum', '"x"'),
    ['/checksum cannot be changed: it is computed from what stands in the document.'],
  ],
  [
    'a list of a task',
    other('task-checkpoints'),
    task,
    put('artifacts', '[1]'),
    [
      'The checksum cannot be taken: completed_steps, skipped_steps and artifacts are lists of texts.',
    ],
  ],
  [
    'the id away',
    healthy,
    own,
    { op: 'remove', path: ['workflow_id'] },
    [`/workflow_id cannot be changed: every file of the workflow is named after it (${id}).`],
  ],
])(
  '[F80] [F81] [F82] what an edit of %s changes and says',
  (_, folder, document, patch, expected) => {
    expect(edited(folder, document, patch)).toEqual(expected)
  },
)

const old = folderOf('old-version-1.0')
const first = `${home}/old-1-20251201-100500.json`
const firstMeta = `${home}/old-1.meta.json`
const firstText = old.texts.get(first) ?? ''
const inMemory =
  'This engine migrates in memory at every load and never on the disk; it checks the status before it migrates, so that a state without one is refused.'
const becomesRunning = 'The status becomes running, as its own code takes it.'

function migrated(folder: Folder, document = first) {
  return tapps.migrate?.(setOf(folder, document), context) ?? { kind: 'refused', problems: [] }
}

test('[F89] its description becomes one of version 2.0', () => {
  const change = migrated(old)
  expect(change).toMatchObject({
    changes: [
      { path: first, why: 'the state, as version 2.0' },
      { path: firstMeta, why: 'its description, as version 2.0' },
    ],
    notes: [inMemory, becomesRunning],
  })
  const parsed = change.kind === 'ok' ? (change.changes[1]?.text ?? '') : ''
  expect(parsed.replace(/\w{64}/, 'SUM')).toBe(`{
  "version": "2.0",
  "saved_at": "2025-12-01T10:05:00",
  "checksum": "SUM",
  "workflow_id": "old-1",
  "state_file": "old-1-20251201-100500.json",
  "workflow_path": null,
  "compression": false,
  "current_step": "step-1",
  "completed_steps_count": 1,
  "progress_percentage": 0.0,
  "trigger_step_id": null
}`)
})

test('[F89] what it does not know is kept, what is new already stays, and its copy follows', () => {
  const changed = firstText
    .replace(
      '"artifacts": {',
      '"owner": {"a": [1]},\n  "status": "paused",\n  "artifacts": {\n    "new": {"name": "n", "metadata": {}},',
    )
    .replace('"step_id": "step-0"', '"step_id": "step-0", "size": 7.0')
  const history = first.replace(home, `${home}/history`)
  const change = migrated(
    withFiles(old, { [first]: changed, [history]: changed, [firstMeta]: null }),
  )
  const [state, followed, ...others] = change.kind === 'ok' ? change.changes : []
  expect(followed).toEqual({ path: history, text: state?.text, why: 'its copy in history' })
  expect([others, change.kind === 'ok' ? change.notes : []]).toEqual([
    [],
    [inMemory, 'Kept, although its own saving would drop it: owner.'],
  ])
  expect(state?.text?.slice(state.text.indexOf('  "artifacts"')).replace(/\w{64}/, 'SUM'))
    .toBe(`  "artifacts": {
    "new": {
      "name": "n",
      "metadata": {}
    },
    "plan": {
      "name": "plan",
      "path": "docs/plan.md",
      "status": "complete",
      "created_by": "step-0",
      "created_at": null,
      "metadata": {},
      "size": 7.0
    }
  },
  "variables": {},
  "status": "paused",
  "error": null,
  "owner": {
    "a": [
      1
    ]
  },
  "_checksum": "SUM"
}`)
})

test.each<[string, Folder, string, string]>([
  ['an epic', other('epic'), epic, 'It is no state that could be migrated.'],
  [
    'a state that is no JSON',
    withFiles(old, { [first]: '{' }),
    first,
    'It is no state that could be migrated.',
  ],
  ['a copy', healthy, copy, 'A copy is not migrated: the state is, and its copy follows.'],
  [
    'a state without its id and its start',
    withFiles(old, { [first]: '{"completed_steps": []}' }),
    first,
    'workflow_id and started_at missing: its own loader refuses it too.',
  ],
  [
    'one with a list that no checksum covers',
    withFiles(old, { [first]: firstText.replace('"step-0"', '7') }),
    first,
    'Its checksum cannot be taken: a list of steps holds what is no text.',
  ],
])('[F89] no migration of %s', (_, folder, document, problem) => {
  expect(migrated(folder, document)).toEqual({ kind: 'refused', problems: [problem] })
})

function exported(change: (run: Run) => Run) {
  const set = setOf(healthy, own)
  const options = { definition: null, commands: { design: 'make' }, id: 'imported-1' }
  const imported = tapps.toRun(set, options, context)
  if (imported.kind === 'refused') throw new Error(imported.problems.join(' '))
  const back = tapps.fromRun(set, change(imported.run), context)
  if (back.kind === 'refused') throw new Error(back.problems.join(' '))
  const after = JSON.parse(back.changes[0]?.text ?? '') as Record<string, unknown> // a state
  const { status, current_step, completed_steps, skipped_steps, variables } = after
  return {
    status,
    current_step,
    completed_steps,
    skipped_steps,
    variables,
    error: after['error'],
    notes: back.notes,
  }
}

test.each<[RunStatus, string, string | null]>([
  ['pending', 'paused', 'design'],
  ['waiting', 'paused', 'design'],
  ['paused', 'paused', 'design'],
  ['failed', 'failed', 'design'],
  ['cancelled', 'failed', 'design'],
  ['completed', 'completed', null],
])('[F92] a run that is %s goes back as %s', (status, word, current) => {
  const message = status === 'failed' ? 'boom' : null
  const failure = message === null ? null : { name: 'x', message, code: null, stack: null }
  const { variables: _variables, ...back } = exported((run) => ({ ...run, status, error: failure }))
  expect(back).toEqual({
    status: word,
    current_step: current,
    completed_steps: ['requirements', 'planning'],
    skipped_steps: ['optional-docs'],
    error: message,
    notes: [
      ...(status === 'cancelled'
        ? ['It was cancelled, a word that its loader refuses: failed is written.']
        : []),
      saved,
    ],
  })
})

test('[F92] steps go into the list that they belong to, and out of the other', () => {
  const back = exported(({ steps, ...run }) => {
    const known = steps as Record<string, Run['steps'][keyof Run['steps']]> // by names of this test
    const as = (name: string, status: 'pending' | 'skipped' | 'succeeded') =>
      ({ [name]: { ...known[name], status } }) as Run['steps'] // one of its own
    const changed = { ...as('planning', 'pending'), ...as('design', 'skipped') }
    const more = { ...as('optional-docs', 'succeeded'), ['other' as never]: known['design'] }
    return { ...run, steps: { ...steps, ...changed, ...more } }
  })
  expect(back).toMatchObject({
    status: 'running',
    current_step: 'planning',
    completed_steps: ['requirements', 'optional-docs'],
    skipped_steps: ['design'],
    notes: ['The step other is not one of the original: it is left out.', saved],
  })
})

test('[F92] of the variables only what differs is written', () => {
  const { variables } = exported((run) => {
    const { score: _score, ...rest } = run.variables
    return { ...run, variables: { ...rest, nested: { a: [1], c: { d: 1 } } } }
  })
  expect(variables).toEqual({
    user_prompt: 'Build a naïve cart',
    _workflow_path: 'workflows/full-sdlc.yaml',
    nested: { a: [1], c: { d: 1 } },
  })
})

test('[F92] only the state of a workflow is written back', () => {
  const set = setOf(other('epic'), epic)
  const { run } = tapps.read(set, context)
  if (run === null) throw new Error('no run')
  const changed: Run = { ...run, status: 'failed' }
  expect(tapps.fromRun(set, changed, context)).toEqual({
    kind: 'refused',
    problems: ['Only the state of a workflow is written back, not a checkpoint or an epic.'],
  })
  const torn = setOf(withFiles(healthy, { [own]: '{' }), own)
  expect(tapps.fromRun(torn, run, context)).toEqual({
    kind: 'refused',
    problems: ['The original cannot be read as a run.'],
  })
})
