import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { FileSet } from '../../../../../../shared/core/formats/format.ts'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import { unknown } from '../../../../../../shared/core/formats/unknown/unknown.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'
import { engineDocuments } from './engines.ts'

const now = '2026-03-02T00:00:00.000Z'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

function setOf(text: string, document = 'runs/one.json', item: string | null = null): FileSet {
  const file = { path: document, sizeBytes: text.length, modifiedAt: now }
  return { document, item, files: [file], texts: new Map([[document, text]]) }
}

function read(text: string, options: { mappings?: readonly UnknownMapping[]; item?: string } = {}) {
  const { mappings = [], item = null } = options
  return readUnknown(setOf(text, 'runs/one.json', item), { sha256, now, mappings })
}

function statusesOf({ run }: ReturnType<typeof read>) {
  const steps = Object.entries(run?.steps ?? {}).map(([id, { status }]) => [id, status])
  return { status: run?.status ?? null, steps: Object.fromEntries(steps) as unknown }
}

describe('documents in the shapes of engines', () => {
  it.each(engineDocuments)(
    '[F240] $engine: its status and its steps are guessed',
    ({ document, status, steps, id }) => {
      const reading = read(JSON.stringify(document, null, 2))
      expect(statusesOf(reading)).toEqual({ status, steps })
      if (id !== undefined) expect(reading.run?.id).toBe(id)
    },
  )

  it('[F241] what is guessed says that it is, with the place and the reason', () => {
    const reading = read('{"status":"FAILED","finishedAt":"2026-03-01T08:00:00Z"}')
    expect(reading.diagnoses[0]?.sentence).toBe('Guessed: failed.')
    expect(reading.guesses).toContainEqual({
      field: 'status',
      path: '/status',
      confidence: 'likely',
      evidence: '“status” is a name for it, and “FAILED” is a word for a status.',
    })
  })

  it('[F241] a word that nothing is known of is shown as it is written', () => {
    const reading = read('{"status":"kaputt","steps":[{"name":"a","status":"heil"}]}')
    expect(reading.said).toEqual({ status: 'kaputt', steps: { a: 'heil' } })
    expect(reading.diagnoses[0]?.sentence).toBe('Guessed: kaputt.')
  })

  it('[F327] a key that stands twice is a warning with its place', () => {
    const { findings, run, diagnoses } = read('{"status":"failed",\n"status":"done"}')
    expect(run?.status).toBe('completed')
    expect(diagnoses.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['F327', 'attention'],
      ['F241', 'resting'],
    ])
    expect(findings).toMatchObject([
      { rule: 'F327', severity: 'warning', pointer: '/status', line: 2 },
    ])
  })

  it('[F329] of very many steps the first are looked at, and that is said', () => {
    const steps = Array.from({ length: 5001 }, (_, index) => ({ id: index, status: 'done' }))
    const { run, guesses } = read(JSON.stringify({ steps }))
    expect(Object.keys(run?.steps ?? {})).toHaveLength(5000)
    expect(guesses?.find(({ field }) => field === 'steps')?.evidence).toContain(
      'Only the first 5000 of 5001 are looked at.',
    )
  })

  it('[F329] steps of one name, and of none, are told apart by their place', () => {
    const list = read(
      '{"steps":[{"name":"a","status":"done"},{"name":"a","status":"failed"},{"status":"done"}]}',
    )
    expect(statusesOf(list).steps).toEqual({
      a: 'succeeded',
      a__2_: 'failed',
      step_3: 'succeeded',
    })
  })

  it.each([
    ['{"error":"exit 1","started_at":1772352000}', 'failed'],
    ['{"started_at":1772352000,"finished_at":1772352001}', 'succeeded'],
    ['{"started_at":1772352000}', 'running'],
    ['{"started_at":null}', 'pending'],
  ])(
    '[F240] a step that has no word for what it is, is what its times and its error say: %s',
    (step, status) => {
      const reading = read(
        `{"status":"running","steps":{"one":${step},"two":{"started_at":1772352000}}}`,
      )
      expect(statusesOf(reading).steps).toMatchObject({ one: status, two: 'running' })
    },
  )

  it('[F240] a document that shows neither status nor steps nor an end is no run', () => {
    expect(read('{"name":"settings","colour":"blue","port":8080}').run).toBeNull()
  })

  it.each([
    ['1772352000', '2026-03-01T08:00:00.000Z'],
    ['1772352000.125', '2026-03-01T08:00:00.125Z'],
    ['1772352000000', '2026-03-01T08:00:00.000Z'],
    ['"2026-03-01 08:00:00"', '2026-03-01T08:00:00.000Z'],
    ['"2026-03-01T10:00:00.5+0200"', '2026-03-01T08:00:00.500Z'],
    ['12', null],
  ])('[F242] %s as a time is %s', (lexeme, at) => {
    expect(read(`{"status":"done","finished_at":${lexeme}}`).run?.finishedAt).toBe(at)
  })
})

describe('what a person said', () => {
  const mapping = UnknownMapping.parse({
    folder: 'runs',
    keys: ['k', 'zustand', 'teile'],
    paths: { id: '/k', status: '/zustand', steps: '/teile/*', stepId: '/n', stepStatus: '/z' },
    words: { kaputt: 'failed', fertig: 'completed' },
  })
  const text =
    '{"k":"A1","zustand":"Kaputt","teile":[{"n":"eins","z":"fertig"},{"n":"zwei","z":"kaputt"}]}'

  it('[F245] paths and words of a mapping win over guesses, for documents of its folder and shape', () => {
    const reading = read(text, { mappings: [mapping] })
    expect(statusesOf(reading)).toEqual({
      status: 'failed',
      steps: { eins: 'succeeded', zwei: 'failed' },
    })
    expect(reading.label).toBe('Unknown JSON, mapped')
  })

  it('[F245] a document of another folder, or of another shape, is not mapped by it', () => {
    const elsewhere = { ...mapping, folder: 'other' }
    expect(read(text, { mappings: [elsewhere] }).label).toBe('Unknown JSON, guessed')
    expect(read('{"zustand":"kaputt","a":1,"b":2,"c":3}', { mappings: [mapping] }).run).toBeNull()
  })

  it('[F245] what a person said is not there is not guessed', () => {
    const none = { ...mapping, keys: ['status', 'steps'], paths: { steps: null }, words: {} }
    const reading = read('{"status":"done","steps":[{"name":"a","status":"failed"}]}', {
      mappings: [none],
    })
    expect(statusesOf(reading)).toEqual({ status: 'completed', steps: {} })
  })
})

describe('lines', () => {
  const versions = [
    '{"run_id":"r1","status":"running","updated_at":"2026-03-01T08:00:00Z"}',
    '{"run_id":"r2","status":"running","updated_at":"2026-03-01T08:00:01Z"}',
    '{"run_id":"r1","status":"failed","updated_at":"2026-03-01T08:00:02Z"}',
    '',
  ].join('\n')

  it('[F243] lines with an id are states of runs: the last of each is the run, those before it its history', () => {
    expect(read(versions).items?.map(({ item }) => item)).toEqual(['r1', 'r2'])
    const one = read(versions, { item: 'r1' })
    expect(one.run?.status).toBe('failed')
    expect(one.points.map(({ id }) => id)).toEqual(['line:1'])
    const [point] = one.points
    expect(point && unknown.pointText?.(setOf(versions), point)).toBe(versions.split('\n')[0])
  })

  it('[F243] lines that say what happened are a log, and the run is what it comes to', () => {
    const reading = read(
      [
        '{"ts":1772352000,"event":"run_started"}',
        '{"ts":1772352001,"event":"step_started","step":"build"}',
        '{"ts":1772352002,"event":"step_completed","step":"build"}',
        '{"ts":1772352003,"event":"step_failed","step":"test","error":"exit 1"}',
      ].join('\n'),
    )
    expect(statusesOf(reading)).toEqual({
      status: 'failed',
      steps: { build: 'succeeded', test: 'failed' },
    })
    expect(reading.history?.map(({ what }) => what)).toEqual([
      'run_started',
      'step_started',
      'step_completed',
      'step_failed',
    ])
  })

  it('[F244] an edit changes its value and no other byte, also in a document of many lines', () => {
    const patch = { op: 'replace', path: ['2', 'status'], value: '"done"' } as const
    const changed = unknown.edit(setOf(versions), [patch], { sha256, now })
    expect(changed).toMatchObject({
      kind: 'ok',
      changes: [{ path: 'runs/one.json', text: versions.replace('"failed"', '"done"') }],
    })
  })

  it.each([
    [
      'a line that is not there',
      versions,
      ['7', 'status'],
      '/7/status is no value in one of its 3 lines, so it is not changed.',
    ],
    [
      'a whole line',
      versions,
      ['0'],
      '/0 is no value in one of its 3 lines, so it is not changed.',
    ],
    [
      'the whole document',
      versions,
      [],
      'The whole document is no value in one of its 3 lines, so it is not changed.',
    ],
    ['a value that a line does not have', versions, ['0', 'no', 'such'], expect.any(String)],
    ['a value that a document does not have', '{"a":1}', ['no', 'such'], expect.any(String)],
    ['a document that is damaged', '{"a":', ['a'], 'It is damaged: it is not edited.'],
  ])('[F244] %s is not edited, and why is said', (_what, text, path, problem) => {
    const patch = { op: 'replace', path, value: '"done"' } as const
    expect(unknown.edit(setOf(text), [patch], { sha256, now })).toEqual({
      kind: 'refused',
      problems: [problem],
    })
  })

  it('[F243] a line that is not there, and what is no line, has no text', () => {
    const own = { id: 'x', label: '', kind: 'current', at: null, problem: null } as const
    const textAt = (item: string | null, document = 'runs/one.json') =>
      unknown.pointText?.({ ...setOf(versions), document }, { ...own, document, item })
    expect([textAt('line:9'), textAt('r1'), textAt(null), textAt('line:1', 'gone.json')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})
