import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'

const now = '2026-03-02T00:00:00.000Z'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

type Options = { readonly item?: string; readonly paths?: object }

function read(text: string, { item, paths }: Options = {}) {
  const file = { path: 'runs/all.json', sizeBytes: text.length, modifiedAt: now }
  const texts = new Map([[file.path, text]])
  const keys = paths === undefined ? [] : Object.keys(JSON.parse(text) as object)
  const mappings = paths === undefined ? [] : [UnknownMapping.parse({ folder: '', keys, paths })]
  const set = { document: file.path, item: item ?? null, files: [file], texts }
  return readUnknown(set, { sha256, now, mappings })
}

const runs = [
  { run_id: 'r1', status: 'completed', tasks: [{ name: 'a', status: 'done' }] },
  { run_id: 'r2', status: 'failed', tasks: [{ name: 'a', status: 'error' }] },
  { run_id: 'r3', status: 'running', tasks: [] },
]

describe('a document of many runs', () => {
  it.each([
    ['under a name for runs', { total: 3, workflow_runs: runs }, '/workflow_runs/*'],
    ['wrapped in plain names', { data: { items: runs } }, '/data/items/*'],
    ['as a list by itself', runs, '/*'],
    ['by their ids', { runs: { r1: runs[0], r2: runs[1], r3: runs[2] } }, '/runs/*'],
  ])(
    '[F322] %s: it says how many there are and which failed, and each opens',
    (_what, document, path) => {
      const text = JSON.stringify(document)
      const whole = read(text)
      expect(whole.run).toBeNull()
      expect(whole.label).toBe('Unknown JSON, 3 runs, guessed')
      expect(whole.items).toEqual([
        { item: 'r1', label: 'r1 · completed' },
        { item: 'r2', label: 'r2 · failed' },
        { item: 'r3', label: 'r3 · running' },
      ])
      expect(whole.guesses?.[0]).toMatchObject({ field: 'runs', path })
      expect(whole.diagnoses[0]).toMatchObject({
        severity: 'stuck',
        sentence: 'Guessed: 3 runs in one document: 1 failed (r2), 1 running, 1 completed.',
      })
      const open = { kind: 'openRun', label: 'Open run r2', step: null, run: 'r2' }
      expect(whole.diagnoses.map(({ action }) => action)).toEqual([open])
      const { run, items } = read(text, { item: 'r2' })
      expect(run).toMatchObject({ id: 'r2', status: 'failed', steps: { a: { status: 'failed' } } })
      expect(items).toEqual(whole.items)
    },
  )

  it.each([
    ['steps of one run', { tasks: [{ task_id: 'a', dag_id: 'd', state: 'failed' }] }],
    ['results of steps', { items: [{ step_id: 'a', run_id: 'r', status: 'failed' }] }],
    ['earlier tries of a run', { id: 'r', status: 'failed', runs: [{ status: 'failed' }] }],
    ['events of one run', [1, 2, 3].map((n) => ({ run_id: 'r', status: 'running', n }))],
    [
      'a list of other things',
      {
        items: [
          { id: 1, name: 'chair' },
          { id: 2, name: 'table' },
        ],
      },
    ],
  ])('[F322] %s: it is not taken for many runs', (_what, document) => {
    expect(read(JSON.stringify(document)).items).toEqual([])
  })

  it('[F364] each run that failed is told and led to', () => {
    const failed = ['a', 'b'].map((id) => ({ run_id: id, status: 'failed', steps: [] }))
    const { diagnoses } = read(
      JSON.stringify({ runs: [...failed, { run_id: 'c', status: 'done' }] }),
    )
    expect(diagnoses.map(({ rule, sentence, action }) => [rule, sentence, action.run])).toEqual([
      ['F322', 'Guessed: 3 runs in one document: 2 failed (a, b), 1 completed.', 'a'],
      ['F364', 'a: failed.', 'a'],
      ['F364', 'b: failed.', 'b'],
    ])
  })

  it.each([
    ['are over', ['done', 'cancelled'], 'resting', '1 cancelled, 1 completed.'],
    ['go on', ['running', 'done'], 'attention', '1 running, 1 completed.'],
    ['are in words that nobody knows', ['heil', 'heil'], 'attention', '2 of unknown status.'],
  ])(
    '[F322] where the runs %s, what to do is to say what is what',
    (_what, words, severity, end) => {
      const all = words.map((status, index) => ({ run_id: `r${index}`, status }))
      expect(read(JSON.stringify({ runs: all })).diagnoses).toMatchObject([
        {
          severity,
          sentence: `Guessed: 2 runs in one document: ${end}`,
          action: { kind: 'map', label: 'Say what is what…' },
        },
      ])
    },
  )

  it('[F322] of very many that failed the first three are named', () => {
    const failed = ['a', 'b', 'c', 'd'].map((id) => ({ run_id: id, status: 'failed' }))
    expect(read(JSON.stringify({ runs: failed })).diagnoses[0]?.sentence).toBe(
      'Guessed: 4 runs in one document: 4 failed (a, b, c, …).',
    )
  })

  it('[F322] one run in a list is that run', () => {
    const reading = read(JSON.stringify({ data: { items: [runs[1]] } }))
    expect(reading).toMatchObject({ items: [], run: { id: 'r2', status: 'failed' } })
  })

  it('[F322] where a person said that the runs are, all that is said of a run begins there', () => {
    const text = '{"lauf":[{"nr":"x","z":"failed"},{"nr":"y","z":"done"}]}'
    const paths = { runs: '/lauf/*', id: '/nr', status: '/z' }
    expect(read(text, { paths }).items?.map(({ item }) => item)).toEqual(['x', 'y'])
    expect(read(text, { paths, item: 'y' }).run).toMatchObject({ id: 'y', status: 'completed' })
    const whole = JSON.stringify({ data: { items: runs } })
    expect(read(whole, { paths: { runs: null } }).items).toEqual([])
  })

  it('[F322] runs of one name are told apart', () => {
    const twice = [
      { run_id: 'a', status: 'done' },
      runs[0],
      runs[1],
      { run_id: 'a', status: 'failed' },
    ]
    const text = JSON.stringify({ runs: twice })
    expect(read(text).items?.map(({ item }) => item)).toEqual(['a', 'r1', 'r2', 'a (4)'])
    expect(read(text, { item: 'a (4)' }).run?.status).toBe('failed')
  })
})

function event(at: number, run: string, rest: object): string {
  return JSON.stringify({ ts: 1_772_352_000 + at, run_id: run, ...rest })
}

describe('lines of many runs', () => {
  const text = [
    event(0, 'r1', { event: 'run_started' }),
    event(1, 'r2', { event: 'run_started' }),
    event(2, 'r1', { event: 'step_failed', step: 'build', error: 'exit 1' }),
    event(3, 'r2', { event: 'step_completed', step: 'build' }),
    event(4, 'r2', { event: 'run_completed' }),
  ].join('\n')

  it('[F323] events that name more than one run are a log of each of them', () => {
    const whole = read(text)
    expect(whole.run).toBeNull()
    expect(whole.items?.map(({ label }) => label)).toEqual(['r1 · failed', 'r2 · completed'])
    const one = read(text, { item: 'r2' })
    expect(one.run).toMatchObject({
      id: 'r2',
      status: 'completed',
      steps: { build: { status: 'succeeded' } },
    })
    expect(one.history?.map(({ what }) => what)).toEqual([
      'run_started',
      'step_completed',
      'run_completed',
    ])
  })

  it('[F323] a line that names no run is of none, and a run that no line names is not there', () => {
    const beats = [text, '{"ts":1772352009,"event":"heartbeat"}'].join('\n')
    expect(read(beats).items?.map(({ item }) => item)).toEqual(['r1', 'r2'])
    expect(read(beats, { item: 'r2' }).history).toHaveLength(3)
    expect(read(beats, { item: 'r9' }).run).toBeNull()
  })

  it('[F243] of lines that are states of runs, one that no line names is not taken for another', () => {
    const states = [
      '{"note":"none"}',
      '{"run_id":"r1","status":"failed"}',
      '{"run_id":"r2","status":"running"}',
    ].join('\n')
    const { run, items } = read(states, { item: 'r9' })
    expect([run, items?.map(({ item }) => item)]).toEqual([null, ['r1', 'r2']])
    expect(read(states, { item: 'r1' }).run).toMatchObject({ id: 'r1', status: 'failed' })
    expect(read(states, { item: 'line:3' }).run).toMatchObject({ id: 'r2', status: 'running' })
  })

  it('[F323] lines that show no run are none, whatever ids they have', () => {
    expect(read('{"id":1,"name":"a"}\n{"id":2,"name":"b"}').items).toEqual([])
  })
})
