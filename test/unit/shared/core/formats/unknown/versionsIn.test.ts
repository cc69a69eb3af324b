import { expect, test } from 'vitest'
import { readUnknown } from '../../../../../../shared/core/formats/unknown/readUnknown.ts'
import { unknown } from '../../../../../../shared/core/formats/unknown/unknown.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'
import { context, diagnosesIn, guessesIn } from './toldOf.ts'

type Files = Readonly<Record<string, string>>

function state(id: string, hour: number, status = 'running'): string {
  return JSON.stringify({ run_id: id, status, updated_at: `2026-03-01T0${hour}:00:00Z` })
}

function read(document: string, files: Files, mappings: readonly UnknownMapping[] = []) {
  const texts = new Map(Object.entries(files))
  const facts = [...texts].map(([path, text], index) => ({
    path,
    sizeBytes: text.length,
    modifiedAt: `2026-03-01T2${index}:00:00.000Z`,
  }))
  const set = { document, item: null, files: facts, texts }
  return readUnknown(set, { ...context, mappings })
}

const point = (name: string, kind: string, hour: number) => ({
  id: `file:${name}`,
  label: name,
  kind,
  document: `runs/${name}`,
  item: null,
  at: `2026-03-01T0${hour}:00:00.000Z`,
  problem: null,
})

test('[F324] earlier versions of one id are points of the newest, the oldest first', () => {
  const files = {
    'runs/a.json': state('r1', 7, 'failed'),
    'runs/a.json.bak': state('r1', 6),
    'runs/a.v10.json': state('r1', 5),
    'runs/a.v2.json': state('r1', 4),
    'runs/a.v1.json': state('r2', 3),
    'runs/b.v1.json': state('r1', 3),
  }
  const reading = read('runs/a.json', files)
  expect(reading.points).toEqual([
    point('a.v2.json', 'history', 4),
    point('a.v10.json', 'history', 5),
    point('a.json.bak', 'backup', 6),
  ])
  const evidence =
    '3 files, such as a.v2.json, are named like it but for a version, and of the same id.'
  expect(guessesIn(reading).at(-1)).toBe(`versions - possible: ${evidence}`)
  expect(diagnosesIn(reading)[0]).toContain(` | Versions: ${evidence}`)
  expect(guessesIn(read('runs/a.v10.json', files)).at(-1)).toBe(
    'versions - possible: a.v2.json is named like it but for a version, and of the same id.',
  )
  expect(read('runs/a.v2.json', files).points).toEqual([])
})

const plain = (status: string) => JSON.stringify({ run_id: 'r1', status })

test('[F324] a version without a time of its own has that of its file', () => {
  const { points } = read('a.json', { 'a.json': plain('failed'), 'a.json.bak': plain('done') })
  expect(points.map(({ document, at }) => [document, at])).toEqual([
    ['a.json.bak', '2026-03-01T21:00:00.000Z'],
  ])
})

const mapping = (paths: object) =>
  UnknownMapping.parse({ folder: 'runs', keys: ['run_id', 'status', 'updated_at'], paths })

test('[F324] a person can say that there are none', () => {
  const files = { 'runs/a.json': state('r', 5), 'runs/a.json.bak': state('r', 4) }
  expect(read('runs/a.json', files, [mapping({ versions: null })]).points).toEqual([])
  expect(read('runs/a.json', files, [mapping({ id: '/run_id' })]).points).toHaveLength(1)
})

const same = JSON.stringify({ name: 'nightly', status: 'failed' })

test.each<[string, string, string, string, string, boolean]>([
  [
    'a copy without any id',
    'x/a.json.bak',
    '{"status":"failed"}',
    'x/a.json',
    '{"status":"done"}',
    true,
  ],
  ['a copy of another id', 'x/a.json.bak', state('r1', 1), 'x/a.json', state('r2', 1), false],
  ['a version of one name that is no id', 'x/a.v1.json', same, 'x/a.v2.json', same, true],
  [
    'a time and one id',
    'x/a-20260301.json',
    state('r', 1),
    'x/a-20260302.json',
    state('r', 2),
    true,
  ],
  ['a number and one id', 'x/a.v1.json', state('r1', 1), 'x/a.v2.json', state('r1', 2), true],
  ['a number and another id', 'x/a.v1.json', state('r1', 1), 'x/a.v2.json', state('r2', 2), false],
])('[F324] %s: of one run or not', (_, one, text, other, otherText, isOne) => {
  const ranks = [unknown.rank?.(one, text, context), unknown.rank?.(other, otherText, context)]
  expect(ranks.map((rank) => typeof rank?.run)).toEqual(['string', 'string'])
  expect(ranks[0]?.run === ranks[1]?.run).toBe(isOne)
  if (isOne) expect((ranks[0]?.order ?? '') < (ranks[1]?.order ?? '')).toBe(true)
})

test.each([
  ['a name that is no id, under a time', 'x/a-20260301T080000Z.json', same],
  ['no id, under a time', 'x/a-20260301T080000Z.json', '{"status":"failed"}'],
  ['no run', 'x/a.json', '{"name":"settings"}'],
  ['no JSON', 'x/a.json', '{'],
  ['many runs', 'x/a.json', `{"runs":[${state('r1', 1)},${state('r2', 2)}]}`],
])('[F324] %s: nothing says of which run it is', (_, path, text) => {
  expect(unknown.rank?.(path, text, context)).toBeNull()
})
