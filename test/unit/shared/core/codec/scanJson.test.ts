import { expect, test } from 'vitest'
import { inspectJson } from '../../../../../shared/core/codec/inspectJson.ts'
import { scanJson } from '../../../../../shared/core/codec/scanJson.ts'

test.each([
  ['', 0, 'The text ends where a value was expected.'],
  ['{"a"', 4, 'The text ends where a colon after the key was expected.'],
  ['{"a":', 5, 'The text ends where a value was expected.'],
  ['{"a":1', 6, 'The text ends where a comma or } was expected.'],
  ['[1', 2, 'The text ends where a comma or ] was expected.'],
  ['{"a":1]', 6, 'Expected a comma or }, found ].'],
  ['[1}', 2, 'Expected a comma or ], found }.'],
  ["{'a':1}", 1, "Expected a key in quotes, found '."],
  ['{"a":1,}', 7, 'Expected a key in quotes, found }.'],
  ['[1,]', 3, 'Expected a value, found ].'],
  ['tru', 0, 'Expected a value, found t.'],
  ['undefined', 0, 'Expected a value, found u.'],
  ['NaN', 0, 'Expected a value, found N.'],
  ['"a\nb"', 2, 'A control character stands inside a string.'],
  ['"a\\x"', 2, 'A backslash begins no valid escape.'],
  ['"a', 2, 'The text ends inside a string.'],
  ['{} ~', 3, 'The document is complete, but ~ follows.'],
  ['{}\u007f', 2, 'The document is complete, but U+007F follows.'],
  ['[1\u001f]', 2, 'Expected a comma or ], found U+001F.'],
  ['[\u00ab]', 1, 'Expected a value, found U+00AB.'],
  ['[\u{1f680}]', 1, 'Expected a value, found U+1F680.'],
])('[C4] %o is no JSON at %i', (text, index, sentence) => {
  expect(scanJson(text)).toEqual({ index, sentence })
})

test.each([
  '-0.5e+7',
  '1E-2',
  '10e3',
  '"\\u00Af\\/\\b"',
  ' [ \t{ "a"\r:\n{ } , "b":[ ] } , null ] ',
])('[C4] %o is JSON', (text) => {
  expect([scanJson(text), scanJson(text, {}, 'python')]).toEqual([null, null])
})

test('[F190] the numbers that only Python writes are values where Python is read', () => {
  const found: string[] = []
  const text = '[NaN,Infinity ,-Infinity,-1,"x"]'
  const scalar = (start: number, end: number) => found.push(text.slice(start, end))
  expect(scanJson(text, { scalar }, 'python')).toBeNull()
  expect(found).toEqual(['NaN', 'Infinity', '-Infinity', '-1', '"x"'])
  expect(scanJson('[Inf]', {}, 'python')).toEqual({
    index: 1,
    sentence: 'Expected a value, found I.',
  })
})

test('[C4] containers, keys and values are told with their bounds, in the order of the text', () => {
  const text = ' {"a": [1], "b": {}} '
  const told: unknown[] = []
  scanJson(text, {
    open: (kind, start) => told.push([kind, start]),
    close: (end) => told.push(['end', end]),
    key: (start, end) => told.push(text.slice(start, end)),
    scalar: (start, end) => told.push([start, end]),
  })
  expect(told).toEqual([
    ['object', 1],
    '"a"',
    ['array', 7],
    [8, 9],
    ['end', 10],
    '"b"',
    ['object', 17],
    ['end', 19],
    ['end', 20],
  ])
})

test('[C5] keys that stand twice have a place each, also where a list holds them', () => {
  const text = '{"a":1,"l":[[],{"k":1,"\\u006b":2}],"a":{"x":{}}}'
  expect(inspectJson(text)).toEqual({
    flaw: null,
    flawPointer: '',
    depth: 3,
    duplicates: [
      { key: 'k', pointer: '/l/1/k', index: text.indexOf('"\\u006b"') },
      { key: 'a', pointer: '/a', index: text.lastIndexOf('"a"') },
    ],
  })
})
