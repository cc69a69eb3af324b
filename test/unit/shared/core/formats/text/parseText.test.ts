import { expect, test } from 'vitest'
import { parseShallow } from '../../../../../../shared/core/formats/text/parseShallow.ts'
import {
  booleanOf,
  isNothing,
  itemsIn,
  member,
  membersOf,
  nodeAt,
  numberOf,
  parseText,
  stringOf,
  stringsOf,
  type TextNode,
} from '../../../../../../shared/core/formats/text/parseText.ts'
import {
  isExact,
  plainJson,
  plainScalar,
} from '../../../../../../shared/core/formats/text/plainJson.ts'

function treeOf(text: string): TextNode {
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

test('[F195] a tree keeps each value with its place and its text', () => {
  expect(parseText('[1.0, {"a\\u00e9": "x"}]')).toEqual({
    kind: 'ok',
    root: {
      kind: 'array',
      start: 0,
      end: 23,
      items: [
        { kind: 'scalar', start: 1, end: 4, lexeme: '1.0' },
        {
          kind: 'object',
          start: 6,
          end: 22,
          members: [
            {
              key: 'aé',
              keyStart: 7,
              value: { kind: 'scalar', start: 18, end: 21, lexeme: '"x"' },
            },
          ],
        },
      ],
    },
  })
  expect(parseText('[1')).toMatchObject({ kind: 'broken', flaw: { index: 2 } })
  expect(parseText('[NaN]').kind).toBe('broken')
  expect(parseText('').kind).toBe('broken')
})

test('[F195] a value is found by its path; of a key that stands twice the last one', () => {
  const root = treeOf('{"a": [[], {"b": 1}], "c": 2, "c": null}')
  const at = (...path: readonly string[]) => nodeAt(root, path)
  const found = [at('a', '1', 'b'), at('c')].map((node) => node?.kind === 'scalar' && node.lexeme)

  expect(found).toEqual(['1', 'null'])
  expect(at()).toBe(root)
  expect(
    [
      at('a', '2'),
      at('a', '01'),
      at('a', 'x1'),
      at('a', '1x'),
      at('a', '-'),
      at('a', 'b'),
      at('c', 'd'),
      at('none'),
      nodeAt(null, ['a']),
      member(null, 'a'),
      member(at('a'), '0'),
    ].filter((node) => node !== null),
  ).toEqual([])
})

test('[F195] a value is taken for what it is, and for nothing else', () => {
  const nodes = [
    ...['"1"', '1.5', '-1', 'true', 'false', 'null', 'NaN', '[]', '{}'].map(treeOf),
    null,
  ]
  expect(nodes.map(stringOf)).toEqual(['1', ...nodes.slice(1).map(() => null)])
  expect(nodes.map(numberOf)).toEqual([null, 1.5, -1, ...nodes.slice(3).map(() => null)])
  expect(nodes.map(booleanOf)).toEqual([
    null,
    null,
    null,
    true,
    false,
    null,
    null,
    null,
    null,
    null,
  ])
  expect(nodes.map(isNothing)).toEqual([
    ...nodes.slice(0, 5).map(() => false),
    true,
    false,
    false,
    false,
    true,
  ])
  const list = treeOf('["a", 1, null, "b"]')
  const map = treeOf('{"a": 1, "b": 2, "a": 3}')
  expect([stringsOf(list), stringsOf(map), stringsOf(null)]).toEqual([['a', 'b'], [], []])
  expect([itemsIn(list).length, itemsIn(map), itemsIn(null)]).toEqual([4, [], []])
  expect([...membersOf(map)].map(([key, node]) => [key, numberOf(node)])).toEqual([
    ['a', 3],
    ['b', 2],
  ])
  expect([membersOf(list).size, membersOf(null).size]).toEqual([0, 0])
})

test('[F195] a number that no number of this program is equal to is its own text', () => {
  const lexemes = [
    '0',
    '-7',
    '9007199254740992',
    '9007199254740993',
    '1.10',
    '1e400',
    'NaN',
    '-1e3',
  ]
  expect(lexemes.map(isExact)).toEqual([true, true, true, false, true, false, false, true])
  expect([...lexemes, '"\\u00e9"', 'true', 'false', 'null'].map(plainScalar)).toEqual([
    0,
    -7,
    9007199254740992,
    '9007199254740993',
    1.1,
    '1e400',
    'NaN',
    -1000,
    'é',
    true,
    false,
    null,
  ])
})

test('[F195] a value to look at has every key, and what is nested too deeply as its text', () => {
  const text = '{"__proto__": [1, {"a": 1e999}], "b": null}'
  expect(Object.entries(plainJson(treeOf(text), text) ?? {})).toEqual([
    ['__proto__', [1, { a: '1e999' }]],
    ['b', null],
  ])
  const deep = `${'['.repeat(1000)} 7${']'.repeat(1000)}`
  const shown = JSON.stringify(plainJson(treeOf(deep), deep))
  expect(shown).toBe(`${'['.repeat(990)}"${'['.repeat(10)} 7${']'.repeat(10)}"${']'.repeat(990)}`)
  const object = `${'{"a":'.repeat(991)}{"b": 1}${'}'.repeat(991)}`
  expect(JSON.stringify(plainJson(treeOf(object), object))).toContain(`"{\\"a\\":{\\"b\\": 1}}"`)
})

const nested = (depth: number) => `[${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}, [], []]`

test('[F195] a text that is nested deeper than a document may be is broken where that begins', () => {
  expect(parseShallow(nested(1000)).kind).toBe('ok')
  expect(parseShallow(` ${nested(1002)}`)).toEqual({
    kind: 'broken',
    flaw: { index: 1001, sentence: 'It is nested deeper than 1000 levels.' },
  })
  expect([parseShallow('[NaN]').kind, parseShallow('[NaN]', 'python').kind]).toEqual([
    'broken',
    'ok',
  ])
})
