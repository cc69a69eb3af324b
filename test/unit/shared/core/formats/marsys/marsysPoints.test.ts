import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const analysis = 'sessions/session_analysis_123.json'
const good = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249807.json'
const snapshot = 'sess-paused-at-coordinator/snapshot.json'
const current = readFolder('marsys/v0.3-snapshots').get(snapshot) ?? ''
const checkpoint = legacy.get(good) ?? ''
const changedAt = '2026-11-21T09:00:00.000Z'

function pointsOf(document: string, files: ReadonlyMap<string, string>) {
  return marsys.read(setOf(marsys, document, files), context).points
}

test('[F130] of a session: as it is, its checkpoints, a backup, and why none of them can be gone back to', () => {
  const folder = 'checkpoints/checkpoint_analysis_123_'
  const lossy = 'MARSYS 0.1 wrote its branches as text: it cannot be loaded.'
  const named = {
    document: `${folder}after_initial_analysis_1795249808.json`,
    label: 'after_initial_analysis',
  }
  const backup = `${folder}pre_rollback_backup_1795249808_1795249808.json`
  expect(pointsOf(analysis, old)).toEqual([
    {
      id: 'current',
      label: 'As it is',
      kind: 'current',
      document: analysis,
      item: null,
      at: '2026-11-21T08:30:08.287Z',
      problem: null,
    },
    {
      id: 'checkpoint:checkpoint_analysis_123_after_initial_analysis_1795249808.json',
      kind: 'checkpoint',
      ...named,
      item: null,
      at: '2026-11-21T08:30:08.000Z',
      problem: lossy,
    },
    {
      id: 'checkpoint:checkpoint_analysis_123_pre_rollback_backup_1795249808_1795249808.json',
      label: 'pre_rollback_backup_1795249808 (made before a rollback)',
      kind: 'backup',
      document: backup,
      item: null,
      at: '2026-11-21T08:30:08.000Z',
      problem: lossy,
    },
  ])
})

const untimed = checkpoint.replace(/"timestamp": [\d.]+/, '"timestamp": null')

test.each<[string, string, string, string, string | null]>([
  [
    'its text',
    'cut',
    '{"session_id": "analysis_123", "bra',
    'analysis_123_cut_1795249700',
    'It is no JSON. The text ends inside a string.',
  ],
  [
    'its session',
    'odd',
    '{',
    'analysis_123_odd_1795249700',
    'It does not say which session it is of.',
  ],
  [
    'its checksum',
    'forged',
    checkpoint.replace('"current_step": 1', '"current_step": 9'),
    'after_initial_analysis',
    'Its checksum does not fit.',
  ],
  [
    'what it covers',
    'bare',
    checkpoint.replace('"branch_bbbb2222"\n  ]', '1\n  ]'),
    'after_initial_analysis',
    'Its checksum does not fit.',
  ],
  ['nothing', 'good', checkpoint, 'after_initial_analysis', null],
])('[F130] a checkpoint is told with what is wrong with %s', (_, name, text, label, problem) => {
  const path = `checkpoints/checkpoint_analysis_123_${name}_1795249700.json`
  const files = new Map([
    [analysis, legacy.get(analysis) ?? ''],
    [path, text],
  ])
  const { label: said, at, problem: why } = pointsOf(analysis, files)[1] ?? {}
  expect([said, at, why]).toEqual([label, '2026-11-21T08:28:20.000Z', problem])
})

const times = (name: string, text: string) =>
  pointsOf(
    analysis,
    new Map([
      [analysis, legacy.get(analysis) ?? ''],
      [`checkpoints/checkpoint_analysis_123_${name}.json`, text],
    ]),
  )[1]?.at

test('[F130] a name without a second leaves the time inside, and that the one of the file', () => {
  expect(times('a_12345678', checkpoint)).toBe('2026-11-21T08:30:07.535Z')
  expect(times('a_1795249807.json_b', untimed)).toBe(changedAt)
  expect(times('a', '{"session_id": "analysis_123"')).toBe(changedAt)
})

test('[F130] of a checkpoint there is only itself, and of a broken session its checkpoints', () => {
  const other = 'checkpoints/checkpoint_analysis_123_other_1795249806.json'
  const files = new Map([...legacy, [other, checkpoint], [`${other}.tmp`, '{']])
  expect(pointsOf(other, files).map(({ kind, document }) => [kind, document])).toEqual([
    ['current', other],
    ['temporary', `${other}.tmp`],
  ])
  const renamed = new Map([
    ['a.json', (legacy.get(analysis) ?? '').slice(0, 60)],
    ['checkpoint_analysis_123_x_1795249806.json', checkpoint],
  ])
  expect(pointsOf('a.json', renamed).map(({ kind, at, problem }) => [kind, at, problem])).toEqual([
    ['current', changedAt, 'It is no JSON. Expected a comma or }, found ..'],
    ['checkpoint', '2026-11-21T08:30:06.000Z', null],
  ])
})

test('[F115] [F130] a left-over file with its time and what is wrong with it', () => {
  const left = (text: string) =>
    pointsOf(
      snapshot,
      new Map([
        [snapshot, current],
        [`${snapshot}.tmp`, text],
      ]),
    )
  const row = {
    id: 'temporary',
    label: 'Left over from a write that did not end',
    kind: 'temporary',
    document: `${snapshot}.tmp`,
    item: null,
  }
  const at = '2026-11-21T08:30:48.364Z'
  expect(left(current)).toMatchObject([
    { kind: 'current', at, problem: null },
    { ...row, at, problem: null },
  ])
  expect(left('{"a')[1]).toEqual({
    ...row,
    at: changedAt,
    problem: 'It is no JSON. The text ends inside a string.',
  })
})

test('[F130] which files are looked at beside a document', () => {
  const folders = [
    'a/sessions/x.json',
    'a/checkpoints/x.json',
    'sessions/x.json',
    'checkpoints/x.json',
    'a/b/x.json',
    'x.json',
  ]
  expect(folders.map((path) => marsys.folders(path))).toEqual([
    ['a/sessions', 'a/checkpoints'],
    ['a/checkpoints', 'a/sessions'],
    ['sessions', 'checkpoints'],
    ['checkpoints', 'sessions'],
    ['a/b'],
    [''],
  ])
})

test('[F130] which of them belong to it', () => {
  const files = [
    'session_a.json',
    'session_a.json.tmp',
    'session_b.json.tmp',
    'checkpoint_a_x_1.json',
    'checkpoint_a_x_1.json.tmp',
    'checkpoint_a_x_1.txt',
    'checkpoint_b_x_1.json',
    'my_checkpoint_a_1.json',
    's/snapshot.json',
    's/snapshot.json.tmp',
  ].map((path) => ({ path, sizeBytes: 1, modifiedAt: changedAt }))
  const belong = (document: string, text = '{}') => marsys.belongs(document, text, files)
  expect(belong('session_a.json')).toEqual(['session_a.json.tmp', 'checkpoint_a_x_1.json'])
  expect(belong('state.json', '{"session_id": "b"}')).toEqual(['checkpoint_b_x_1.json'])
  expect(belong('state.json')).toEqual([])
  expect(belong('checkpoint_a_x_1.json')).toEqual(['checkpoint_a_x_1.json.tmp'])
  expect(belong('s/snapshot.json', '{"session_id": "a"}')).toEqual(['s/snapshot.json.tmp'])
})

test.each([
  ['session_a.json', true],
  ['a/session_a.json', true],
  ['session_.json', false],
  ['my_session_a.json', false],
  ['session_a.json.bak', false],
  ['checkpoint_a.json', true],
  ['my_checkpoint_a.json', false],
  ['checkpoint_a.json.bak', false],
  ['s/snapshot.json', true],
  ['snapshot.json', false],
  ['state.json', false],
])('[F130] %s is a name of MARSYS: %s', (path, isName) => {
  expect(marsys.names?.(path)).toBe(isName)
  expect([marsys.id, marsys.name]).toEqual(['marsys', 'MARSYS'])
})

test.each([
  ['a.json', checkpoint, 'part'],
  ['a.json', legacy.get(analysis) ?? '', 'run'],
  ['a.json', '{', 'run'],
  ['a.json.tmp', current, 'part'],
  ['.tmp/a.json', current, 'run'],
  ['checkpoint_a.json', '', 'part'],
])('[F130] %s is a row of its own or a part of one', (path, text, role) => {
  expect(marsys.role(path, text)).toBe(role)
})
