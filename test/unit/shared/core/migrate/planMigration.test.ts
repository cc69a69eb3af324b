import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeHead } from '../../../../../shared/core/codec/decodeHead.ts'
import { canonicalV2, checksumV2 } from '../../../../../shared/core/migrate/checksumV2.ts'
import { planMigration } from '../../../../../shared/core/migrate/planMigration.ts'
import { migrate1to2 } from '../../../../../shared/core/migrate/steps/1to2.ts'
import { secondsOf, timestampOf } from '../../../../../shared/core/migrate/time.ts'
import { upcast } from '../../../../../shared/core/migrate/upcast.ts'
import { replay } from '../../../../../shared/core/run/replay.ts'
import { DocumentV1 } from '../../../../../shared/schema/versions/v1.ts'
import { DocumentV2 } from '../../../../../shared/schema/versions/v2.ts'
import { recordOf, sha256 } from '../run/sampleRun.ts'

const fixtures = new URL('../../../../fixtures/versions/', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, fixtures), 'utf8')

const at = '2026-01-01T00:00:00.000Z'
const plan = (text: string, taken: readonly string[] = []) =>
  planMigration(text, { document: 'old.json', at, sha256, isTaken: (id) => taken.includes(id) })
const plan1 = (fields: object) =>
  plan(JSON.stringify({ workflow_id: 'w', status: 'completed', states: {}, ...fields }))
const plan2 = (fields: object) =>
  plan(JSON.stringify({ version: 2, workflow_id: 'w', status: 'completed', steps: [], ...fields }))
const steps = (planned: ReturnType<typeof plan>) => Object.entries(planned.run?.steps ?? {})

describe('real documents', () => {
  test.each([
    ['1/deploy-20250102-101500.json', '3/deploy-20250102-101500.json'],
    ['1/nightly-import.json', '3/nightly-import-7.json'],
    ['2/etl-7.json', '3/etl-7.json'],
    ['2/naive.json', '3/naive.json'],
  ])('[M2] %s becomes %s', (before, after) => {
    const { row, run } = plan(read(before))
    const head = decodeHead(read(after), sha256)
    expect(row.problem).toBeNull()
    expect(head).toMatchObject({ kind: 'ok', findings: [] })
    expect(run).toEqual(head.kind === 'ok' ? head.run : null)
    expect(row.target).toEqual({ sizeBytes: Buffer.byteLength(read(after)) })
    expect(row.source).toEqual({ sizeBytes: Buffer.byteLength(read(before)) })
  })

  test('[M1] version 1 becomes version 2', () => {
    const document = DocumentV1.parse(JSON.parse(read('1/deploy-20250102-101500.json')))
    const migrated = migrate1to2(document, { atSeconds: Date.parse(at) / 1000 })
    expect(DocumentV2.parse(migrated.document)).toEqual(migrated.document)
    expect(migrated.document).toEqual({
      version: 2,
      workflow_id: 'deploy-20250102-101500',
      workflow_name: 'deploy',
      workflow_version: '1.2.0',
      status: 'failed',
      started_at: 1735812900,
      updated_at: 1735812990,
      completed_at: null,
      inputs: { env: 'staging' },
      steps: [
        {
          id: 'build',
          status: 'success',
          attempts: 1,
          result: 'ok',
          error: null,
          exit_code: 0,
          started_at: 1735812901,
          completed_at: 1735812940,
        },
        {
          id: 'migrate',
          status: 'failure',
          attempts: 2,
          result: '',
          error: 'timeout',
          exit_code: 124,
          started_at: 1735812941,
          completed_at: 1735812990,
        },
      ],
      kept_from_v1: { current_state: 'migrate' },
    })
  })

  test('[M1] the row says what each step changes', () => {
    const { row } = plan(read('1/deploy-20250102-101500.json'))
    expect(row.steps.map(({ name }) => name)).toEqual(['1to2', '2to3'])
    expect(row).toMatchObject({
      document: 'old.json',
      from: 1,
      to: 3,
      run: 'deploy-20250102-101500',
    })
    expect(plan(read('2/etl-7.json')).row.steps.map(({ name }) => name)).toEqual(['2to3'])
  })

  test('[M8] a keyframe of the run is what its checkpoints point to', () => {
    const { run } = plan(read('2/etl-7.json'))
    const replayed = replay([recordOf({ type: 'keyframe', run }, 1)])
    expect(replayed?.checkpoints).toMatchObject([{ seq: 1 }])
    expect(replayed).toEqual({ ...run, journal: { seq: 1, sum: 'sum-1' } })
  })
})

describe('the checksum of version 2', () => {
  test.each(['2/etl-7.json', '2/naive.json'])('[M3] %s fits', (file) => {
    const text = read(file)
    const stated = DocumentV2.parse(JSON.parse(text)).checksum
    expect(checksumV2(text, sha256)).toBe(stated)
  })

  test('[M3] keeps numbers as they are written and escapes beyond ASCII', () => {
    const text =
      '{"b": [1.0, 1E+2, -0],\n"\\u00e9": "🚀/\\/\\u007F\\n", "a": {"checksum": 1}, "checksum": "x"}'
    expect(canonicalV2(text)).toBe(
      '{"a": {"checksum": 1}, "b": [1.0, 1E+2, -0], "\\u00e9": "\\ud83d\\ude80//\\u007f\\n"}',
    )
  })

  test('[M3] sorts keys by code point, and a prefix before what it begins', () => {
    expect(canonicalV2('{"😀":1,"\ue000":2,"ab":3,"a":4,"":5}')).toBe(
      '{"": 5, "a": 4, "ab": 3, "\\ue000": 2, "\\ud83d\\ude00": 1}',
    )
  })

  test('[M3] a document that does not fit its checksum is not migrated', () => {
    const { row, run } = plan(read('2/etl-7.json').replace('"rows": 10', '"rows": 11'))
    expect(run).toBeNull()
    expect(row).toMatchObject({ run: null, target: null })
    expect(row.problem).toContain('does not fit its checksum')
  })

  test('[M3] one without a checksum is', () => {
    expect(plan2({}).row.problem).toBeNull()
  })

  test('[M12] reading does not ask for the checksum', () => {
    const text = read('2/etl-7.json').replace('"rows": 10', '"rows": 11')
    const options = { document: 'old.json', at, sha256, isTaken: () => false }
    expect(upcast(text, options)?.id).toBe('etl-7')
    expect(upcast('{}', options)).toBeNull()
  })
})

describe('the id of the run', () => {
  test.each([
    ['etl-7', 'etl-7'],
    ['Nightly Import #7', 'nightly-import-7'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Über.', 'uber'],
    ['漢字', 'run'],
    ['x'.repeat(200), 'x'.repeat(110)],
  ])('[M4] of %s is %s', (old, id) => {
    expect(plan2({ workflow_id: old }).run?.id).toBe(id)
  })

  test('[M4] a reserved or taken name gets a short digest', () => {
    expect(plan2({ workflow_id: 'con' }).run?.id).toMatch(/^con-[0-9a-f]{8}$/)
    const text = JSON.stringify({ workflow_id: 'w', status: 'pending', states: {} })
    const { row } = plan(text, ['w'])
    expect(row.run).toBe(`w-${sha256(text).slice(0, 8)}`)
    expect(row.notes).toContain(`The run is called ${row.run}.`)
  })

  test('[M4] a document whose every name is taken was migrated before', () => {
    const { row, run } = planMigration(
      JSON.stringify({ workflow_id: 'w', status: 'pending', states: {} }),
      { document: 'old.json', at, sha256, isTaken: () => true },
    )
    expect([run, row.problem]).toEqual([
      null,
      'Runs named after w are there already: was it migrated before?',
    ])
  })
})

const states = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { status: 'pending' }]))

describe('steps', () => {
  test('[M5] a name that can be kept is kept, whatever another would become', () => {
    const planned = plan1({ states: states('a b', 'a_b', '', '-x', 'ok') })
    expect(steps(planned).map(([id]) => id)).toEqual(['a_b_2', 'a_b', 'step', 'x', 'ok'])
    expect(planned.row.notes).toContain('The step "a b" is called a_b_2: its name cannot be kept.')
  })

  test('[M5] a step that stands twice in a list becomes two', () => {
    const twice = [
      { id: 'a', status: 'success' },
      { id: 'a', status: 'failure' },
    ]
    expect(steps(plan2({ steps: twice })).map(([id, { status }]) => [id, status])).toEqual([
      ['a', 'succeeded'],
      ['a_2', 'failed'],
    ])
  })

  test('[M5] a step named __proto__ is a step', () => {
    const text =
      '{"workflow_id":"w","status":"running","states":{"__proto__":{"status":"running"}}}'
    expect(steps(plan(text)).map(([id, { status }]) => [id, status])).toEqual([
      ['step__proto__', 'running'],
    ])
    const broken = '{"workflow_id":"w","status":"running","states":{"__proto__":3}}'
    expect(plan(broken).row.notes).toContain(
      'What stands under the name __proto__ is no state: it is not carried over.',
    )
  })

  test('[M1] a run that says running stays running, with an open attempt and no process', () => {
    const planned = plan1({ status: 'running', states: { a: { status: 'running' } } })
    expect(planned.run).toMatchObject({ status: 'running', finishedAt: null })
    expect(steps(planned)[0]?.[1]).toMatchObject({
      status: 'running',
      attempts: [{ number: 1, finishedAt: null, outcome: null, process: null }],
    })
  })

  test.each([
    ['running', 'running'],
    ['failed', 'failed'],
  ])('[M1] an unknown word in a run that is %s becomes %s, and is kept', (status, becomes) => {
    const planned = plan1({ status, states: { a: { status: 'blessed' } } })
    expect(steps(planned)[0]?.[1]).toMatchObject({
      status: becomes,
      migratedFrom: { status: 'blessed' },
    })
    expect(planned.row.notes.some((note) => note.includes('"blessed"'))).toBe(true)
  })

  test('[M7] earlier attempts are written out as not recorded', () => {
    const step = { id: 'a', status: 'success', attempts: 3, started_at: 10, completed_at: 20 }
    const planned = plan2({ steps: [step] })
    expect(steps(planned)[0]?.[1].attempts).toMatchObject([
      { number: 1, outcome: 'failed', error: { name: 'NotRecorded' } },
      { number: 2, outcome: 'failed', error: { name: 'NotRecorded' } },
      {
        number: 3,
        outcome: 'succeeded',
        error: null,
        startedAt: '1970-01-01T00:00:10.000Z',
        finishedAt: '1970-01-01T00:00:20.000Z',
      },
    ])
  })

  test.each([
    [1e9, 1],
    [-1, 1],
    [1.5, 1],
    [0, 1],
  ])('[M7] %d attempts of a step that succeeded are written out as %i', (attempts, count) => {
    const planned = plan2({ steps: [{ id: 'a', status: 'success', attempts }] })
    expect(steps(planned)[0]?.[1].attempts).toHaveLength(count)
  })

  test('[M7] a pending step that was tried before keeps that', () => {
    const step = { id: 'a', status: 'pending', attempts: 1, error: 'timeout', started_at: 10 }
    expect(steps(plan2({ status: 'paused', steps: [step] }))[0]?.[1]).toMatchObject({
      status: 'pending',
      attempts: [{ outcome: 'failed', error: { message: 'timeout' } }],
    })
  })
})

describe('times', () => {
  test.each([
    ['2025-01-02T10:15:00Z', 1735812900],
    ['2025-01-02T10:15:00.123456789Z', 1735812900.123],
    ['2025-01-02 10:15', 1735812900],
    ['2025-01-02T11:15:00+01:00', 1735812900],
    ['2025-01-02T04:45:00.5-0530', 1735812900.5],
    ['2025-02-30T00:00:00Z', null],
    ['2025-01-02T25:00:00Z', null],
    ['2025-01-02', null],
    ['yesterday', null],
    ['', null],
  ])('[M6] %s is %d', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds)
  })

  test.each([
    [1735812900.1234, '2025-01-02T10:15:00.123Z'],
    [0, '1970-01-01T00:00:00.000Z'],
    [1e18, null],
    [-1e13, null],
  ])('[M6] %d is %s', (seconds, text) => {
    expect(timestampOf(seconds)).toBe(text)
  })

  test('[M6] a time that cannot be read becomes the time of the plan', () => {
    const planned = plan1({ started_at: 'yesterday', updated_at: '2025-01-02T10:15:00Z' })
    expect(planned.run?.createdAt).toBe(at)
    expect(planned.row.notes).toContain(
      'started_at is "yesterday", which is no time: the time of the migration is taken.',
    )
    expect(plan2({ started_at: 1e300 }).run?.createdAt).toBe(at)
  })

  test('[M6] an end that is not recorded is the last change', () => {
    const planned = plan1({ status: 'failed', updated_at: '2025-01-02T10:15:00Z' })
    expect(planned.run?.finishedAt).toBe('2025-01-02T10:15:00.000Z')
  })
})

describe('what has no place in version 3', () => {
  test('[M9] unknown fields are kept where they were', () => {
    const planned = plan1({
      owner: { team: 'data' },
      version: 1,
      steps: 7,
      states: { a: { status: 'completed', host: 'x', id: 'y', exit_code: 1.5 } },
    })
    expect(planned.run?.['migratedFrom']).toEqual({
      version: 1,
      fields: { owner: { team: 'data' }, version: 1, steps: 7, workflow_id: 'w' },
    })
    expect(steps(planned)[0]?.[1]['migratedFrom']).toEqual({ host: 'x', id: 'y', exit_code: 1.5 })
  })

  test('[M9] branches and metadata of version 2 are kept', () => {
    const fields = { branches: { active_branches: ['main'] }, metadata: { owner: 'x' } }
    expect(plan2({ ...fields, status: 'paused', completed_at: 5 }).run?.['migratedFrom']).toEqual({
      version: 2,
      fields: { ...fields, completed_at: 5, workflow_id: 'w' },
    })
  })

  test('[M8] checkpoints are kept as marks, with a note', () => {
    const checkpoints = [
      { id: 'c', step: 'a', trigger: 'manual', progress: 50, timestamp: 10 },
      { id: 'c', step: 'gone', trigger: 'odd', progress: -5, timestamp: 11 },
    ]
    const planned = plan2({ steps: [{ id: 'a', status: 'success' }], checkpoints })
    expect(planned.run?.checkpoints).toMatchObject([
      { id: 'c', parent: null, seq: 1, trigger: 'manual', step: 'a', progress: 0.5 },
      {
        id: 'c-2',
        trigger: 'migration',
        step: null,
        progress: 0,
        migratedFrom: { step: 'gone', trigger: 'odd' },
      },
    ])
    expect(planned.run?.checkpoints.every(({ note }) => typeof note === 'string')).toBe(true)
  })

  test('[M10] numbers that change are named', () => {
    const text =
      '{"workflow_id":"w","status":"pending","states":{},"inputs":{"a/b":[1,9007199254740993]}}'
    const { row } = plan(text)
    expect(row.notes).toContain(
      'The number 9007199254740993 at /inputs/a~1b/1 becomes 9007199254740992.',
    )
    expect(plan(text.replace('0993', '0992')).row.notes).toEqual(
      row.notes.filter((note) => !note.startsWith('The number')),
    )
  })
})

describe('what cannot be migrated', () => {
  test.each([
    ['', 'The document is empty.'],
    ['{"a":', 'The document is no JSON. The text ends where a value was expected.'],
    ['{}', 'Unknown JSON is no older version of ours.'],
    ['{"format":"unstuck","version":3}', 'Unstuck is no older version of ours.'],
    [
      '{"workflow_id":"w","status":"odd","states":{}}',
      '/status: Invalid option: expected one of "pending"|"running"|"completed"|"failed".',
    ],
    [
      '{"workflow_id":"w","status":"pending","states":{},"inputs":{"a":1e999}}',
      '/inputs/a does not fit version 3: expected a JSON value, at most 1000 levels deep.',
    ],
  ])('[M11] %s says why', (text, problem) => {
    const { row, run } = plan(text)
    expect([run, row.run, row.target, row.problem]).toEqual([null, null, null, problem])
  })

  test('[M11] a document that is nested too deep says so', () => {
    const deep = `${'['.repeat(3000)}${']'.repeat(3000)}`
    const text = `{"workflow_id":"w","status":"pending","states":{},"inputs":{"a":${deep}}}`
    expect(plan(text).row.problem).toBe('The document is nested 3002 levels deep.')
  })
})
