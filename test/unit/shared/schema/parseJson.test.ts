import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../../../shared/schema/parseJson.ts'

describe('reading JSON', () => {
  test.each([
    ['\\', '"'],
    ['\\', '\ud800'],
    ['\\', '\u0000'],
    ['\\"', '"a'],
    ['\\n', '\nx'],
    ['\\\\', '\\x'],
  ])('[C18] after an object with the key %j, the key %j is read as it is written', (one, other) => {
    for (const before of [{}, { a: 1 }, { b: 1, c: [] }]) {
      const texts = [one, other].map((key) => JSON.stringify({ ...before, [key]: { [key]: 2 } }))
      for (const text of [...texts, ...texts]) expect(JSON.stringify(parseJson(text))).toBe(text)
    }
  })

  test('[C18] any value is read back, keys in their order', () => {
    const key = fc.oneof(
      fc.constantFrom('\\', '"', '\n', '\ud800', '\\"', '"a', '__proto__', 'a', '10', '\u0000'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<unknown>(null, true, -0, 5e-324, '', '"\\', '}\n:'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map((fields) =>
          fields.reduce<object>(
            (made, [name, field]) =>
              Object.defineProperty(made, name, {
                value: field,
                enumerable: true,
                configurable: true,
                writable: true,
              }),
            {},
          ),
        ),
      ),
    }))
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (given, indent) => {
        const text = JSON.stringify(given, null, indent)
        expect(JSON.stringify(parseJson(text), null, indent)).toBe(text)
      }),
      { seed: 20261121, numRuns: 500 },
    )
  })

  test('[C18] what is no JSON is refused as JSON.parse refuses it, and depth is no matter', () => {
    expect(() => parseJson('{"\\"":')).toThrow(SyntaxError)
    const deep = `${'{"\\"":'.repeat(2000)}1${'}'.repeat(2000)}`
    expect(JSON.stringify(parseJson(deep))).toBe(deep)
  })
})
