import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { asPython, written } from './asPython.ts'
import { context, folderOf, home, setOf, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const id = 'full-sdlc-20260130-091500'
const own = `${home}/${id}-20261121-083138.json`
const copy = `${home}/history/${id}-20261121-083138.json`
const meta = `${home}/${id}.meta.json`
const edit = (folder: Folder, document: string, ...patches: readonly TextPatch[]) =>
  tapps.edit(setOf(folder, document), patches, context)
const put = (path: string, value: string): TextPatch => ({
  op: 'add',
  path: path.split('/'),
  value,
})
const paths = (change: ReturnType<typeof edit>) =>
  change.kind === 'ok' ? change.changes.map(({ path }) => path) : change.problems

test('[F80] only what a patch names changes, and the checksum', () => {
  const change = edit(
    healthy,
    own,
    put('variables/score', '7.50'),
    put('variables/note', '"naïve"'),
  )
  if (change.kind === 'refused') throw new Error(change.problems.join())
  const before = (healthy.texts.get(own) ?? '').split('\n')
  const after = (change.changes[0]?.text ?? '').split('\n')
  expect(
    after
      .filter((line) => !before.includes(line))
      .map((line) => line.trim().replace(/"\w{64}"/, 'SUM')),
  ).toEqual(['"score": 7.50,', '"note": "na\\u00efve"', '"_checksum": SUM'])
})

test('[F80] no patch, no change', () => {
  expect(edit(healthy, own)).toEqual({ kind: 'ok', changes: [], notes: [] })
  const same = edit(healthy, own, put('status', '"running"'))
  expect(same).toEqual({ kind: 'ok', changes: [], notes: [] })
})

test('[F81] the copy in history and the description follow', () => {
  const change = edit(
    healthy,
    own,
    put('completed_steps/-', '"design"'),
    put('current_step', 'null'),
  )
  expect(paths(change)).toEqual([own, copy, meta])
  const after = written(healthy, change)
  expect(after.texts.get(copy)).toBe(after.texts.get(own))
  expect(JSON.parse(after.texts.get(meta) ?? '')).toMatchObject({
    current_step: null,
    completed_steps_count: 3,
    saved_at: '2026-11-21T08:31:38.215574',
  })
  const findings = tapps.read(setOf(after, own), context).findings
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([])
})

test('[F81] an older snapshot has no description of its own; a basic state has nothing beside it', () => {
  const older = `${home}/${id}-20261121-083137.json`
  expect(paths(edit(healthy, older, put('error', '"x"')))).toEqual([
    older,
    older.replace(home, `${home}/history`),
  ])
  const basic = `${home}/workflow-rapid-dev-20260129-101010.json`
  expect(paths(edit(folderOf('legacy-basic-no-meta'), basic, put('status', '"failed"')))).toEqual([
    basic,
  ])
})

test('[F81] step and task checkpoints are signed anew', () => {
  const task = folderOf('other-stores/task-checkpoints')
  const after = written(task, edit(task, 'checkpoint-task-1.json', put('progress', '0.5')))
  expect(tapps.read(setOf(after, 'checkpoint-task-1.json'), context).findings).toEqual([])
  const steps = folderOf('other-stores/step-checkpoints')
  const path = `${home}/build-20260130-101010/checkpoints/step2-plan.json`
  const signed = written(steps, edit(steps, path, put('step_name', '"naïve plan"')))
  expect(tapps.read(setOf(signed, path), context).findings).toEqual([])
})

test.each([
  [
    '_checksum',
    '"x"',
    '/_checksum cannot be changed: it is computed from what stands in the document.',
  ],
  [
    'workflow_id',
    '"x"',
    `/workflow_id cannot be changed: every file of the workflow is named after it (${id}).`,
  ],
  [
    'completed_steps',
    '[1]',
    'The checksum cannot be taken: completed_steps, skipped_steps and artifacts are lists of texts.',
  ],
  [
    'variables/x/y',
    '1',
    '/variables/x/y cannot be changed: what holds it is no object and no array.',
  ],
  [
    'status',
    '"a',
    '/status cannot be changed: the new value is no JSON: The text ends inside a string.',
  ],
])('[F82] an edit of %s to %s is refused', (path, value, problem) => {
  expect(edit(healthy, own, put(path, value))).toEqual({ kind: 'refused', problems: [problem] })
})

test('[F82] a log is repaired, not edited', () => {
  const log: Folder = {
    facts: [],
    texts: new Map([['events.jsonl', '{"event_type": "a", "workflow_id": "b", "timestamp": "c"}']]),
  }
  expect(edit(log, 'events.jsonl', put('event_type', '"b"'))).toEqual({
    kind: 'refused',
    problems: ['A log is only ever added to: it is repaired, not edited.'],
  })
})

test('a status that its loader would refuse, and damage from before, are said', () => {
  const blocked = edit(healthy, own, put('status', '"blocked"'))
  expect(blocked.kind === 'ok' ? blocked.notes[0] : '').toBe(
    'Its own loader would refuse it: The status "blocked" is none that it takes.',
  )
  const folder = folderOf('corruptions/checksum-mismatch-latest-good-history')
  const forged = edit(
    folder,
    `${home}/wf-20260130-090000-20261121-084044.json`,
    put('error', '"x"'),
  )
  expect(forged.kind === 'ok' ? forged.notes[0] : '').toContain('Its checksum did not fit before')
})

test.each([
  ['healthy-mixed', own],
  ['compressed', `${own}.gz`],
])('[F93] Python accepts an edited state of %s, and sees what was put in', (name, document) => {
  const folder = folderOf(name)
  const change = edit(
    folder,
    document,
    put('variables/amount', '9007199254740993'),
    put('variables/nested', '{"ü": [1.0, 2e5, "\u{1f600}"], "": null}'),
    put('completed_steps/-', '"größe"'),
    put('status', '"paused"'),
  )
  const [loaded] = asPython(id, written(folder, change))
  expect(loaded?.problems).toEqual([])
  expect(loaded?.state).toMatchObject({
    status: 'paused',
    variables: { nested: { ü: [1, 200_000, '\u{1f600}'], '': null } },
  })
})

test('[F93] Python refuses what was changed without its checksum', () => {
  const folder = written(healthy, {
    kind: 'ok',
    changes: [
      { path: own, text: (healthy.texts.get(own) ?? '').replace('"planning"', '"plan"'), why: '' },
    ],
    notes: [],
  })
  expect(asPython(id, folder)[0]?.problems).toEqual(['checksum of the state', 'copy in history'])
})
