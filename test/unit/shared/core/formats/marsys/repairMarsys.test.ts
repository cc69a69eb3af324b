import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import { context, readFolder, setOf } from '../fileSet.ts'

const old = readFolder('marsys/legacy-v0.1')
const legacy = readFolder('marsys/legacy-v0.2')
const analysis = 'sessions/session_analysis_123.json'
const failed = 'sessions/session_failed_789.json'
const snapshot = 'sess-paused-at-coordinator/snapshot.json'
const good = 'checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249807.json'
const text = legacy.get(analysis) ?? ''
const checkpoint = legacy.get(good) ?? ''
const current = readFolder('marsys/v0.3-snapshots').get(snapshot) ?? ''

type Files = readonly (readonly [path: string, text: string])[]

function repairs(document: string, files: Files) {
  return marsys.repairs(setOf(marsys, document, new Map(files)), context)
}

const tmp = `${snapshot}.tmp`
const newer = current.replace(
  '"paused_at": "2026-11-21T08:30:48',
  '"paused_at": "2026-11-21T08:40:48',
)
const [at, later] = ['2026-11-21T08:30:48.364Z', '2026-11-21T08:40:48.364Z']
const away = { path: tmp, text: null, why: 'the left-over file' }

function taken(taking: string, confidence: string, lost: string | null) {
  return {
    id: 'temporary:take',
    label: 'Take the left-over file of the write that did not end',
    confidence,
    losses: lost === null ? [] : [`What the run was at ${lost}.`],
    changes: [{ path: snapshot, text: taking, why: 'the snapshot' }, away],
  }
}

function thrownAway(lost: string) {
  return {
    id: 'temporary:away',
    label: 'Put the older left-over file into the trash',
    confidence: 'likely',
    losses: [`What the run was at ${lost}.`],
    changes: [away],
  }
}

const broken = {
  id: 'temporary:away',
  label: 'Put the broken left-over file into the trash',
  confidence: 'certain',
  losses: ['Nothing that MARSYS would have read.'],
  changes: [away],
}

const untimed = (one: string) => one.replace(/"paused_at": "[^"]*"/, '"paused_at": "soon"')
const foreign = current.replace(
  '"session_id": "sess-paused-at-coordinator"',
  '"session_id": "another"',
)

test.each<[string, string, string, readonly unknown[]]>([
  ['a newer one beside a whole snapshot', current, newer, [taken(newer, 'likely', at)]],
  ['an older one', newer, current, [thrownAway(at), taken(current, 'guess', later)]],
  ['one of the same time', current, current, [thrownAway(at), taken(current, 'guess', at)]],
  [
    'one that says no time: its file was changed later',
    current,
    untimed(current),
    [taken(untimed(current), 'likely', at)],
  ],
  [
    'one beside a snapshot that says no time',
    untimed(current),
    newer,
    [taken(newer, 'likely', 'an unknown time')],
  ],
  [
    'a whole one beside a cut snapshot',
    current.slice(0, 99),
    newer,
    [taken(newer, 'likely', null)],
  ],
  ['a cut one', current, newer.slice(0, 99), [broken]],
  ['one of another session', current, foreign, [broken]],
  ['a list', current, '[]', [broken]],
  ['a cut one beside a cut snapshot', current.slice(0, 99), '{', []],
])('[F132] a left-over file: %s', (_, document, temporary, expected) => {
  const found = repairs(snapshot, [
    [snapshot, document],
    [tmp, temporary],
  ])
  expect(found.filter(({ id }) => id !== 'salvage')).toEqual(expected)
})

test('[F132] a broken session goes back to its checkpoints, the newest first, and what is lost is said', () => {
  const older = checkpoint.replace('after_initial_analysis', 'before_it')
  const found = repairs(analysis, [
    [analysis, text.slice(0, 400)],
    ['checkpoints/checkpoint_analysis_123_before_it_1795249000.json', older],
    [good, checkpoint],
    ['checkpoints/checkpoint_analysis_123_cut_1795249900.json', checkpoint.slice(0, 500)],
    [
      'checkpoints/checkpoint_analysis_123_0_1_1795249901.json',
      old.get('checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249808.json') ?? '',
    ],
  ])
  const changes = [{ path: analysis, text, why: 'the state' }]
  expect(found.filter(({ id }) => id !== 'salvage')).toEqual([
    {
      id: `checkpoint:${good.slice('checkpoints/'.length)}`,
      label: 'Go back to the checkpoint after_initial_analysis',
      confidence: 'likely',
      losses: ['Everything that happened after it: 29 min until the file was last changed.'],
      changes,
    },
    {
      id: 'checkpoint:checkpoint_analysis_123_before_it_1795249000.json',
      label: 'Go back to the checkpoint before_it',
      confidence: 'guess',
      losses: ['Everything that happened after it: 43 min until the file was last changed.'],
      changes,
    },
  ])
})

test('[F132] how much is lost is not said where the file is no newer, or nobody knows its time', () => {
  const files = new Map([
    [analysis, text.slice(0, 400)],
    [good, checkpoint],
  ])
  const set = setOf(marsys, analysis, files)
  const lost = (modifiedAt: string | null) => {
    const facts = set.files.flatMap((file) =>
      modifiedAt === null ? [] : [{ ...file, modifiedAt }],
    )
    return marsys.repairs({ ...set, files: facts }, context)[0]?.losses
  }
  const all = ['Everything that happened after it.']
  expect(lost('2026-11-21T08:00:00.000Z')).toEqual(all)
  expect(lost('2026-11-21T08:30:07.000Z')).toEqual(all)
  expect(lost(null)).toEqual(all)
  expect(lost('2026-11-21T08:30:08.000Z')).toEqual([
    'Everything that happened after it: 1 s until the file was last changed.',
  ])
})

test('[F132] a checkpoint with an added note gives back a session with it', () => {
  const noted = checkpoint.replace(
    '"checkpoint_name"',
    '"checkpoint_note": 1,\n    "checkpoint_name"',
  )
  const [repair] = repairs(analysis, [
    [analysis, '{'],
    [good, noted],
  ])
  const back = JSON.parse(repair?.changes[0]?.text ?? '') as { metadata: object }
  expect(Object.keys(back.metadata)).toEqual([
    'current_time',
    'total_steps',
    'status',
    'checkpoint_note',
  ])
})

test('[F132] a damaged checkpoint is not mended from another one', () => {
  const other = 'checkpoints/checkpoint_analysis_123_other_1795249806.json'
  const found = repairs(other, [
    [other, checkpoint.replace('"current_step": 1', '"current_step": 9')],
    [good, checkpoint],
  ])
  expect(found.map(({ id }) => id)).toEqual(['checksum'])
})

test('[F132] a checksum computed anew, and what that loses', () => {
  const forged = text.replace('"name": "Branch Coder"', '"name": "Branch Coded"')
  const [repair] = repairs(analysis, [[analysis, forged]])
  const changed = repair?.changes[0]?.text ?? ''
  expect(repair).toEqual({
    id: 'checksum',
    label: 'Take what stands there, and compute its checksum anew',
    confidence: 'guess',
    losses: ['The only sign that something was changed.'],
    changes: [{ path: analysis, text: changed, why: 'the checksum' }],
  })
  const sum = /"[0-9a-f]{64}"/
  expect(changed.replace(sum, '')).toBe(forged.replace(sum, ''))
  const { findings } = marsys.read(setOf(marsys, analysis, new Map([[analysis, changed]])), context)
  expect(findings).toEqual([])
})

const whole = legacy.get(failed) ?? ''

test.each([
  ['cannot be computed', whole.replace('"active_branches": []', '"active_branches": [1]')],
  ['covers no session', whole.replace('"session_id"', '"session"')],
  ['covers no time', whole.replace('"timestamp"', '"time"')],
  ['covers no branches', whole.replace('"branches"', '"branch"')],
  ['covers no list of completed ones', whole.replace('"completed_branches"', '"completed"')],
  ['is none', whole.replace(/"[0-9a-f]{64}"/, '""')],
])('[F132] nothing is offered where the checksum %s', (_, document) => {
  expect(repairs(failed, [[failed, document]])).toEqual([])
})

const cutAt = (line: number) =>
  `Line ${line}: The document is cut here. What was open is closed behind the last complete value.`

const left = (document: string, cut: string) =>
  repairs(document, [[document, cut]]).map(({ id, losses, changes }) => [
    id,
    losses,
    changes.map(({ path, text: saved, why }) => [path, saved === `${cut.trimEnd()}}`, why]),
  ])

const kept = (path: string) => [[path, true, 'what could be read of the state']]

test('[F271] what is left of a cut document, and what it lacks', () => {
  expect(left(failed, whole.slice(0, -2))).toEqual([['salvage', [cutAt(72)], kept(failed)]])
  const unsigned =
    'Its checksum is cut off: MARSYS takes the session without one, whatever it says.'
  expect(left(failed, whole.replace(/,\n  "checksum": "\w+"\n\}$/, ''))).toEqual([
    ['salvage', [cutAt(71), unsigned], kept(failed)],
  ])
  expect(left(snapshot, current.slice(0, -1))).toEqual([['salvage', [cutAt(132)], kept(snapshot)]])
  expect(left(snapshot, current.slice(0, -2))).toEqual([])
})

test('[F122] the flag of a pause that a resume ended is taken back, and nothing else', () => {
  const path = 'sessions/session_paused_456.json'
  const flag = '"pause_time": "2026-11-21T08:30:08.288020"'
  const resumed = (old.get(path) ?? '').replace(
    flag,
    `${flag},\n    "resume_time": "2026-11-21T08:31:08.288020"`,
  )
  expect(repairs(path, [[path, resumed]])).toEqual([
    {
      id: 'paused',
      label: 'Take the flag of the pause back that ended with the resume',
      confidence: 'likely',
      losses: [],
      changes: [
        {
          path,
          text: resumed.replace('"paused": true', '"paused": false'),
          why: 'the flag in its metadata',
        },
      ],
    },
  ])
  expect(repairs(path, [[path, old.get(path) ?? '']])).toEqual([])
})
