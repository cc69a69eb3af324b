import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import {
  mappingFor,
  isSameShape,
} from '../../../../../../shared/core/formats/unknown/mappingFor.ts'
import { momentOf } from '../../../../../../shared/core/formats/unknown/momentOf.ts'
import { runsIn } from '../../../../../../shared/core/formats/unknown/runsIn.ts'
import { UnknownMapping } from '../../../../../../shared/schema/unknownMapping.ts'

function rootOf(value: unknown) {
  const parsed = parseText(JSON.stringify(value))
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

function found(value: unknown, mapped: Parameters<typeof runsIn>[1] = {}) {
  const stored = runsIn(rootOf(value), mapped)
  return stored === null
    ? null
    : [stored.guess.path, stored.runs.map(({ item, word }) => [item, word])]
}

const [a, b] = [
  { id: 'a', status: 'failed' },
  { id: 'b', status: 'done' },
]

test.each<[string, unknown, unknown]>([
  [
    'a list under a name for runs',
    { runs: [a, b] },
    [
      '/runs/*',
      [
        ['a', 'failed'],
        ['b', 'done'],
      ],
    ],
  ],
  [
    'a record of them: the key is the name',
    { runs: { x: { status: 'failed' }, y: { status: 'done' } } },
    [
      '/runs/*',
      [
        ['x', 'failed'],
        ['y', 'done'],
      ],
    ],
  ],
  [
    'runs without ids are counted',
    { runs: [{ status: 'failed' }, { status: 'done' }] },
    [
      '/runs/*',
      [
        ['run 1', 'failed'],
        ['run 2', 'done'],
      ],
    ],
  ],
  [
    'runs of the same id are told apart',
    { runs: [a, { ...a, status: 'done' }, b] },
    [
      '/runs/*',
      [
        ['a', 'failed'],
        ['a (2)', 'done'],
        ['b', 'done'],
      ],
    ],
  ],
  [
    'runs that have steps and no status',
    {
      runs: [
        { id: 'a', steps: [{ name: 's' }] },
        { id: 'b', steps: [{ name: 's' }] },
      ],
    },
    [
      '/runs/*',
      [
        ['a', null],
        ['b', null],
      ],
    ],
  ],
  [
    'a plain list whose items name their run',
    {
      items: [
        { run_id: 'a', status: 'failed' },
        { run_id: 'b', status: 'done' },
      ],
    },
    [
      '/items/*',
      [
        ['a', 'failed'],
        ['b', 'done'],
      ],
    ],
  ],
  [
    'a plain list whose items name their workflow',
    [
      { workflow: 'w', id: 'a', status: 'failed' },
      { workflow: 'w', id: 'b', status: 'done' },
    ],
    [
      '/*',
      [
        ['a', 'failed'],
        ['b', 'done'],
      ],
    ],
  ],
  ['a plain list of anything is none', { items: [a, b] }, null],
  [
    'states of one run are no runs',
    {
      items: [
        { run_id: 'a', status: 'failed' },
        { run_id: 'a', status: 'done' },
        { run_id: 'a', status: 'done' },
      ],
    },
    null,
  ],
  ['numbers are none', { runs: [1, 2, 3] }, null],
  ['mostly numbers are none', { runs: [a, 2, 3] }, null],
  ['an empty list is none', { runs: [] }, null],
  [
    'steps are no runs',
    {
      items: [
        { step_id: 'a', run_id: 'x', status: 'failed' },
        { step_id: 'b', run_id: 'y', status: 'done' },
      ],
    },
    null,
  ],
  ['the earlier tries of a run are no runs', { run_id: 'x', status: 'failed', runs: [a, b] }, null],
])('[F322] %s', (_, value, expected) => {
  expect(found(value)).toEqual(expected)
})

test('[F322] what a person said of a document goes before any guess', () => {
  expect(found({ runs: [a, b] }, { runs: null })).toBeNull()
  expect(
    found({ jobs: { list: [a, b] } }, { runs: '/jobs/list/*', id: '/status', status: null }),
  ).toEqual([
    '/jobs/list/*',
    [
      ['failed', null],
      ['done', null],
    ],
  ])
  expect(found({ jobs: [1, 2] }, { runs: '/jobs/*' })).toBeNull()
})

test('[F322] of very many runs the first are looked at, and that is said', () => {
  const runs = Array.from({ length: 5001 }, (_, index) => ({ id: `r${index}`, status: 'done' }))
  expect(runsIn(rootOf({ runs }))?.guess.evidence).toContain('Only the first 5000 are looked at.')
})

test.each<[unknown, string | null, string?]>([
  ['2026-03-01', '2026-03-01T00:00:00.000Z', 'ISO 8601'],
  ['2026-03-01 08:00 UTC', '2026-03-01T08:00:00.000Z', 'ISO 8601'],
  ['2026-03-01T08:00:00,5+0130', '2026-03-01T06:30:00.500Z', 'ISO 8601'],
  ['1772352000', '2026-03-01T08:00:00.000Z', 'seconds since 1970'],
  [1772352000000, '2026-03-01T08:00:00.000Z', 'milliseconds since 1970'],
  [1772352000000000, '2026-03-01T08:00:00.000Z', 'microseconds since 1970'],
  ['1772352000000000000', '2026-03-01T08:00:00.000Z', 'nanoseconds since 1970'],
  ['1999-12-31', null],
  ['2026-02-31T25:00', null],
  [123456789, null],
  [99999999999, null],
  ['soon', null],
  [true, null],
  [[1772352000], null],
])('[F242] %j as a moment', (value, moment, written) => {
  const read = momentOf(rootOf(value))
  expect(read).toEqual(moment === null ? null : { at: moment, written })
})

const mapping = (folder: string, keys: readonly string[], status: string) =>
  UnknownMapping.parse({ folder, keys, paths: { status }, words: {} })

test('[F245] the mapping of the nearest folder whose documents look most alike is taken', () => {
  const all = [
    mapping('', ['a', 'b'], '/whole'),
    mapping('runs', ['a', 'b', 'c', 'd'], '/half'),
    mapping('runs', ['a', 'b'], '/same'),
    mapping('runs/old', ['x'], '/other'),
    mapping('else', ['a', 'b'], '/elsewhere'),
  ]
  const statusFor = (folder: string, keys: readonly string[]) =>
    mappingFor(all, { folder, keys })?.paths.status
  expect(statusFor('runs/old', ['a', 'b'])).toBe('/same')
  expect(statusFor('top', ['a', 'b'])).toBe('/whole')
  expect(statusFor('runs', ['q'])).toBeUndefined()
  expect(isSameShape({ folder: 'a', keys: [] }, { folder: 'a', keys: [] })).toBe(true)
  expect(isSameShape({ folder: 'a', keys: [] }, { folder: 'b', keys: [] })).toBe(false)
})
