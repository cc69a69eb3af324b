import { describe, expect, test } from 'vitest'
import {
  childrenOf,
  describeNode,
  resolvePointer,
} from '../../../../../shared/core/tree/jsonTree.ts'

describe('jsonTree', () => {
  test('[V1] a pointer finds escaped keys, empty keys and items, and nothing that is inherited', () => {
    const value = { 'a/b': { '~': [10, 20] }, '': { x: null } }
    expect(resolvePointer(value, '')).toEqual(value)
    expect(resolvePointer(value, '/a~1b/~0/1')).toBe(20)
    expect(resolvePointer(value, '/')).toEqual({ x: null })
    expect(resolvePointer(value, '/a~1b/~0/01')).toBeUndefined()
    expect(resolvePointer(value, '/constructor')).toBeUndefined()
    expect(resolvePointer(value, 'a')).toBeUndefined()
  })

  test('[V2] a node tells type, size and the start of its value', () => {
    expect(describeNode({ a: 1, b: 2 }, '/x')).toEqual({
      pointer: '/x',
      key: 'x',
      type: 'object',
      size: 2,
      preview: '{2}',
      truncated: false,
    })
    expect(describeNode([], '')).toMatchObject({ key: '', type: 'array', size: 0, preview: '[]' })
    expect(describeNode('x'.repeat(500), '/t')).toMatchObject({ size: 500, truncated: true })
    expect(describeNode(null, '/n')).toMatchObject({ type: 'null', preview: 'null' })
  })

  test('[V3] children come in document order, a page at a time, each with a pointer that finds it', () => {
    const value = { 'a/b': 1, c: [true, false] }
    const all = childrenOf(value, '', { offset: 0, limit: 10 })
    expect(all.map((node) => node.pointer)).toEqual(['/a~1b', '/c'])
    expect(all.map((node) => resolvePointer(value, node.pointer))).toEqual([1, [true, false]])
    expect(childrenOf(value.c, '/c', { offset: 1, limit: 1 }).map((node) => node.pointer)).toEqual([
      '/c/1',
    ])
    expect(childrenOf('text', '/t', { offset: 0, limit: 5 })).toEqual([])
  })
})
