import { expect, test } from 'vitest'
import { createSalvage } from '../../../../../../shared/core/repair/salvage/createSalvage.ts'
import { encodingOf, unitAt } from '../../../../../../shared/core/repair/salvage/encodingOf.ts'
import { salvage } from '../../../../../../shared/core/repair/salvage/salvage.ts'

function inPieces(pieces: readonly string[], budgetUnits?: number) {
  const stream = createSalvage(budgetUnits === undefined ? {} : { budgetUnits })
  const went = pieces.map((piece) => stream.push(piece))
  const { kind, text, stopped, source } = stream.end()
  return { went, kind, text, stopped, source }
}

const over = (units: number) => `It is longer than ${units} characters: the rest was not read.`

test.each([
  [
    'exactly filled',
    ['[1,', '2]'],
    5,
    { went: [true, true], kind: 'whole', text: '[1,2]', stopped: null, source: '[1,2]' },
  ],
  [
    'passed within a piece',
    ['[1,', '2,3]'],
    5,
    { went: [true, false], kind: 'salvaged', text: '[1,2]', stopped: over(5), source: '[1,2,' },
  ],
  [
    'passed behind the document',
    ['[1]', ' ', 'x'],
    4,
    { went: [true, true, false], kind: 'salvaged', text: '[1] ', stopped: over(4), source: '[1] ' },
  ],
  [
    'passed before any value',
    ['   ', '[1]'],
    3,
    { went: [true, false], kind: 'nothing', text: '', stopped: over(3), source: '   ' },
  ],
  [
    'passed and pushed on',
    ['[1,', '2,3', ']'],
    4,
    {
      went: [true, false, false],
      kind: 'salvaged',
      text: '[1]',
      stopped: over(4),
      source: '[1,2',
    },
  ],
])('[R48] a budget that is %s', (_, pieces, budget, expected) => {
  expect(inPieces(pieces, budget)).toEqual(expected)
})

test('[R48] pieces that were scanned on their way make the same as the text at once', () => {
  const half = `{"a":"${'x'.repeat(1 << 20)}",`
  const rest = `"b":[1,{"c":"${'y'.repeat(1 << 20)}"},tru`
  const stream = createSalvage({ encoding: 'utf-16le' })
  expect([stream.push(half), stream.push(rest), stream.push('e],"d":')]).toEqual([true, true, true])
  const result = stream.end()
  const { kind, text, certainEnd } = salvage(`${half}${rest}e],"d":`)
  expect({ kind: result.kind, text: result.text, certainEnd: result.certainEnd }).toEqual({
    kind,
    text,
    certainEnd,
  })
  expect(result.items[0]).toMatchObject({ kind: 'utf16le', offset: 0 })
  expect(result.items.at(-1)).toMatchObject({ kind: 'cut', pointer: '/d' })
})

const utf16 = (text: string, isBig = false) => {
  const bytes = Buffer.from(text, 'utf16le')
  return isBig ? bytes.swap16() : bytes
}

test.each([
  ['{"a":1}', 'utf-16'],
  [' \n{ \t}', 'utf-16'],
  ['["a"]', 'utf-16'],
  ['[]', 'utf-16'],
  ['[ [', 'utf-16'],
  ['[-1]', 'utf-16'],
  ['[true]', 'utf-16'],
  ['{a', 'utf-8'],
  ['{[', 'utf-8'],
  ['[x', 'utf-8'],
  ['"a"', 'utf-8'],
  ['7', 'utf-8'],
  ['', 'utf-8'],
  ['\uFEFF', 'utf-16'],
  ['\uFEFF"a"', 'utf-16'],
  ['\uFEFF 7', 'utf-16'],
  ['\uFEFFnull', 'utf-16'],
  ['\uFEFF\0', 'utf-16'],
  ['\uFEFFx', 'utf-8'],
  ['x{"', 'utf-8'],
])('[R51] %j in two bytes a character is told as %s', (text, expected) => {
  const isTold = expected === 'utf-16'
  expect(encodingOf(utf16(text))).toBe(isTold ? 'utf-16le' : 'utf-8')
  expect(encodingOf(utf16(text, true))).toBe(isTold ? 'utf-16be' : 'utf-8')
})

test('[R51] a unit that is not whole is none', () => {
  const bytes = Uint8Array.of(0x01, 0x02, 0x03)
  expect([0, 1, 2].map((index) => unitAt(bytes, index, 'utf-16le'))).toEqual([0x0201, -1, -1])
  expect([0, 1].map((index) => unitAt(bytes, index, 'utf-16be'))).toEqual([0x0102, -1])
})
