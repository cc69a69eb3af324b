import { expect, test } from 'vitest'
import { parseAnsi } from '../../../../renderer/ui/parseAnsi.ts'

const plain = { colour: null, ground: null, isBold: false, isDim: false, isUnderlined: false }

test('text without codes is one plain piece a line', () => {
  expect(parseAnsi('one\n\ntwo')).toEqual([
    [{ text: 'one', ...plain }],
    [],
    [{ text: 'two', ...plain }],
  ])
})

test('colours and weights begin and end where they are said to', () => {
  expect(parseAnsi('a\u001B[1;31mb\u001B[22mc\u001B[0md')).toEqual([
    [
      { text: 'a', ...plain },
      { text: 'b', ...plain, colour: 'red', isBold: true },
      { text: 'c', ...plain, colour: 'red' },
      { text: 'd', ...plain },
    ],
  ])
})

test('a look goes on over the end of a line', () => {
  expect(parseAnsi('\u001B[32ma\nb\u001B[mc')).toEqual([
    [{ text: 'a', ...plain, colour: 'green' }],
    [
      { text: 'b', ...plain, colour: 'green' },
      { text: 'c', ...plain },
    ],
  ])
})

test.each([
  ['38;5;9', 'red'],
  ['38;5;208', 'yellow'],
  ['38;5;46', 'green'],
  ['38;5;51', 'cyan'],
  ['38;5;27', 'blue'],
  ['38;5;200', 'magenta'],
  ['38;5;236', 'black'],
  ['38;5;252', 'white'],
  ['38;2;255;0;10', 'red'],
  ['38;2;200;150;0', 'yellow'],
  ['38;2;10;20;240', 'blue'],
  ['38;2;130;128;129', 'white'],
  ['38;5;999', null],
  ['97', 'white'],
])('[L53] the colour %s is shown as %s, which every theme makes readable', (codes, colour) => {
  expect(parseAnsi(`\u001B[${codes}ma`)[0]).toEqual([{ ...plain, text: 'a', colour }])
})

test('[L53] what is behind the text is kept too, and the codes that follow are read', () => {
  const [line] = parseAnsi('\u001B[48;5;1;4ma\u001B[24;49mb\u001B[41;1mc')
  expect(line).toEqual([
    { ...plain, text: 'a', ground: 'red', isUnderlined: true },
    { ...plain, text: 'b' },
    { ...plain, text: 'c', ground: 'red', isBold: true },
  ])
})

test('every other sequence is taken out', () => {
  const text = '\u001B[2K\u001B[1A\u001B]0;title\u0007\u001B]8;;http://x\u001B\\link\u001B[?25h'
  expect(parseAnsi(text)).toEqual([[{ text: 'link', ...plain }]])
})

test('of a line that is written over, the last writing stays', () => {
  expect(parseAnsi('10 %\r50 %\r100 %\r\ndone')).toEqual([
    [{ text: '100 %', ...plain }],
    [{ text: 'done', ...plain }],
  ])
})
