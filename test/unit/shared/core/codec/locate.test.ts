import { describe, expect, test } from 'vitest'
import { locate } from '../../../../../shared/core/codec/locate.ts'
import { indexOfPath, toPointer } from '../../../../../shared/core/codec/pointer.ts'

describe('locate', () => {
  test.each([
    ['', 0, { offset: 0, line: 1, column: 1 }],
    ['ab\ncd', 4, { offset: 4, line: 2, column: 2 }],
    ['ab\ncd', 2, { offset: 2, line: 1, column: 3 }],
    ['ab\r\ncd', 4, { offset: 4, line: 2, column: 1 }],
    ['é漢🚀x', 4, { offset: 9, line: 1, column: 5 }],
    ['\n\n\n', 3, { offset: 3, line: 4, column: 1 }],
    ['abc', 99, { offset: 3, line: 1, column: 4 }],
    ['abc', -1, { offset: 0, line: 1, column: 1 }],
    ['\ud800é', 2, { offset: 5, line: 1, column: 3 }],
    ['\ud800\ud800', 2, { offset: 6, line: 1, column: 3 }],
    ['漢\udc00', 2, { offset: 6, line: 1, column: 3 }],
    ['🚀', 1, { offset: 3, line: 1, column: 2 }],
    ['\ud800x', 1, { offset: 3, line: 1, column: 2 }],
  ])('[C13] in %o at %i', (text, index, place) => {
    expect(locate(text, index)).toEqual(place)
  })

  test('[C13] counts the bytes that an encoder writes', () => {
    const text = 'a\u007f\u0080\u07ff\u0800\uffff\u{10000}\u{10ffff}z'
    expect(locate(text, text.length).offset).toBe(Buffer.byteLength(text))
  })
})

describe('pointers', () => {
  test('[C13] a path and its pointer say the same', () => {
    const path = ['a/b', 'm~n', '', '0', '~1']
    expect(toPointer(path)).toBe('/a~1b/m~0n//0/~01')
    expect(toPointer([])).toBe('')
  })

  test.each([
    [['b', 1, 'c'], 'x'],
    [['b', 0], '7'],
    [['b'], '[7'],
    [[], '{ "a"'],
    [['b', 5], '[7'],
    [['z'], '{ "a"'],
    [['q"'], 'true'],
    [['b', 1, 'c', 'deeper'], 'x'],
  ])('[C13] %o stands where its value begins', (path, start) => {
    const text = '{ "a": {"b": 1}, "b": [7, {"c": "x"}], "q\\"": true }'
    const index = indexOfPath(text, path)
    expect(text.slice(index).replace(/^"x"/, 'x').startsWith(start)).toBe(true)
  })
})
