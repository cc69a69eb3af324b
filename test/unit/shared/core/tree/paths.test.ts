import { describe, expect, test } from 'vitest'
import { dottedPath, parsePath, pointerOfPath } from '../../../../../shared/core/tree/paths.ts'

describe('paths', () => {
  test('[E164] a place is written with dots and brackets, odd keys in quotes', () => {
    expect(dottedPath('/steps/each[0]/output/rows/3/a~1b')).toBe(
      'steps["each[0]"].output.rows[3]["a/b"]',
    )
    expect(dottedPath('/0/x-1')).toBe('[0].x-1')
    expect(dottedPath('')).toBe('')
  })

  test.each([
    ['/a/b~1c/3', ['a', 'b/c', '3']],
    ['a.b[3]', ['a', 'b', '3']],
    ['$.a["x \\"y\\""].c', ['a', 'x "y"', 'c']],
    ["$['a b'][0]", ['a b', '0']],
    ['$', []],
    ['a..b', null],
    ['a[', null],
    ['a["x]', null],
  ])('[E164] %s', (text, tokens) => {
    expect(parsePath(text)).toEqual(tokens)
  })

  test('[E164] what is written is read back', () => {
    const pointers = ['/a/b/0', '/a b/"/~0~1', '/steps/each[12]/output', '/é/$x', '//x']
    expect(pointers.map((one) => pointerOfPath(dottedPath(one)))).toEqual(pointers)
  })
})
