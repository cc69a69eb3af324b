import { expect, test } from 'vitest'
import { lineTools } from '../../../../../../electron/services/lineTools.ts'
import {
  closesAlone,
  depthOf,
  entryOf,
  isClosing,
  isHead,
  isSamePiece,
  keyOfLine,
  lineEnd,
  needsMore,
  opensAt,
  unfit,
  unitEnd,
  unitPiece,
} from '../../../../../../shared/core/diff/lines/textWindow.ts'

function windowOf(text: string, given: { readonly end?: number; readonly isLast?: boolean } = {}) {
  const bytes = Buffer.from(text)
  return { bytes, at: 0, end: bytes.length, isLast: true, ...given }
}

/** Of one line, what is asked of its bytes, where it begins and where it ends. */
function ask<T>(line: string, what: (bytes: Uint8Array, from: number, end: number) => T): T {
  const bytes = Buffer.from(`\n${line}`)
  return what(bytes, 1, bytes.length)
}

test('[D30] a line ends behind its line feed, the last one where the text does', () => {
  expect([0, 1, 2, 3, 4].map((from) => lineEnd(windowOf('a\nbc'), from))).toEqual([
    2,
    2,
    4,
    4,
    unfit,
  ])
  const cut = windowOf('a\nbc\nd', { end: 4, isLast: false })
  expect([0, 2, 3, 4, 5].map((from) => lineEnd(cut, from))).toEqual([
    2,
    needsMore,
    needsMore,
    needsMore,
    needsMore,
  ])
  expect(lineEnd(windowOf('a\nbc\nd', { end: 4 }), 2)).toBe(4)
  expect(lineEnd(windowOf('ab\n', { end: 2, isLast: false }), 0)).toBe(needsMore)
})

test('[D30] a unit is one line, or what a line opens up to the line that closes it', () => {
  const text = '1,\n[\n[\n2\n],\n{\n}\n],\n3\n]\n'
  const window = windowOf(text)
  expect(unitEnd(window, 0)).toBe(3)
  expect(unitEnd(window, 3)).toBe(text.indexOf('3\n]'))
  expect(unitEnd(window, text.indexOf('3\n]'))).toBe(text.length - 2)
  expect(unitEnd(window, text.length - 2)).toBe(unfit)
  expect(unitEnd(windowOf('[\n1\n'), 0)).toBe(unfit)
  expect(unitEnd(windowOf('[\n1\n', { isLast: false }), 0)).toBe(needsMore)
})

const said = (line: string) => lineTools.textOf(unitPiece(Buffer.from(line), 0, line.length))

test('[D28] what a unit says is told without the comma and the line feed behind it', () => {
  expect(['1,\n', '1\n', '1,', '1', '1,,\n'].map(said)).toEqual(['1', '1', '1', '1', '1,'])
})

test('[D28] pieces are the same where their bytes are, wherever they stand', () => {
  const bytes = Buffer.from('abXab_abc')
  const piece = (from: number, to: number) => ({ bytes, from, to })
  expect(isSamePiece(lineTools, piece(0, 2), piece(3, 5))).toBe(true)
  expect(isSamePiece(lineTools, piece(0, 2), piece(6, 9))).toBe(false)
  expect(isSamePiece(lineTools, piece(0, 3), piece(6, 9))).toBe(false)
})

test('[D30] what a line opens is its last byte, what it closes its first', () => {
  const lines = ['{\n', '"a": [\n', '},\n', ']\n', '"a": {}\n', '1\n', '],[\n', '']
  expect(lines.map((line) => ask(line, (bytes, _from, end) => opensAt(bytes, end)))).toEqual([
    'record',
    'list',
    null,
    null,
    null,
    null,
    'list',
    null,
  ])
  expect(lines.map((line) => ask(line, (bytes, from) => isClosing(bytes, from)))).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
    true,
    false,
  ])
  expect(lines.map((line) => ask(line, depthOf))).toEqual([1, 1, -1, -1, 0, 0, 0, 0])
})

const closes = (line: string, kind: 'list' | 'record') =>
  ask(line, (bytes, from, to) => closesAlone({ bytes, from, to }, kind))

test('[D30] a bracket that closes a block stands alone on its line', () => {
  expect(
    ['}\n', '},\n', '}', ']\n', '}}\n', '} ,\n', 'x\n'].map((line) => closes(line, 'record')),
  ).toEqual([true, true, true, false, false, false, false])
  expect([']\n', '],\n', '}\n'].map((line) => closes(line, 'list'))).toEqual([true, true, false])
})

test('[D30] a head is a key that opens a block, and nothing else', () => {
  const heads = ['"a": {\n', '"a":[\n', String.raw`"a\"b": {` + '\n', '"": [\n']
  expect(heads.map((line) => ask(line, isHead))).toEqual([true, true, true, true])
  const others = [
    '"a": 1\n',
    '{\n',
    '"a":  {\n',
    '"a": [[\n',
    '"a" {\n',
    'a": {\n',
    '"a: {\n',
    String.raw`"a\": {` + '\n',
    '"a": 1, "b": {\n',
  ]
  expect(others.map((line) => ask(line, isHead))).toEqual(others.map(() => false))
})

test('[D73] a key is told with what is escaped in it; a damaged one is none', () => {
  const keyOf = (line: string) =>
    ask(line, (bytes, from, to) => keyOfLine(lineTools, { bytes, from, to }))
  expect(['"a":1', String.raw`"a\u0062\"":1`, '"ü":{'].map(keyOf)).toEqual(['a', 'ab"', 'ü'])
  expect(['a:1', '"a', '"a"', '"a" :1', String.raw`"\x":1`, '"a\u0001":1', ''].map(keyOf)).toEqual(
    Array.from({ length: 7 }, () => null),
  )
  const entry = ask('"a": [1]', (bytes, from, to) => entryOf(lineTools, { bytes, from, to }))
  expect(entry?.key).toBe('a')
  expect(entry === null ? null : lineTools.textOf(entry.value)).toBe(' [1]')
})
