import { expect, test } from 'vitest'
import { parseText } from '../../../../../../shared/core/formats/text/parseText.ts'
import {
  pythonJson,
  type PythonStyle,
} from '../../../../../../shared/core/formats/text/pythonJson.ts'

function treeOf(text: string) {
  const parsed = parseText(text, 'python')
  if (parsed.kind === 'broken') throw new Error(parsed.flaw.sentence)
  return parsed.root
}

test.each([
  ['0', '0'],
  ['-0', '0'],
  ['-7', '-7'],
  ['9007199254740993', '9007199254740993'],
  ['7.0', '7.0'],
  ['-0.0', '-0.0'],
  ['1.10', '1.1'],
  ['1e5', '100000.0'],
  ['1E+2', '100.0'],
  ['1e15', '1000000000000000.0'],
  ['1e16', '1e+16'],
  ['1.5e22', '1.5e+22'],
  ['1e100', '1e+100'],
  ['0.0001', '0.0001'],
  ['0.00012', '0.00012'],
  ['0.00001', '1e-05'],
  ['-1.5e-7', '-1.5e-07'],
  ['5e-324', '5e-324'],
  ['0.5', '0.5'],
  ['12.25', '12.25'],
  ['1e999', 'Infinity'],
  ['-1e999', '-Infinity'],
  ['NaN', 'NaN'],
  ['-Infinity', '-Infinity'],
  ['true', 'true'],
  ['null', 'null'],
  ['"<\\/\\n\\u2028\\u00e9\\ud83d"', '"</\\n\\u2028\\u00e9\\ud83d"'],
  ['"\\u0000\\u001f\\u007f\\"\\\\"', '"\\u0000\\u001f\\u007f\\"\\\\"'],
])('[F15] %s is written as %s by Python', (text, written) => {
  expect(pythonJson(treeOf(text))).toBe(written)
})

const nested = '{"z":[1,{}],"a":{"é":[]},"a\\u0000":2,"\\ue000":3,"\\ud83d\\ude00":4,"z":5}'
test.each<[PythonStyle, string]>([
  [{}, '{"z": 5, "a": {"\\u00e9": []}, "a\\u0000": 2, "\\ue000": 3, "\\ud83d\\ude00": 4}'],
  [
    { sortKeys: true, ensureAscii: false },
    '{"a": {"é": []}, "a\\u0000": 2, "z": 5, "\ue000": 3, "😀": 4}',
  ],
  [
    { indent: 1, sortKeys: false },
    '{\n "z": 5,\n "a": {\n  "\\u00e9": []\n },\n "a\\u0000": 2,\n "\\ue000": 3,\n "\\ud83d\\ude00": 4\n}',
  ],
])('[F15] with %j a tree is %s', (style, written) => {
  expect(pythonJson(treeOf(nested), style)).toBe(written)
})

test('[F15] lists and objects within one another are indented by their depth', () => {
  expect(pythonJson(treeOf('[[1,[]],{"a":[2]}]'), { indent: 2 })).toBe(
    '[\n  [\n    1,\n    []\n  ],\n  {\n    "a": [\n      2\n    ]\n  }\n]',
  )
})
