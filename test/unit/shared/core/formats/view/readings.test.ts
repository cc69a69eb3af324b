// What the readers of all formats say of times, shapes, names, layouts and places.
import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import { findingsAt } from '../../../../../../shared/core/formats/view/findingAt.ts'
import { jsonOf, jsonRecord } from '../../../../../../shared/core/formats/view/jsonOf.ts'
import { layoutText } from '../../../../../../shared/core/formats/view/layoutText.ts'
import { patchAsPython } from '../../../../../../shared/core/formats/view/patchAsPython.ts'
import { repeatedKeys } from '../../../../../../shared/core/formats/view/repeatedKeys.ts'
import { shapeProblem } from '../../../../../../shared/core/formats/view/shape.ts'
import {
  earliest,
  latest,
  momentOfIso,
  momentOfParts,
  momentOfSeconds,
} from '../../../../../../shared/core/formats/view/times.ts'
import { idAmong, runIdOf, stepIdsOf } from '../../../../../../shared/core/formats/view/viewIds.ts'
import { attemptOf, errorOf } from '../../../../../../shared/core/formats/view/viewOf.ts'

function treeOf(text: string) {
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

test.each([
  ['"2026-01-02T03:04:05.678901"', '2026-01-02T03:04:05.678Z'],
  ['"2026-01-02 03:04:05"', '2026-01-02T03:04:05.000Z'],
  ['"2026-01-02T03:04:05.6Z"', '2026-01-02T03:04:05.600Z'],
  ['"2026-01-02T03:04:05+01:30"', '2026-01-02T01:34:05.000Z'],
  ['"2026-02-30T03:04:05"', null],
  ['"2026-02-30T03:04:05+00:00"', '2026-03-02T03:04:05.000Z'],
  ['"2026-13-01T03:04:05"', null],
  ['"x2026-01-02T03:04:05"', null],
  ['"2026-01-02T03:04:05x"', null],
  ['"2026-01-02"', null],
  ['7', null],
  ['null', null],
])('[F191] the time %s is %s', (text, moment) => {
  expect(momentOfIso(treeOf(text))).toBe(moment)
})

test('[F191] epoch seconds are a time to the millisecond, where a year of four digits has it', () => {
  const seconds = ['1.0006', '0', '-1', '1e13', '253402300800', '"1"', 'null', '1e999']
  expect(seconds.map((text) => momentOfSeconds(treeOf(text)))).toEqual([
    '1970-01-01T00:00:01.001Z',
    '1970-01-01T00:00:00.000Z',
    '1969-12-31T23:59:59.000Z',
    null,
    null,
    null,
    null,
    null,
  ])
  const parts = { day: '2026-01-02', clock: '03:04:05', fraction: undefined, zone: undefined }
  expect(momentOfParts(parts)).toBe('2026-01-02T03:04:05.000Z')
})

test('[F191] of some times the first and the last are told', () => {
  const [one, two] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']
  expect([earliest(null, two, one), latest(two, null, one), earliest(null), latest()]).toEqual([
    one,
    two,
    null,
    null,
  ])
})

test.each([
  ['string', ['"x"'], { '1': 'a number', null: 'null', '[]': 'a list' }],
  ['number', ['1', '1.5'], { '"1"': 'a string', NaN: 'NaN', true: 'a boolean' }],
  ['integer', ['1', '-7'], { '1.0': '1.0', '1e3': '1e3', '"1"': 'a string', '[1]': 'a list' }],
  ['integer', [], { [`1.${'0'.repeat(22)}`]: `1.${'0'.repeat(22)}` }],
  ['integer', [], { [`1.${'0'.repeat(23)}`]: 'a number' }],
  ['boolean', ['true', 'false'], { null: 'null', '"true"': 'a string', '0': 'a number' }],
  ['list', ['[]'], { '{}': 'an object', '1': 'a number' }],
  ['object', ['{}'], { '[]': 'a list', null: 'null' }],
] as const)('[F196] what is of the shape %s', (word, fitting, others) => {
  const article = word === 'object' ? 'an' : 'a'
  const expected = `${article} ${word === 'integer' ? 'whole number' : word}`

  expect(fitting.map((text) => shapeProblem(treeOf(text), word))).toEqual(fitting.map(() => null))
  for (const [text, found] of Object.entries(others)) {
    expect(shapeProblem(treeOf(text), word)).toBe(`is ${found} (expected ${expected})`)
    expect(shapeProblem(treeOf(text), `${word}?`)).toBe(
      text === 'null' ? null : `is ${found} (expected ${expected} or null)`,
    )
  }
  expect(shapeProblem(treeOf('null'), `${word}?`)).toBeNull()
  expect(shapeProblem(treeOf('7'), 'any')).toBeNull()
})

test.each([
  ['Nightly Import #7', 'nightly-import--7'],
  ['..a..', 'a'],
  ['CON', 'run-con'],
  ['', 'run-'],
  ['x'.repeat(200), 'x'.repeat(128)],
  [`${'x'.repeat(127)}.y`, 'x'.repeat(127)],
])('[F191] a run called %s has the id %s', (name, id) => {
  expect(runIdOf(name)).toBe(id)
})

test('[F191] steps have ids of their own: names that are ids are kept, whatever others would become', () => {
  const long = 'y'.repeat(120)
  const names = ['a b', 'a_b', 'a_b', 'a b', '-x', '__proto__', 'each[0]', 'a?b', '', long]
  const ids = stepIdsOf(names)
  expect([...ids]).toEqual([
    ['a b', 'a_b-2'],
    ['a_b', 'a_b'],
    ['-x', '_-x_'],
    ['__proto__', '___proto___'],
    ['each[0]', 'each_0_'],
    ['a?b', 'a_b-3'],
    ['', '__'],
    [long, 'y'.repeat(90)],
  ])
  expect(idAmong(ids, 'a b')).toBe('a_b-2')
  expect(() => idAmong(ids, 'none')).toThrow('Every name has an id.')
})

const odd = '{"b": [1.50, -0, {}], "a": "\\u00e9é\u007f<\\/", "a": []}'

test.each([
  [{}, '{"b": [1.50, -0, {}], "a": "\\u00e9\\u00e9\\u007f<\\/", "a": []}'],
  [
    { sortKeys: true, ensureAscii: false },
    '{"a": "\\u00e9é\u007f<\\/", "a": [], "b": [1.50, -0, {}]}',
  ],
  [
    { indent: 2 },
    '{\n  "b": [\n    1.50,\n    -0,\n    {}\n  ],\n  "a": "\\u00e9\\u00e9\\u007f<\\/",\n  "a": []\n}',
  ],
])('[F12] laid out with %j every number and escape is as it is written', (style, text) => {
  expect(layoutText(treeOf(odd), style)).toBe(text)
})

test('[F12] a text in the layout of its engine stays in it, and any other keeps its own', () => {
  const add = [{ op: 'add', path: ['c'], value: '{"d":"é"}' }] as const
  const text = (of: string, patches: Parameters<typeof patchAsPython>[1] = add) => {
    const patched = patchAsPython(of, patches, { sortKeys: true })
    return patched.kind === 'ok' ? patched.text : patched.problem
  }
  expect(text('{"a": 1, "d": 2}\n')).toBe('{"a": 1, "c": {"d": "\\u00e9"}, "d": 2}\n')
  expect(text('{"d": 1, "a": 2}')).toBe('{"d": 1, "a": 2, "c": {"d":"é"}}')
  expect(text('{"a":1}')).toBe('{"a":1,"c":{"d":"é"}}')
  expect(text('{"a": 1', [])).toBe('{"a": 1')
  expect(text('{"a": 1')).toContain('the document is broken')
})

test('[F196] keys that stand twice are found wherever they are, in the order of their places', () => {
  const text =
    '{"z": [0, {"y": 1, "y": {"x": [], "x": 2}}], "a": {}, "z": 1, "a": {"b": 1, "b": 2, "b": 3}}'
  expect(repeatedKeys(treeOf(text))).toEqual([
    ['a'],
    ['a', 'b'],
    ['a', 'b'],
    ['z'],
    ['z', '1', 'y'],
    ['z', '1', 'y', 'x'],
  ])
  expect([repeatedKeys(treeOf('7')), repeatedKeys(treeOf('[[{"a": 1}]]'))]).toEqual([[], []])
})

test('[F195] a value to look at is JSON, and what is not there is nothing', () => {
  expect(jsonOf(treeOf('[{"a": 9007199254740993, "b": [true]}, null]'))).toEqual([
    { a: '9007199254740993', b: [true] },
    null,
  ])
  expect([jsonOf(null), jsonRecord(null), jsonRecord(treeOf('{"a": 1, "a": 2}'))]).toEqual([
    null,
    {},
    { a: 2 },
  ])
})

const breach = (path: readonly string[], rule = 'F1') => ({
  rule,
  severity: 'error' as const,
  sentence: 'It is odd.',
  path,
  remedy: null,
})

test('[F196] what a rule says is placed where it is, or where it should be; fifty of a rule are told', () => {
  const text = '{"a":\n [1, 2]}'
  const placed = findingsAt(text, treeOf(text), [
    breach(['a', '1']),
    breach(['a', '7']),
    breach(['none']),
    breach([]),
  ])
  expect(placed.map(({ line, column, pointer }) => [line, column, pointer])).toEqual([
    [2, 6, '/a/1'],
    [2, 2, '/a/7'],
    [1, 1, '/none'],
    [1, 1, ''],
  ])

  const many = (count: number) =>
    findingsAt(text, treeOf(text), [
      ...Array.from({ length: count }, () => breach(['a'])),
      breach(['a'], 'F2'),
    ]).map(({ sentence }) => sentence)
  expect([many(50).length, many(50)[49], many(52).length, many(52)[49], many(52)[50]]).toEqual([
    51,
    'It is odd.',
    51,
    'It is odd. (2 more like this.)',
    'It is odd.',
  ])
})

test('[F191] a try of a step is told once it began, and how it ended when it is over', () => {
  const [startedAt, finishedAt] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']
  const tryOf = (status: Parameters<typeof attemptOf>[1]['status'], exitCode?: number | null) =>
    attemptOf(2, {
      startedAt,
      finishedAt,
      status,
      error: 'x',
      ...(exitCode === undefined ? {} : { exitCode }),
    }).map((one) => [one.number, one.finishedAt, one.outcome, one.error?.message, one.exitCode])

  expect([
    tryOf('succeeded', 0),
    tryOf('failed', 1.5),
    tryOf('cancelled', null),
    tryOf('running', 3),
    tryOf('pending'),
    attemptOf(1, { startedAt: null, finishedAt, status: 'failed', error: null }),
  ]).toEqual([
    [[2, finishedAt, 'succeeded', 'x', 0]],
    [[2, finishedAt, 'failed', 'x', null]],
    [[2, finishedAt, 'cancelled', 'x', null]],
    [[2, null, null, 'x', 3]],
    [[2, null, null, 'x', null]],
    [],
  ])
  expect([errorOf(null), errorOf('x')]).toEqual([
    null,
    { name: 'Error', message: 'x', code: null, stack: null },
  ])
})
