import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'

const read = (path: string) =>
  readFileSync(new URL(`../../../../../fixtures/foreign/${path}`, import.meta.url), 'utf8')

test('[F12] a patch leaves every byte that it does not name', () => {
  const text = read('awf/failed.json')
  const changed = patchText(text, [
    { op: 'replace', path: ['Inputs', 'replicas'], value: '9007199254740995' },
  ])
  expect(changed).toEqual({
    kind: 'ok',
    text: text.replace('9007199254740993', '9007199254740995'),
  })
  expect(patchText(text, [])).toEqual({ kind: 'ok', text })
})

test.each([
  ['{"a": 1, "b": [1, 2]}', 'add', 'c', '7.0', '{"a": 1, "b": [1, 2], "c": 7.0}'],
  ['{"a":1,"b":2}', 'add', 'c', '"x"', '{"a":1,"b":2,"c":"x"}'],
  ['{"a":1}', 'add', 'b', '1E5', '{"a":1,"b":1E5}'],
  ['{}', 'add', 'b', '1', '{"b": 1}'],
  [
    '{\n  "a": 1\n}\n',
    'add',
    'b',
    '{\n  "c": 1\n}',
    '{\n  "a": 1,\n  "b": {\n    "c": 1\n  }\n}\n',
  ],
  ['{\n  "a": {},\n  "b": 1\n}', 'add', 'a/x', '1', '{\n  "a": {\n    "x": 1\n  },\n  "b": 1\n}'],
  ['{"b": [1, 2]}', 'add', 'b/0', '0', '{"b": [0, 1, 2]}'],
  ['{"b": [1, 2]}', 'add', 'b/-', '3', '{"b": [1, 2, 3]}'],
  ['{"b": [1]}', 'add', 'b/1', '2', '{"b": [1,2]}'],
  ['{"a": 1, "b": 2, "c": 3}', 'remove', 'a', '', '{"b": 2, "c": 3}'],
  ['{"a": 1, "b": 2, "c": 3}', 'remove', 'b', '', '{"a": 1, "c": 3}'],
  ['{"a": 1, "b": 2, "c": 3}', 'remove', 'c', '', '{"a": 1, "b": 2}'],
  ['{\n  "a": 1\n}', 'remove', 'a', '', '{}'],
  ['{"a": 1, "a": 2}', 'replace', 'a', '3', '{"a": 1, "a": 3}'],
  ['{"a\\u00e9": 1}', 'add', 'é', '2', '{"a\\u00e9": 1,"\\u00e9": 2}'],
] as const)(
  '[F13] a new value stands as its siblings do: %s %s %s',
  (text, op, path, value, after) => {
    const at = path.split('/')
    const patch = op === 'remove' ? { op, path: at } : { op, path: at, value }
    expect(patchText(text, [patch])).toEqual({ kind: 'ok', text: after })
  },
)

test.each([
  [['a', 'b'], '1', '/a/b cannot be changed: what holds it is no object and no array.'],
  [['l', '5'], '1', '/l/5 cannot be changed: the array has 1 items.'],
  [['l', 'x'], '1', '/l/x cannot be changed: the array has 1 items.'],
  [
    ['c'],
    '01',
    '/c cannot be changed: the new value is no JSON: The document is complete, but 1 follows.',
  ],
] as const)('[F14] what cannot be patched is refused by name: %j', (path, value, problem) => {
  expect(patchText('{"a": 1, "l": [1]}', [{ op: 'add', path, value }])).toEqual({
    kind: 'refused',
    problem,
  })
})

test.each([
  // In the document's own layout.
  ['{"a":1}', 'replace', 'a', '{\n"b": 1\n}', '{"a":{\n"b": 1\n}}'],
  ['{\n\t"a": 1\n}', 'replace', 'a', '{\n"b": 1\n}', '{\n\t"a": {\n\t"b": 1\n\t}\n}'],
  ['{\n  "a": 1\n}', 'add', 'a', '2', '{\n  "a": 2\n}'],
  ['[\n  1,\n  2\n]', 'add', '1', '[\n0\n]', '[\n  1,\n  [\n  0\n  ],\n  2\n]'],
  ['[\n  1\n]', 'add', '0', '0', '[\n  0,\n  1\n]'],
  ['[]', 'add', '-', '1', '[1]'],
  ['[ ]', 'add', '0', '1', '[1]'],
  ['{\r\n  "a": []\r\n}', 'add', 'a/0', '{\n}', '{\r\n  "a": [\n    {\n    }\n  ]\r\n}'],
  ['{"a": [],"b" : 1}', 'add', 'c', '2', '{"a": [],"b" : 1,"c": 2}'],
  ['{"b" :1}', 'add', 'c', '2', '{"b" :1,"c":2}'],
  ['{"a":{},"b":[{}]}', 'add', 'b/0/x', '2', '{"a":{},"b":[{"x":2}]}'],
  ['[{}]', 'add', '0/x', '2', '[{"x": 2}]'],
  ['[[1,2], [3]]', 'add', '1/-', '4', '[[1,2], [3,4]]'],
  ['[[3], [1, 2]]', 'add', '0/-', '4', '[[3, 4], [1, 2]]'],
  ['{"a": "é"}', 'add', 'ü', '2', '{"a": "é","ü": 2}'],
  ['{"a": 1}', 'add', '\u007f😀', '2', '{"a": 1,"\\u007f\\ud83d\\ude00": 2}'],
  ['[1, 2, 3]', 'remove', '0', '', '[2, 3]'],
  ['[1, 2, 3]', 'remove', '2', '', '[1, 2]'],
  ['[ 1 ]', 'remove', '0', '', '[]'],
  ['{"a": {"b": 1, "c": 2}}', 'remove', 'a/b', '', '{"a": {"c": 2}}'],
] as const)('[F13] %j %s %s %j', (text, op, path, value, after) => {
  const at = path.split('/')
  const patch = op === 'remove' ? { op, path: at } : { op, path: at, value }
  expect(patchText(text, [patch])).toEqual({ kind: 'ok', text: after })
})

test.each([
  ['{', { op: 'remove', path: ['a'] }, 'the document is broken: The text ends'],
  [
    '{}',
    { op: 'remove', path: [] },
    '/ cannot be changed: a whole document is not removed by a patch.',
  ],
  ['{}', { op: 'remove', path: ['a'] }, '/a cannot be changed: nothing stands there.'],
  ['{}', { op: 'remove', path: ['a', 'b'] }, '/a/b cannot be changed: nothing stands there.'],
  ['{}', { op: 'replace', path: ['a'], value: '1' }, '/a cannot be changed: nothing stands there.'],
  ['{}', { op: 'add', path: [], value: '1' }, 'a whole document is replaced, not added.'],
  ['{}', { op: 'add', path: ['a', 'b'], value: '1' }, 'no object and no array.'],
  ['[1]', { op: 'add', path: ['2'], value: '1' }, 'the array has 1 items.'],
  ['[1]', { op: 'add', path: ['01'], value: '1' }, 'the array has 1 items.'],
  ['[1]', { op: 'add', path: ['1x'], value: '1' }, 'the array has 1 items.'],
  ['[1]', { op: 'add', path: ['x1'], value: '1' }, 'the array has 1 items.'],
  ['[1]', { op: 'replace', path: ['0'], value: 'NaN' }, 'the new value is no JSON: '],
  ['[NaN]', { op: 'remove', path: ['0'] }, 'the document is broken: '],
] as const)('[F14] %s %j is refused', (text, patch, problem) => {
  expect(patchText(text, [patch])).toEqual({
    kind: 'refused',
    problem: expect.stringContaining(problem),
  })
})

test('[F12] patches follow one another, and the first that is refused is what is said', () => {
  const add = { op: 'add', path: ['b'], value: '[NaN]' } as const
  const inside = { op: 'replace', path: ['b', '0'], value: '2' } as const
  expect(patchText('{"a":1}', [add, inside], 'python')).toEqual({
    kind: 'ok',
    text: '{"a":1,"b":[2]}',
  })
  expect(patchText('{"a":1}', [inside, add], 'python')).toMatchObject({
    problem: '/b/0 cannot be changed: nothing stands there.',
  })
  expect(patchText(' 7 ', [{ op: 'replace', path: [], value: '[8]' }])).toMatchObject({
    text: ' [8] ',
  })
})
