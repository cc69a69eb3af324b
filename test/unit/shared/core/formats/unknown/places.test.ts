import { expect, test } from 'vitest'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'
import { context, guessesIn, read, runIn, setOf } from './toldOf.ts'

const silent = { steps: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }

function statuses(document: object): readonly string[] {
  const { run } = read(JSON.stringify(document))
  return Object.entries(run?.steps ?? {}).map(([id, { status }]) => `${id} ${status}`)
}

test.each<[string, object, readonly string[]]>([
  [
    'an index as a text',
    { status: 'failed', step_index: '1' },
    ['a pending', 'b failed', 'c pending'],
  ],
  [
    'an index behind the last',
    { status: 'failed', step_index: 3 },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'a number under another name',
    { status: 'failed', cursor: 1 },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'a number with more',
    { status: 'failed', step_index: '1x' },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'two numbers',
    { status: 'failed', step_index: [1, 2] },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'two names',
    { status: 'waiting', active_nodes: ['a', 'c'] },
    ['a waiting', 'b pending', 'c waiting'],
  ],
  [
    'two names of which one is none',
    { status: 'failed', active_nodes: ['a', 'x'] },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'a cancelled run',
    { status: 'cancelled', current_step: 'b' },
    ['a pending', 'b cancelled', 'c pending'],
  ],
  [
    'a run that is done',
    { status: 'done', current_step: 'b' },
    ['a pending', 'b pending', 'c pending'],
  ],
  [
    'a run of an unknown word',
    { status: 'kaputt', current_step: 'b' },
    ['a pending', 'b pending', 'c pending'],
  ],
])('[F321] the current step by %s', (_, more, expected) => {
  expect(statuses({ ...silent, ...more })).toEqual(expected)
})

const starts = ['from', 'source', 'src', 'upstream', 'start', 'parent']
const ends = ['to', 'target', 'dst', 'downstream', 'end', 'child']

test.each(starts.map((start, index) => [start, ends[index] ?? '']))(
  '[F320] edges from "%s" to "%s"',
  (start, end) => {
    const { run } = read(
      JSON.stringify({ ...silent, status: 'failed', edges: [{ [start]: 'a', [end]: 'b' }] }),
    )
    const needs = Object.entries(run?.workflow.definition?.steps ?? {})
    expect(needs.map(([id, step]) => [id, step.needs])).toEqual([
      ['a', []],
      ['b', ['a']],
      ['c', []],
    ])
  },
)

test.each([
  ['runs/a.json', 'a'],
  ['a.jsonl', 'a'],
  ['x/y/a.b.ndjson.gz', 'a.b'],
  ['a.JSON.zst', 'a'],
  ['a.json.txt', 'a.json.txt'],
])('[F240] a document without a name is called after its file: %s', (path, name) => {
  const { run } = readUnknown(setOf('{"status":"failed"}', path), context)
  expect([run?.workflow.name, run?.createdAt]).toEqual([name, '2026-03-01T20:00:00.000Z'])
})

test('[F240] where nobody knows when the file was changed it is now', () => {
  const { run } = readUnknown({ ...setOf('{"status":"failed"}'), files: [] }, context)
  expect(run?.updatedAt).toBe(context.now)
})

const step = (name: string, more: object) => ({ name, ...more })

test('[F240] of two places in a step the nearer and plainer one counts, and what most steps agree in', () => {
  const { run, guesses } = read(
    JSON.stringify({
      status: 'failed',
      steps: [
        step('a', { info: { status: 'done', error: 'far' }, result: 'failed', message: 'near' }),
        step('b', { state: 'failed', result: 'x', error: { message: 'm' } }),
        step('c', { state: 'done', message: 'k', deep: { er: { error: 'too deep' } } }),
      ],
    }),
  )
  expect(guesses?.map(({ field, path }) => `${field} ${path ?? ''}`)).toEqual([
    'status /status',
    'steps /steps/*',
    'stepId /name',
    'stepStatus /state',
    'stepError /message',
    'stepOutput /result',
  ])
  expect(Object.values(run?.steps ?? {}).map(({ status }) => status)).toEqual([
    'failed',
    'failed',
    'succeeded',
  ])
})

test.each([
  ['a boolean', true, 'step_1'],
  ['nothing', null, 'step_1'],
  ['an empty text', '', 'step_1'],
  ['an object', { a: 1 }, 'step_1'],
  ['a number', 7, '7'],
  ['a word that begins like one', 'nullable', 'nullable'],
  ['a text of 199 characters', 'x'.repeat(197), 'x'.repeat(197)],
])('[F240] %s as the name of a step', (_, name, id) => {
  const { run } = read(JSON.stringify({ steps: [{ name, status: 'done' }] }))
  const [found = ''] = Object.keys(run?.steps ?? {})
  expect(id.startsWith(found) && found !== '').toBe(true)
})

test('[F245] what a person said of a document is told as that', () => {
  const mapping = UnknownMapping.parse({
    folder: 'runs',
    keys: ['nr', 'lage', 'schritte', 'wo'],
    paths: {
      id: '/nr',
      status: '/lage',
      steps: '/schritte/*',
      stepId: '/n',
      current: '/wo',
      needs: null,
      stepError: null,
    },
    words: { kaputt: 'failed' },
  })
  const text =
    '{"nr":"r","lage":"kaputt","schritte":[{"n":"a","error":"x"},{"n":"b","status":"done"}],"wo":"a"}'
  const reading = read(text, { mappings: [mapping] })
  expect([...runIn(reading), ...guessesIn(reading)]).toEqual([
    'workflow r of one: failed -',
    '2026-03-01T20:00:00.000Z - 2026-03-01T20:00:00.000Z -',
    'a: failed null',
    'b: succeeded null',
    'id /nr mapped: A person said so.',
    'status /lage mapped: A person said so.',
    'steps /schritte/* mapped: A person said so.',
    'stepId /n mapped: A person said so.',
    'stepStatus /status likely: 1 of 2 items have it there.',
    'current /wo mapped: A person said so.',
  ])
  expect(reading.diagnoses).toEqual([])
})
