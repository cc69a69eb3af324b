import { expect, test } from 'vitest'
import { tapps } from '../../../../../../shared/core/formats/tapps/tapps.ts'
import { saidOfSituations } from './saidOfSituations.ts'
import { saidOf, situations } from './situations.ts'
import { context, folderOf, home, setOf, withFiles, type Folder } from './tappsSet.ts'

const healthy = folderOf('healthy-mixed')
const own = `${home}/full-sdlc-20260130-091500-20261121-083138.json`
const copy = `${home}/history/full-sdlc-20260130-091500-20261121-083138.json`
const meta = `${home}/full-sdlc-20260130-091500.meta.json`
const text = healthy.texts.get(own) ?? ''

const found = (folder: Folder, document: string) =>
  tapps
    .read(setOf(folder, document), context)
    .findings.map(({ rule, severity, line, pointer }) => [rule, severity, line, pointer])

/** The state and its copy with other text. */
const changed = (
  from: string | RegExp,
  to: string,
  more: Readonly<Record<string, string | null>> = {},
) => {
  const other = text.replace(from, to)
  expect(other).not.toBe(text)
  return withFiles(healthy, { [own]: other, [copy]: other, ...more })
}

const rows = [
  'healthy-mixed',
  'compressed',
  'legacy-basic-no-meta',
  'old-version-1.0',
  'other-stores/durable-event-store',
  'other-stores/epic',
  'other-stores/step-checkpoints',
  'other-stores/task-checkpoints',
  'other-stores/token-checkpoints',
].flatMap((name) => [...folderOf(name).texts.keys()].map((path) => [name, path] as const))

test.each(rows)('[F52] a healthy file has no finding: %s %s', (name, path) => {
  expect(found(folderOf(name), path)).toEqual([])
})

const damaged = [
  [
    'checksum-mismatch-latest-good-history',
    '084044',
    [
      ['F52', 'error', 17, '/_checksum'],
      ['F56', 'warning', null, null],
      ['F58', 'warning', null, null],
      ['F64', 'info', null, null],
    ],
  ],
  ['last-json-dangling-abs-path', '084050', [['F57', 'warning', null, null]]],
  ['meta-missing', '084048', [['F56', 'warning', null, null]]],
  [
    'missing-required-status',
    '084046',
    [
      ['F54', 'error', 1, '/status'],
      ['F58', 'warning', null, null],
    ],
  ],
  ['orphan-tmp', '084051', [['F60', 'info', null, null]]],
  ['truncated-latest-good-history', '084042', [['F55', 'error', 10, null]]],
  ['zero-byte', '084052', [['F55', 'error', 1, null]]],
] as const

test.each(damaged)('[F54] [F55] the damage of %s is told', (name, stamp, findings) => {
  const document = `${home}/wf-20260130-090000-20261121-${stamp}.json`
  expect(found(folderOf(`corruptions/${name}`), document)).toEqual(findings)
})

test('[F52] numbers keep their text: 7.0 is not 7', () => {
  expect(found(changed('"score": 7.0', '"score": 7'), own)).toEqual([
    ['F52', 'error', 48, '/_checksum'],
  ])
})

test('[F52] the sum of step and task checkpoints is verified', () => {
  const task = folderOf('other-stores/task-checkpoints')
  const path = 'checkpoint-task-1.json'
  const other = (task.texts.get(path) ?? '').replace('"f": 1.0', '"f": 2.0')
  expect(found(withFiles(task, { [path]: other }), path)).toEqual([
    ['F52', 'error', 17, '/checksum'],
  ])
  const steps = folderOf('other-stores/step-checkpoints')
  const step = `${home}/build-20260130-101010/checkpoints/step2-plan.json`
  const forged = (steps.texts.get(step) ?? '').replace('"step_number": 2', '"step_number": 3')
  expect(found(withFiles(steps, { [step]: forged }), step)).toEqual([
    ['F52', 'error', 12, '/checksum'],
  ])
})

const plain = (value: unknown) =>
  JSON.stringify(value).replaceAll('":', '": ').replaceAll(',"', ', "')

/** In earlier versions the variables were taken as text of JSON in the JSON. */
function nestedSum(state: string): string {
  const fields = JSON.parse(state) as Record<string, unknown> // a state of this test
  const covered = ['completed_steps', 'current_step', 'skipped_steps', 'status'].map(
    (key) => `"${key}": ${plain(fields[key])}`,
  )
  const variables = `"variables": ${JSON.stringify(plain(fields['variables']))}`
  const all = [...covered, variables, `"workflow_id": ${plain(fields['workflow_id'])}`]
  return context.sha256(`{${all.join(', ')}}`)
}

test('[F52] the older way of taking the sum, variables as text, is verified too', () => {
  const bare = text
    .replace(
      /"variables": \{[\s\S]*\n  \},\n  "status"/,
      '"variables": {\n    "k": "v"\n  },\n  "status"',
    )
    .replace(/"completed_steps": \[[^\]]*\]/, '"completed_steps": [\n    "a"\n  ]')
    .replace(/"_checksum": "\w+"/, '"_checksum": "SUM"')
  const signed = bare.replace('SUM', nestedSum(bare))
  expect(
    found(
      withFiles(healthy, {
        [own]: signed,
        [copy]: signed,
        [meta]: null,
        [`${home}/last.json`]: null,
      }),
      own,
    ).filter(([rule]) => rule === 'F52'),
  ).toEqual([])
})

test('[F53] a state without its checksum is verified by nobody', () => {
  expect(found(changed(/,\n  "_checksum": "\w+"/, ''), own)).toContainEqual([
    'F53',
    'warning',
    1,
    '/_checksum',
  ])
})

test.each([
  ['"blocked"', 'warning'],
  ['"bogus"', 'error'],
  ['7', 'error'],
])('[F54] a status that its loader refuses: %s', (status, severity) => {
  expect(found(changed('"status": "running"', `"status": ${status}`), own)).toContainEqual([
    'F54',
    severity,
    46,
    '/status',
  ])
})

test('[F55] a packed file that cannot be unpacked has no text', () => {
  const folder = folderOf('compressed')
  const path = `${home}/full-sdlc-20260130-091500-20261121-083138.json.gz`
  const texts = new Map([...folder.texts].filter(([one]) => one !== path))
  expect(found({ ...folder, texts }, path)).toEqual([['F55', 'error', null, null]])
})

test.each([
  [
    'says other counts',
    { [meta]: (healthy.texts.get(meta) ?? '').replace('_count": 2', '_count": 3') },
    'warning',
  ],
  [
    'has the sum of another state',
    { [meta]: (healthy.texts.get(meta) ?? '').replace('bbd968e9', 'bbd968e0') },
    'warning',
  ],
  [
    'has a key that its loader refuses',
    { [meta]: (healthy.texts.get(meta) ?? '').replace('workflow_path', 'workflow_paph') },
    'warning',
  ],
  [
    'points to what is gone',
    { [meta]: (healthy.texts.get(meta) ?? '').replace('083138.json', '093138.json') },
    'error',
  ],
  ['is no JSON', { [meta]: '{' }, 'error'],
  ['is missing', { [meta]: null }, 'warning'],
])('[F56] a description that %s', (_, changes, severity) => {
  expect(found(withFiles(healthy, changes), own)).toEqual([['F56', severity, null, null]])
})

test.each([
  ['is no JSON', '{', 'warning'],
  [
    'leads to nothing',
    '{"workflow_id": "full-sdlc-20260130-091500", "state_file": "/x/gone.json"}',
    'error',
  ],
  [
    'leads to an older snapshot',
    '{"workflow_id": "full-sdlc-20260130-091500", "state_file": "full-sdlc-20260130-091500-20261121-083137.json"}',
    'warning',
  ],
])('[F57] a pointer that %s', (_, pointer, severity) => {
  expect(found(withFiles(healthy, { [`${home}/last.json`]: pointer }), own)).toEqual([
    ['F57', severity, null, null],
  ])
})

test('[F58] what its checksum does not cover is told by its copy', () => {
  const folder = withFiles(healthy, {
    [own]: text.replace('"docs/requirements.md"', '"docs/forged.md"'),
  })
  expect(found(folder, own)).toEqual([['F58', 'warning', null, null]])
})

const event = (seq: number, more = '') =>
  `{"event_type": "step_start", "workflow_id": "full-sdlc-20260130-091500", "seq": ${seq}, "timestamp": "2026-11-21T08:33:33.178472+00:00Z"${more}}`
const log = `${home}/events/full-sdlc-20260130-091500.events.jsonl`

test.each([
  ['whole', `${event(1)}\n${event(2)}\n`, []],
  ['torn at its end', `${event(1)}\n${event(2).slice(0, 30)}`, [2]],
  ['glued', `${event(1)}\n${event(2).slice(0, 30)}${event(1)}\n${event(2)}\n`, [2]],
  ['numbered anew', `${event(1)}\n${event(2)}\n${event(1)}\n`, [3]],
  ['of another workflow', `${event(1)}\n${event(2).replace('full-sdlc', 'other')}\n`, [2]],
])('[F59] a log that is %s', (_, lines, flawed) => {
  expect(found(withFiles(healthy, { [log]: lines }), own)).toEqual(
    flawed.map(() => ['F59', 'warning', null, null]),
  )
  expect(
    found(withFiles(healthy, { [log]: lines }), log).map(([rule, , line]) => [rule, line]),
  ).toEqual(flawed.map((line) => ['F59', line]))
})

test('[F290] its log is the history of the workflow, in its own words; a torn line stands where it is', () => {
  const lines = `${event(1, ', "step_id": "planning", "agent": "planner"')}\n${event(2).slice(0, 30)}\n`
  const { history } = tapps.read(setOf(withFiles(healthy, { [log]: lines }), own), context)

  expect(history).toEqual([
    {
      at: '2026-11-21T08:33:33.178Z',
      what: 'step_start',
      step: 'planning',
      by: 'planner',
      message: null,
    },
    {
      at: null,
      what: 'damaged line',
      step: null,
      by: null,
      message: event(2).slice(0, 30),
    },
  ])
  expect(tapps.read(setOf(healthy, own), context).history).toEqual([])
})

test('[F60] a left-over file that is whole can be the newest state', () => {
  const folder = withFiles(healthy, { [`${own}.tmp`]: text })
  const [finding] = tapps.read(setOf(folder, own), context).findings
  expect(finding).toMatchObject({ rule: 'F60', severity: 'info' })
  expect(finding?.sentence).toContain('is whole')
})

test('[F61] version and checksum inside the document are read by nobody', () => {
  const documented = text
    .replace('{', '{\n  "version": "2.0",\n  "metadata": {"checksum": "x"},')
    .replace(/,\n  "_checksum": "\w+"/, '')
  const lone: Folder = { facts: [], texts: new Map([[own, documented]]) }
  expect(found(lone, own)).toEqual([['F61', 'info', 2, '/version']])
})

test('[F62] a key that stands twice', () => {
  expect(found(changed('"score": 7.0', '"score": 8.0,\n    "score": 7.0'), own)).toEqual([
    ['F62', 'warning', 36, '/variables/score'],
  ])
})

test.each([
  ['completed and skipped', /"optional-docs"/, '"planning"', '/skipped_steps'],
  ['completed twice', '    "planning"\n', '    "planning",\n    "planning"\n', '/completed_steps'],
  [
    'current and completed',
    '"current_step": "design"',
    '"current_step": "planning"',
    '/current_step',
  ],
])('[F63] a step that is %s', (_, from, to, pointer) => {
  expect(found(changed(from, to), own).filter(([rule]) => rule === 'F63')).toMatchObject([
    ['F63', 'warning', expect.any(Number), pointer],
  ])
})

test('[F63] a completed step whose last execution failed', () => {
  const basic = folderOf('legacy-basic-no-meta')
  const path = `${home}/workflow-rapid-dev-20260129-101010.json`
  const other = (basic.texts.get(path) ?? '')
    .replace('"step_id": "requirements"', '"step_id": "planning"')
    .replace('"status": "completed"', '"status": "failed"')
  expect(found(withFiles(basic, { [path]: other }), path)).toMatchObject([
    ['F63', 'warning', 5, '/completed_steps'],
  ])
})

test('[F64] steps that were completed within a second', () => {
  const folder = folderOf('corruptions/checksum-mismatch-latest-good-history')
  const document = `${home}/wf-20260130-090000-20261121-084044.json`
  expect(found(folder, document)).toContainEqual(['F64', 'info', null, null])
  expect(found(healthy, own)).toEqual([])
})

test.each([
  ['is none', '2026-02-30T09:15:00', 'error'],
  ['lies behind its save', '2027-01-30T09:15:00', 'warning'],
])('[F65] a start that %s', (_, time, severity) => {
  expect(found(changed('2026-01-30T09:15:00.123456', time), own)).toEqual([
    ['F65', severity, 3, '/started_at'],
  ])
})

test('[F66] a snapshot under the name of another workflow', () => {
  const path = `${home}/other-20261121-083138.json`
  expect(
    found(withFiles(healthy, { [path]: text }), path).filter(([rule]) => rule === 'F66'),
  ).toMatchObject([['F66', 'warning', 2, '/workflow_id']])
})

test.each(situations.map((situation) => [situation.name, situation] as const))(
  '[F50] [F56] [F57] [F61] [F63] [F65] [F70] [F83] %s',
  (name, situation) => {
    expect(saidOf(situation)).toEqual(saidOfSituations[name])
  },
)
