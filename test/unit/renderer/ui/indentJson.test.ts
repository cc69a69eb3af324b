import { expect, test } from 'vitest'
import { indentJson } from '../../../../renderer/ui/indentJson.ts'
import { readableValue } from '../../../../renderer/ui/readableValue.ts'

test('it lays out as JSON.stringify does', () => {
  const value = { a: [1, { b: 'x, {y}: "z"\\' }], c: {}, d: [], e: null }
  expect(indentJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2))
})

test('numbers and escapes keep their characters', () => {
  expect(indentJson('[7.0,9007199254740993,"\\u00e9"]')).toBe(
    '[\n  7.0,\n  9007199254740993,\n  "\\u00e9"\n]',
  )
})

test('text that is cut off is laid out as far as it goes', () => {
  expect(indentJson('{"a":{"b":"cut of')).toBe('{\n  "a": {\n    "b": "cut of')
})

test('a string of megabytes is laid out, with escapes and without', () => {
  const long = `"${'x'.repeat(20_000_000)}\\n"`
  expect(indentJson(`[${long}]`) === `[\n  ${long}\n]`).toBe(true)
})

test('a text of several lines is read as those lines, a short one keeps its quotes', () => {
  expect(readableValue('"one\\ntwo"')).toBe('one\ntwo')
  expect(readableValue('"1"')).toBe('"1"')
  expect(readableValue('"cut\\n')).toBe('"cut\\n')
})
