import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import type { TextPatch } from '../../../../../../shared/core/formats/text/patchText.ts'
import { changedText, context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const snapshots = readFolder('marsys/v0.3-snapshots')
const failed = 'sessions/session_failed_789.json'
const snapshot = 'sess-paused-at-coordinator/snapshot.json'
const lossy = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249808.json'
const text = legacy.get(failed) ?? ''
const checksum = /"[0-9a-f]{64}"/

function edit(files: ReadonlyMap<string, string>, document: string, ...patches: TextPatch[]) {
  return marsys.edit(setOf(marsys, document, files), patches, context)
}

function editText(document: string, changed: string, ...patches: TextPatch[]) {
  return edit(new Map([[document, changed]]), document, ...patches)
}

function put(path: string, value: string): TextPatch {
  return { op: 'add', path: path.split('|'), value }
}

const notSeen =
  'A program that has the session in memory does not see the edit, and overwrites it with its next save.'
const status = put('branches|branch_f|state|status', '"pending"')

test('[F131] what is done with the checksum is said', () => {
  const edited = edit(legacy, failed, status)
  expect(edited).toMatchObject({
    kind: 'ok',
    changes: [{ path: failed, why: 'the state and its checksum' }],
    notes: [notSeen],
  })
  const expected = text.replace('"status": "failed"', '"status": "pending"')
  const [before, after] = [expected, changedText(edited)].map((one) => one.replace(checksum, 'S'))
  expect(after).toBe(before)

  const forged = text.replace('"name": "Branch Coder"', '"name": "Branch Coded"')
  expect(editText(failed, forged, status)).toMatchObject({
    notes: [notSeen, 'The checksum did not fit before: from now on it covers what stands there.'],
  })
})

test.each([
  ['no checksum', text.replace(/,\n  "checksum": "\w+"/, '')],
  ['null as its checksum', text.replace(checksum, 'null')],
])('[F131] a document with %s stays one', (_, unsigned) => {
  expect(editText(failed, unsigned, status)).toEqual({
    kind: 'ok',
    changes: [
      {
        path: failed,
        text: unsigned.replace('"status": "failed"', '"status": "pending"'),
        why: 'the state and its checksum',
      },
    ],
    notes: [],
  })
})

test('[F131] each version keeps its own way of writing what is new', () => {
  const value = '{"ü": ["é", 1.50]}'
  const session = changedText(edit(legacy, failed, put('metadata|note', value)))
  expect(session).toContain(
    '"status": "running",\n    "note": {\n      "\\u00fc": [\n        "\\u00e9",\n        1.50\n      ]\n    }\n  },',
  )
  const edited = edit(snapshots, snapshot, put('branches|br_0000|input', value))
  expect(edited).toEqual({
    kind: 'ok',
    changes: [
      {
        path: snapshot,
        text: (snapshots.get(snapshot) ?? '').replace(
          '"Summarise the dataset"',
          '{\n        "ü": [\n          "é",\n          1.50\n        ]\n      }',
        ),
        why: 'the snapshot',
      },
    ],
    notes: [
      'A snapshot has no checksum: MARSYS cannot tell that it was edited.',
      'A program that has the session open does not see the edit.',
    ],
  })
})

test('[F131] what is as it was is no change', () => {
  const same = put('branches|branch_f|state|status', '"failed"')
  expect(edit(legacy, failed, same)).toEqual({ kind: 'ok', changes: [], notes: [] })
})

const lossyRefusal = 'MARSYS 0.1 wrote the branches of this checkpoint as text: it is read only.'

test.each<[string, () => ReturnType<typeof edit>, readonly string[]]>([
  [
    'a file that could not be read',
    () => edit(new Map(), 'gone.json', status),
    ['gone.json could not be read.'],
  ],
  [
    'a broken document',
    () => editText(failed, text.slice(0, 300), status),
    ['A broken document is repaired, not edited.'],
  ],
  ['a checkpoint of 0.1', () => edit(old, lossy, status), [lossyRefusal]],
  [
    'one of which only a list was written as text',
    () => editText('a.json', '{"active_branches": "{}", "branches": {}}', put('x', '1')),
    [lossyRefusal],
  ],
  [
    'one of which only a branch was written as text',
    () => editText('a.json', '{"branches": {"a": {}, "b": "x"}}', put('x', '1')),
    [lossyRefusal],
  ],
  [
    'a value that is no JSON',
    () => edit(legacy, failed, put('metadata|note', '{')),
    [expect.stringContaining('the new value is no JSON')],
  ],
  [
    'a list whose checksum cannot be computed',
    () => edit(legacy, failed, put('active_branches', '[1]')),
    ['MARSYS could not compute the checksum of what would stand there.'],
  ],
  [
    'two branches of which its reader would refuse both',
    () =>
      edit(
        legacy,
        failed,
        put('branches|branch_f|id', '"x"'),
        put('branches|y', '{"id": "y", "state": {}}'),
        put('active_branches|-', '"task"'),
      ),
    ['The branch branch_f calls itself x.', 'The branch y has no status: MARSYS cannot load it.'],
  ],
  [
    'a field that no snapshot has',
    () => edit(snapshots, snapshot, put('mood', '"good"')),
    ['the snapshot has mood, which no snapshot has. MARSYS refuses the snapshot.'],
  ],
])('[F131] refused, with the reason: %s', (_, change, problems) => {
  expect(change()).toEqual({ kind: 'refused', problems })
})

test('[F131] what its reader refused before is no reason, and a warning is none', () => {
  const wrong = text.replace('"id": "branch_f"', '"id": "branch_g"')
  expect(editText(failed, wrong, status).kind).toBe('ok')
  expect(edit(legacy, failed, put('branches|branch_f|state|status', '"asleep"')).kind).toBe('ok')
})
