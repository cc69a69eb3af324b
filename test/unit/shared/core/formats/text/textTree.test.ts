import { describe, expect, test } from 'vitest'
import { markedJson, withoutMarks } from '../../../../../../shared/core/formats/text/markedJson.ts'
import {
  childrenOfText,
  describeText,
  parseDocument,
  placeOfText,
  resolveText,
} from '../../../../../../shared/core/formats/text/textTree.ts'

describe('the tree of a text', () => {
  test('[F195] keeps numbers, key order, and a key that stands twice', () => {
    const root = parsed('{"b": 1.50, "1": -0, "b": {"x": NaN}, "a/b": [null, true, "é"]}')

    expect(childrenOfText(root, '', { offset: 0, limit: 10 })).toMatchObject([
      { key: 'b', type: 'number', preview: '1.50' },
      { key: '1', type: 'number', preview: '-0' },
      { key: 'b', type: 'object', size: 1, preview: '{1}' },
      { key: 'a/b', pointer: '/a~1b', type: 'array', size: 3 },
    ])
    expect(describeText(resolveText(root, '/b/x') ?? root, '/b/x').preview).toBe('NaN')
    expect(resolveText(root, '/a~1b/3')).toBeNull()
    expect(resolveText(root, 'b')).toBeNull()
    expect([placeOfText(root, 'b'), placeOfText(root, 'x')]).toEqual([2, -1])
  })

  test('[F195] of a document with a value a line is an array of them, each at its place', () => {
    const text = '{"seq": 1}\n\n{"seq": 2.0}\n'
    const root = parsed(text)
    const last = resolveText(root, '/1/seq')

    expect(describeText(root, '')).toMatchObject({ type: 'array', size: 2 })
    expect(last === null ? null : text.slice(last.start, last.end)).toBe('2.0')
    expect(parseDocument('{"a": 1}\n{"b": ').kind).toBe('broken')
  })

  test.each([
    ['"\\u00e9"', { type: 'string', size: 1, preview: '"é"' }],
    ['true', { type: 'boolean', size: 0, preview: 'true' }],
    ['false', { type: 'boolean', size: 0, preview: 'false' }],
    ['null', { type: 'null', size: 0, preview: 'null' }],
    ['[]', { type: 'array', size: 0, preview: '[]' }],
    ['{}', { type: 'object', size: 0, preview: '{}' }],
    [`"${'x'.repeat(300)}"`, { type: 'string', size: 300, truncated: true }],
  ])('[F195] %s is shown by its kind, size and start', (text, shown) => {
    expect(describeText(parsed(text), '')).toMatchObject(shown)
  })

  test('[F195] items have places and pages, and a plain value has neither', () => {
    const list = parsed('[1, 2, {"a": 3}]')
    expect(childrenOfText(list, '/x', { offset: 1, limit: 1 })).toMatchObject([
      { pointer: '/x/1', key: '1', preview: '2' },
    ])
    expect(['0', '2', '3', '01', 'x'].map((key) => placeOfText(list, key))).toEqual([
      0, 2, -1, -1, -1,
    ])
    const plain = parsed('7')
    expect([placeOfText(plain, '0'), childrenOfText(plain, '', { offset: 0, limit: 9 })]).toEqual([
      -1,
      [],
    ])
    expect(parseDocument('{"a": 1\n').kind).toBe('broken')
    expect(parsed('{"a": [1, 2]}\n[[3]]\n').kind).toBe('array')
  })

  test('[F197] becomes a value that is written again with every number as it stood', () => {
    const text = '{"a":7.0,"b":9007199254740993,"c":1e5,"d":"7.0","e":[-0,0.1,12]}'

    const value = markedJson(parsed(text))

    expect(withoutMarks(JSON.stringify(value))).toBe(text)
    expect(value).not.toEqual(markedJson(parsed(text.replace('"7.0"', '7.0'))))
  })
})

function parsed(text: string) {
  const found = parseDocument(text)
  if (found.kind === 'broken') throw new Error(found.flaw.sentence)
  return found.root
}
