import { expect, it } from 'vitest'
import { readJson } from '../../../../../shared/core/edit/readJson.ts'

it.each([
  ['0', 0],
  ['-0.0', -0],
  ['7.0', 7],
  ['1e3', 1000],
  ['0.1', 0.1],
  ['1.50', 1.5],
  ['9007199254740992', 2 ** 53],
  ['{"__proto__":1}', JSON.parse('{"__proto__":1}')],
  ['-12.50e-03', -0.0125],
  ['1.0e+2', 100],
  ['120E1', 1200],
  ['0.00', 0],
  ['9e0', 9],
  ['100200', 100200],
  ['0.0100200', 0.01002],
  ['1e-7', 1e-7],
  ['1E+21', 1e21],
  ['[{"a":[]},true,"1e400"]', [{ a: [] }, true, '1e400']],
  [' "9007199254740993" ', '9007199254740993'],
])('[N3] %s is taken as it is', (text, value) => {
  expect(readJson(text)).toMatchObject({ kind: 'ok', value })
})

it.each([
  ['9007199254740993', 0, 'would become 9007199254740992'],
  ['{"a":[1, 12345678901234567891]}', 9, 'at /a/1 would become 12345678901234567000'],
  ['{"a":{"b":1},"c":1e400,"d":1e400}', 17, 'The number 1e400 at /c would'],
  ['[[1],[2],-1e400]', 9, 'The number -1e400 at /2 would become -Infinity'],
  ['[0.1e400]', 1, 'at /0 would'],
  [`1.${'3'.repeat(38)}`, 0, `The number 1.${'3'.repeat(38)} would`],
  [`1.${'3'.repeat(39)}`, 0, `The number 1.${'3'.repeat(37)}… would`],
  ['1e400', 0, 'The number 1e400 would become Infinity'],
  ['-1e-400', 0, 'would become 0'],
  ['3.14159265358979323846', 0, 'would become 3.141592653589793'],
])('[N3] %s is refused with what it would become', (text, index, sentence) => {
  expect(readJson(text)).toMatchObject({
    kind: 'refused',
    index,
    sentence: expect.stringContaining(sentence),
  })
})

it.each([
  ['', 0, 'There is no value'],
  [' \n', 0, 'There is no value'],
  ['{"a":1,}', 7, 'a key in quotes'],
  ['nul', 0, 'a value'],
  ['{"a":1,"a":2}', 7, 'The key "a" stands twice'],
])('[N4] %s is refused with where and why', (text, index, sentence) => {
  expect(readJson(text)).toMatchObject({
    kind: 'refused',
    index,
    sentence: expect.stringContaining(sentence),
  })
})

it('[N3] a number that is kept as it is written may be any', () => {
  expect(readJson('[9007199254740993]', 'as written')).toEqual({
    kind: 'ok',
    value: [9007199254740992],
    depth: 1,
  })
  expect(readJson('1e400', 'as written')).toMatchObject({ kind: 'refused', index: 0 })
})
