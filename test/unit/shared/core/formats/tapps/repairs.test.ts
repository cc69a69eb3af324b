import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { asPython, written } from './asPython.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const wf = 'wf-20260130-090000'
const state = (stamp: string) => `${home}/${wf}-20261121-${stamp}.json`
const repairs = (folder: Folder, document: string) =>
  tapps.repairs(setOf(folder, document), context)
const brief = (folder: Folder, document: string) =>
  repairs(folder, document).map(
    ({ id, confidence }) => `${confidence} ${id.replace(`${wf}-20261121-`, '')}`,
  )
const apply = (folder: Folder, document: string, id: string) => {
  const repair = repairs(folder, document).find((one) => one.id === id)
  if (repair === undefined) throw new Error(`no repair ${id}`)
  return written(folder, { kind: 'ok', changes: repair.changes, notes: [] })
}

const rows = [
  [
    'checksum-mismatch-latest-good-history',
    '084044',
    [
      'certain history:084044.json',
      'likely description',
      'guess snapshot:084043.json',
      'guess checksum',
    ],
  ],
  ['last-json-dangling-abs-path', '084050', ['likely pointer']],
  ['meta-missing', '084048', ['likely description']],
  [
    'missing-required-status',
    '084046',
    [
      'certain history:084046.json',
      'certain status:running',
      'guess snapshot:084045.json',
      'guess checksum',
    ],
  ],
  ['orphan-tmp', '084051', []],
  [
    'truncated-latest-good-history',
    '084042',
    ['certain history:084042.json', 'guess snapshot:084041.json'],
  ],
  ['zero-byte', '084052', ['certain history:084052.json', 'guess snapshot:084051.json']],
] as const

test.each(rows)('[F83] %s: its repairs, best first', (name, stamp, expected) => {
  expect(brief(folderOf(`corruptions/${name}`), state(stamp))).toEqual(expected)
})

test('[F83] [F93] Python accepts every state that was repaired', () => {
  const applied = rows.flatMap(([name, stamp]) => {
    const folder = folderOf(`corruptions/${name}`)
    // A description that points back leaves the damaged state as it is.
    return repairs(folder, state(stamp))
      .filter(({ id }) => id !== 'description' || !name.startsWith('checksum'))
      .map(({ id }) => ({ name, stamp, id, after: apply(folder, state(stamp), id) }))
  })
  const loaded = asPython(wf, ...applied.map(({ after }) => after))
  const told = applied.map(({ name, stamp, id, after }, index) => ({
    what: `${name} ${id}`,
    python: loaded[index]?.problems,
    errors: tapps
      .read(setOf(after, state(stamp)), context)
      .findings.filter(({ severity }) => severity === 'error'),
  }))
  // With a new checksum the state still lacks its status.
  const lacking = 'missing-required-status checksum'
  expect(told.filter(({ what }) => what !== lacking)).toEqual(
    told
      .filter(({ what }) => what !== lacking)
      .map(({ what }) => ({ what, python: [], errors: [] })),
  )
  expect(told.length).toBe(13)
})

test('[F83] what a repair would lose is said', () => {
  const folder = folderOf('corruptions/truncated-latest-good-history')
  const [, older] = repairs(folder, state('084042'))
  expect(older?.losses).toEqual([
    'The step "b" is no longer completed: it runs again.',
    'The description counts 2 completed steps, this state has 1.',
    'What changed between 20261121-084041 and 20261121-084042 is lost.',
  ])
})

test('[F83] a left-over file that is whole, and never another workflow', () => {
  const damaged = folderOf('corruptions/zero-byte')
  const whole = damaged.texts.get(state('084051')) ?? ''
  const folder = withFiles(damaged, {
    [`${state('084052')}.tmp`]: whole.replace('"error": null', '"error": ""'),
    [`${home}/history/${wf}-20261121-084052.json`]: null,
    [`${home}/history/${wf}-hotfix-20261121-084059.json`]: whole,
    [`${home}/${wf}-20261121-084053.json`]: null,
  })
  expect(brief(folder, state('084052'))).toEqual([
    'likely temporary:084052.json.tmp',
    'guess snapshot:084051.json',
  ])
})

test('[F84] blocked becomes failed, which its loader takes', () => {
  const folder = folderOf('corruptions/meta-missing')
  const text = (folder.texts.get(state('084048')) ?? '').replace('"running"', '"blocked"')
  const unsigned = text.replace(/,\n  "_checksum": "\w+"/, '')
  const other = withFiles(folder, { [state('084048')]: unsigned })
  const repair = repairs(other, state('084048')).find(({ id }) => id === 'status:failed')
  expect(repair).toMatchObject({
    confidence: 'likely',
    losses: ['That it was "blocked" is no longer said.'],
  })
})

test('[F85] the checksum anew says what it never covered and how the copy differs', () => {
  const folder = folderOf('corruptions/checksum-mismatch-latest-good-history')
  const repair = repairs(folder, state('084044')).at(-1)
  expect(repair).toMatchObject({
    id: 'checksum',
    losses: [
      'The copy in history verifies, and differs in completed_steps.',
      'The checksum never covered started_at, artifacts, error and the order of steps.',
    ],
  })
  expect(asPython(wf, apply(folder, state('084044'), 'checksum'))[0]?.problems).toEqual([])
})

test('[F86] a description made anew says what the engine would say', () => {
  const folder = folderOf('corruptions/meta-missing')
  const after = apply(folder, state('084048'), 'description')
  expect(JSON.parse(after.texts.get(`${home}/${wf}.meta.json`) ?? '')).toEqual({
    version: '2.0',
    saved_at: '2026-11-21T08:40:48',
    checksum: 'dcb787bd1640db5485a64987e33053d219eaad82578620076200356c6e6754d2',
    workflow_id: wf,
    state_file: `${wf}-20261121-084048.json`,
    workflow_path: null,
    compression: false,
    current_step: 'c',
    completed_steps_count: 2,
    progress_percentage: 0,
    trigger_step_id: null,
  })
})

test('[F86] a pointer out of a project that was moved takes the folder of the description', () => {
  const folder = folderOf('corruptions/last-json-dangling-abs-path')
  const after = apply(folder, state('084050'), 'pointer')
  expect(JSON.parse(after.texts.get(`${home}/last.json`) ?? '')).toMatchObject({
    state_file: `/out/tapps/corruptions/last-json-dangling-abs-path/${state('084050')}`,
  })
})

test('[F87] whole records stay, torn ones go and are said', () => {
  const record = (seq: number) =>
    `{"event_type": "step_start", "workflow_id": "${wf}", "seq": ${seq}}`
  const log = `${home}/events/${wf}.events.jsonl`
  const folder = withFiles(folderOf('corruptions/orphan-tmp'), {
    [log]: `${record(1)}\n${record(2).slice(0, 20)}${record(1)}\n${record(2)}\n{"event_`,
  })
  const [repair] = repairs(folder, state('084051'))
  expect(repair).toMatchObject({
    id: 'events',
    losses: [
      'Line 2: 20 characters of a torn record, "{"event_type": "step".',
      'Line 4: 8 characters of a torn record, "{"event_".',
    ],
    changes: [{ path: log, text: `${record(1)}\n${record(1)}\n${record(2)}\n` }],
  })
})
