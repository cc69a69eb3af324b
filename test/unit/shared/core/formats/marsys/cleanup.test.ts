import { expect, test } from 'vitest'
import { marsys } from '../../../../../../shared/core/formats/marsys/marsys.ts'
import type { FileFacts } from '../../../../../../shared/core/formats/format.ts'
import { context, readFolder } from '../fileSet.ts'

const legacy = readFolder('marsys/legacy-v0.2')
const session = legacy.get('sessions/session_analysis_123.json') ?? ''
const checkpoint =
  legacy.get('checkpoints/checkpoint_analysis_123_after_initial_analysis_1795249807.json') ?? ''
const snapshot =
  readFolder('marsys/v0.3-snapshots').get('sess-paused-at-coordinator/snapshot.json') ?? ''
const forged = checkpoint.replace('"current_step": 1', '"current_step": 9')

type File = readonly [path: string, text: string, hoursOld: number]
type Limits = { readonly olderThanDays: number | null; readonly keepLatest: number | null }
const none: Limits = { olderThanDays: null, keepLatest: null }

/** What is said of each file, in the order in which they were given. */
function cleaned(files: readonly File[], limits: Limits = none): readonly string[] {
  const facts = files.map(([path, text, hours]): FileFacts => {
    const at = new Date(Date.parse(context.now) - hours * 3_600_000)
    return { path, sizeBytes: text.length, modifiedAt: at.toISOString() }
  })
  const texts = new Map(files.map(([path, text]) => [path, text] as const))
  const rows = marsys.cleanup?.(facts, texts, limits, context) ?? []
  expect(rows.map(({ path }) => path)).toEqual(files.map(([path]) => path))
  return rows.map(({ goes, reason }) => `${goes ? 'goes' : 'stays'}: ${reason}`)
}

function named(name: string): string {
  return checkpoint.replace('after_initial_analysis', name)
}

function ofSession(id: string, text = checkpoint): string {
  return text.replace('"session_id": "analysis_123"', `"session_id": "${id}"`)
}

const whole: File = ['sessions/session_analysis_123.json', session, 900]
const onlyCopy = 'it is the only copy of a paused run.'

test.each<[string, File, string]>([
  ['a session', whole, 'stays: MARSYS never cleans up sessions.'],
  ['a checkpoint', ['checkpoint_a.json', checkpoint, 72], 'stays: No rule of MARSYS takes it.'],
  [
    'an old checkpoint',
    ['checkpoint_a.json', checkpoint, 72.5],
    "goes: By MARSYS's own rule: it is older than 72 hours.",
  ],
  [
    'a checkpoint that it made by itself',
    ['checkpoint_auto.json', named('auto_1'), 24],
    'stays: No rule of MARSYS takes it.',
  ],
  [
    'an old one that it made by itself',
    ['checkpoint_auto.json', named('auto_1'), 25],
    "goes: By MARSYS's own rule: MARSYS made it by itself more than 24 hours ago.",
  ],
  [
    'a checkpoint whose name is not told',
    ['checkpoint_a.json', checkpoint.replace('checkpoint_name', 'name'), 25],
    'stays: No rule of MARSYS takes it.',
  ],
  [
    'a checkpoint of no session',
    ['checkpoint_a.json', '{"a"', 900],
    'stays: It does not say which session it is of.',
  ],
  ['a snapshot', ['s/snapshot.json', snapshot, 720], 'stays: It is the only copy of a paused run.'],
  [
    'a snapshot after a month',
    ['s/snapshot.json', snapshot, 721],
    `stays: MARSYS would delete it with its next start, because it is older than 30 days; ${onlyCopy}`,
  ],
])('[F133] %s and why', (_, file, expected) => {
  const rows = cleaned(file === whole ? [whole] : [whole, file])
  expect(rows.at(-1)).toBe(expected)
})

test('[F133] the days and the number that a person chose stand instead of its own', () => {
  const files: readonly File[] = [
    whole,
    ['checkpoint_old.json', checkpoint, 49],
    ['checkpoint_new.json', checkpoint, 3],
    ['checkpoint_middle.json', checkpoint, 40],
    ['s/snapshot.json', snapshot, 49],
  ]
  const dueSnapshot = `stays: MARSYS would delete it with its next start, because it is older than 2 days; ${onlyCopy}`
  expect(cleaned(files, { olderThanDays: 2, keepLatest: null }).slice(1)).toEqual([
    "goes: By MARSYS's own rule: it is older than 48 hours.",
    'stays: No rule of MARSYS takes it.',
    'stays: No rule of MARSYS takes it.',
    dueSnapshot,
  ])
  expect(cleaned(files, { olderThanDays: null, keepLatest: 2 }).slice(1, 4)).toEqual([
    "goes: By MARSYS's own rule: it is not among the newest 2 of its session.",
    'stays: No rule of MARSYS takes it.',
    'stays: No rule of MARSYS takes it.',
  ])
})

test('[F133] checkpoints of another session whose id begins alike are not counted', () => {
  const rows = cleaned(
    [
      whole,
      ['checkpoint_analysis_123_x_1.json', ofSession('analysis_123_x'), 1],
      ['checkpoint_analysis_123_y_1.json', checkpoint, 2],
      ['checkpoint_cut.json', '{', 0],
    ],
    { olderThanDays: null, keepLatest: 1 },
  )
  expect(rows.slice(1)).toEqual([
    'stays: No rule of MARSYS takes it.',
    'stays: No rule of MARSYS takes it.',
    'stays: It does not say which session it is of.',
  ])
})

test.each<[string, readonly File[]]>([
  ['is gone', []],
  ['is broken', [['sessions/session_analysis_123.json', session.slice(0, 300), 1]]],
  ['is another one', [['sessions/session_other.json', ofSession('other', session), 1]]],
])('[F133] where its session %s, the newest checkpoint that verifies stays', (_, sessions) => {
  const files: readonly File[] = [
    ...sessions,
    ['checkpoint_forged.json', forged, 80],
    ['checkpoint_oldest.json', checkpoint, 90],
    ['checkpoint_good.json', checkpoint, 85],
  ]
  const rule = 'it is older than 72 hours'
  expect(cleaned(files).slice(sessions.length)).toEqual([
    `goes: By MARSYS's own rule: ${rule}.`,
    `goes: By MARSYS's own rule: ${rule}.`,
    `stays: MARSYS would delete it: ${rule}. It is the newest good copy of its session, which is broken or gone.`,
  ])
})

const target = 'runs/s/snapshot.json'

test.each<[string, readonly File[], string]>([
  [
    'broken and a day old',
    [
      [target, snapshot, 1],
      [`${target}.tmp`, '{"a', 24],
    ],
    'goes: It is a broken rest of a write that did not end.',
  ],
  [
    'broken and young',
    [
      [target, snapshot, 1],
      [`${target}.tmp`, '{"a', 23],
    ],
    'stays: It is younger than a day: a program may be writing it.',
  ],
  [
    'whole',
    [
      [target, snapshot, 1],
      [`${target}.tmp`, snapshot, 99],
    ],
    'stays: It is whole, and may be newer than what it was to replace.',
  ],
  [
    'beside a broken file',
    [
      [target, '{', 1],
      [`${target}.tmp`, '{', 99],
    ],
    'stays: snapshot.json in runs/s is broken or gone: it may be mended from this.',
  ],
  [
    'alone',
    [[`${target}.tmp`, '{', 99]],
    'stays: snapshot.json in runs/s is broken or gone: it may be mended from this.',
  ],
])('[F133] a left-over file that is %s', (_, files, expected) => {
  expect(cleaned(files).at(-1)).toBe(expected)
})

test('[F133] its rules and what is dangerous about them are told before', () => {
  expect(marsys.cleanupRules).toEqual({
    rules: [
      'Of the checkpoints of a session the newest 10 stay; the number can be chosen here.',
      'Checkpoints that it made by itself go after 24 hours, all others after 72; the days can be chosen here.',
      'Rests of writes that were cut go after a day, where the file they were to replace is whole.',
    ],
    dangers: [
      'MARSYS deletes paused runs that are older than 30 days with its next start, though each is the only copy: they stay here.',
      'MARSYS counts the checkpoints of another session whose name begins alike, and deletes the last good copy of a broken session: here a session keeps its own newest good one.',
    ],
  })
})
