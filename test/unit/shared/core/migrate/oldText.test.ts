// What is read of the text of an old document: names, times, numbers and its checksum.
import { expect, test } from 'vitest'
import { canonicalV2 } from '../../../../../shared/core/migrate/checksumV2.ts'
import { lossyNumbers } from '../../../../../shared/core/migrate/lossyNumbers.ts'
import { runIdOf } from '../../../../../shared/core/migrate/runIdOf.ts'
import { nameSteps } from '../../../../../shared/core/migrate/stepNames.ts'
import { hasNoZone, secondsOf, timestampOf } from '../../../../../shared/core/migrate/time.ts'

const digest = '0123456789abcdef0123'

const idWithout = (old: string, taken: readonly string[]) =>
  runIdOf(old, { digest, isTaken: (id) => taken.includes(id) })

test('[M4] the id is the first of four that is valid and free', () => {
  const names = ['A b', 'a-b', 'a-b-01234567', 'a-b-0123456789abcdef']

  expect(names.map((_, index) => idWithout('A b', names.slice(0, index)))).toEqual([
    'a-b',
    'a-b',
    'a-b-01234567',
    'a-b-0123456789abcdef',
  ])
  expect(idWithout('A b', names)).toBeNull()
  expect(
    ['a.-.', `${'X'.repeat(108)}.-.-y`, '- -', '.-a'].map((old) => idWithout(old, [])),
  ).toEqual(['a', 'x'.repeat(108), 'run', 'a'])
})

test('[M5] a step that needs another name gets a short one that is free', () => {
  const long = 'x'.repeat(120)
  const olds = ['a', `a ${long}`, `a ${long}`, '--a-b', '__proto__', '?!', 'a', '..']
  const { ids, find, notes } = nameSteps(olds)

  expect(ids).toEqual([
    'a',
    `a_${'x'.repeat(88)}`,
    `a_${'x'.repeat(86)}_2`,
    'a-b',
    'step__proto__',
    '__',
    'a_2',
    'step',
  ])
  expect(olds.map(find)).toEqual(['a', ids[1], ids[1], 'a-b', 'step__proto__', '__', 'a', 'step'])
  expect(find('none')).toBeNull()
  expect(notes).toHaveLength(7)
})

test.each([
  [' 2025-01-02T10:15:00Z\n', 1735812900, false],
  ['2025-01-02t10:15:00z', 1735812900, false],
  ['2025-01-02T10:15', 1735812900, true],
  [' 2025-01-02T10:15:00.5 ', 1735812900.5, true],
  ['2025-01-02T10:15:00-00:01', 1735812960, false],
  ['x2025-01-02T10:15:00Z', null, false],
  ['2025-01-02T10:15:00Zx', null, false],
  ['2025-01-02', null, false],
])('[M6] "%s" is %s seconds', (text, seconds, isBare) => {
  expect([secondsOf(text), hasNoZone(text)]).toEqual([seconds, isBare])
})

test('[M6] a timestamp has a year of four digits', () => {
  const last = Date.UTC(9999, 11, 31, 23, 59, 59, 999) / 1000
  expect([last, last + 0.001, 8.64e12, 8.64e12 + 1].map(timestampOf)).toEqual([
    '9999-12-31T23:59:59.999Z',
    null,
    null,
    null,
  ])
})

test.each([
  ['-1e999', '-Infinity'],
  ['1e999', 'Infinity'],
  ['9e999', 'Infinity'],
  ['0.1e999', 'Infinity'],
  ['9007199254740993', '9007199254740992'],
])('[M10] %s is read as %s', (written, read) => {
  expect(lossyNumbers(`{"a":[0,{"b":${written}},true]}`)).toEqual([
    { pointer: '/a/1/b', written, read },
  ])
})

test.each(['9', '0', '-0', '"1e999"', 'true', 'null', '9007199254740991', '1234567890123456e3'])(
  '[M10] %s is read as it is written',
  (written) => {
    expect(lossyNumbers(`[${written}]`)).toEqual([])
  },
)

test.each([
  ['3', '3'],
  ['[]', '[]'],
  ['"a\\"b"', '"a\\"b"'],
  ['[{"checksum":1},["é"]]', '[{"checksum": 1}, ["\\u00e9"]]'],
  ['{"😁":1,"😀":2,"😀a":3}', '{"\\ud83d\\ude00": 2, "\\ud83d\\ude00a": 3, "\\ud83d\\ude01": 1}'],
  ['{"a\\u0000":1,"a":2}', '{"a": 2, "a\\u0000": 1}'],
])('[M3] %s is written as %s', (text, written) => {
  expect(canonicalV2(text)).toBe(written)
})
