import { describe, expect, test } from 'vitest'
import { copyAsJson } from '../../../../electron/store/copyAsJson.ts'

class Named {
  readonly name = 'n'
}

const deep = (levels: number): unknown =>
  Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1)

describe('a copy of a value as JSON', () => {
  test.each([
    ['strings, also lone surrogates', { a: '\u{d800}', b: 'ü', c: '' }],
    ['numbers that JSON cannot say', [Number.NaN, Infinity, -0, 0, 1e300, 0.1]],
    ['what JSON leaves out', { a: undefined, b: () => 1, c: Symbol('c'), d: null }],
    ['what JSON makes null in an array', [undefined, () => 1, Symbol('c'), null]],
    ['an array with holes', Array.from({ length: 3 })],
    ['values with a text of their own', { at: new Date(0), nested: { toJSON: () => ({ a: -0 }) } }],
    ['objects of a class, maps and boxed values', [new Named(), new Map([[1, 2]]), Object('s')]],
    ['a key __proto__, which stays a key', JSON.parse('{"__proto__":{"polluted":true},"a":1}')],
    ['keys that are numbers, which come first', { b: 1, 2: 2, a: 3, 1: 4 }],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 })],
    ['more levels than a schema takes', deep(1500)],
  ])('[T123] is what its text gives back: %s', (_what, value) => {
    const copied = copyAsJson(value)

    expect(JSON.stringify(copied)).toBe(JSON.stringify(value))
    expect(copied).toStrictEqual(JSON.parse(JSON.stringify(value)))
  })

  test('[T123] shares nothing with the original', () => {
    const inner = { list: [1] }
    const copied = copyAsJson({ inner })
    inner.list.push(2)

    expect(copied).toEqual({ inner: { list: [1] } })
  })

  test('[T123] refuses what has no text', () => {
    const circle: { self?: unknown } = {}
    circle.self = circle

    expect(() => copyAsJson(circle)).toThrow('circular')
    expect(() => copyAsJson({ big: 1n })).toThrow('BigInt')
    expect(copyAsJson(undefined)).toBe(undefined)
  })
})
