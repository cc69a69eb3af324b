import { describe, expect, test } from 'vitest'
import { asState } from '../../../../electron/library/state.ts'

const unlimited = { maxBytes: Infinity }

describe('a state', () => {
  test.each([
    [{ at: { when: new Date(0) } }, 'state.at.when is a Date'],
    [{ list: [1, new Map()] }, 'state.list[1] is a Map'],
    [{ n: Number.POSITIVE_INFINITY }, 'state.n is Infinity, which JSON has no word for'],
    [{ n: 1n }, 'state.n is a bigint'],
    [{ f: () => 1 }, 'state.f is a function'],
    [{ list: [undefined] }, 'state.list[0] is undefined'],
    [{ [Symbol('s')]: 1 }, 'state has a symbol as a key'],
    [{ bytes: new Uint8Array(2) }, 'state.bytes is a Uint8Array'],
    ['text', 'state is no object'],
    [[1], 'state is no object'],
    [null, 'state is no object'],
    [undefined, 'state is undefined'],
  ])('[B3] %o is refused with its place', (value, words) => {
    expect(() => asState(value, unlimited)).toThrow(words)
  })

  test('[B3] a cycle is refused', () => {
    const cycle: { self?: unknown } = {}
    cycle.self = cycle
    expect(() => asState(cycle, unlimited)).toThrow('is deeper than 900 levels, or contains itself')
  })

  test('[B3] properties that are undefined are left out, and names are kept as they are', () => {
    const given: unknown = Object.assign(JSON.parse('{"__proto__":{"a":1},"":2}'), {
      gone: undefined,
      bare: Object.assign(Object.create(null), { x: -0 }),
    })
    const state = asState(given, unlimited)
    expect(JSON.stringify(state)).toBe('{"__proto__":{"a":1},"":2,"bare":{"x":0}}')
  })

  test('[B3] more bytes than are allowed are refused with both numbers', () => {
    expect(() => asState({ text: 'ä'.repeat(100) }, { maxBytes: 100 })).toThrow(
      'The state is 211 bytes of JSON, and at most 100 are kept.',
    )
  })
})
