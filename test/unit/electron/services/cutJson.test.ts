import { expect, test } from 'vitest'
import { cutJson } from '../../../../electron/services/cutJson.ts'
import type { Json } from '../../../../shared/schema/json.ts'

const short: readonly Json[] = [
  null,
  7,
  'a "b" \n',
  [],
  {},
  { a: [], b: {}, 'c d': [1, [2, { e: null }], 'x'], f: true },
]
const long: readonly Json[] = [
  'é"'.repeat(3000),
  'a'.repeat(2046),
  'a'.repeat(2047),
  Array.from({ length: 900 }, (_, index) => index),
  Object.fromEntries(
    Array.from({ length: 99 }, (_, index) => [`k${index}`, { v: ['x'.repeat(50)] }]),
  ),
  { a: ['b'.repeat(2500), 'c'], d: 1 },
]

test.each([...short, ...long])(
  '[E201] a value is told as JSON text, up to a length: %#',
  (value) => {
    const whole = JSON.stringify(value, null, 2)
    expect(cutJson(value)).toEqual({ text: whole.slice(0, 2048), truncated: whole.length > 2048 })
  },
)

test('[E201] what is not told of a long value is not looked at', () => {
  let looks = 0
  const item = {
    get value() {
      looks += 1
      return 'x'.repeat(100)
    },
  }
  expect(cutJson(Array.from({ length: 5000 }, () => item)).truncated).toBe(true)
  expect(looks).toBeLessThan(50)
})
