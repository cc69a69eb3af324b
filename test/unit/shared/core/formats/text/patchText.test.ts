import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import { patchText } from '../../../../../../shared/core/formats/text/patchText.ts'
import { pythonJson } from '../../../../../../shared/core/formats/text/pythonJson.ts'

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

test('[F15] a tree is written as Python writes it, byte for byte', () => {
  const numbers = [
    '[0, -0, -0.0, 0.0, 1e5, 1E+2, 1e15, 1e16, 123456789012345680.0, 0.0001, 0.00001, -1.5e-7, 5e-324, 1e999',
    ', 1.10, 0.1, 7.0, 1795249807.5364025, 9007199254740993, 123456789012345678901234567890, NaN, -Infinity]',
  ].join('')
  const text = `{"z":${numbers},"a":{"\\ud83d\\ude00":1,"\\ue000":[],"é\\u007f":{}},"s":"<\\/\\n\\u2028\\ud800","a":[]}`
  const python = (options: string) =>
    execFileSync('python3', [
      '-c',
      `import json,sys;sys.stdout.write(json.dumps(json.loads(sys.argv[1])${options}))`,
      text,
    ]).toString()
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  expect(pythonJson(parsed.root, { sortKeys: true })).toBe(python(', sort_keys=True'))
  expect(pythonJson(parsed.root, { indent: 2 })).toBe(python(', indent=2'))
})
