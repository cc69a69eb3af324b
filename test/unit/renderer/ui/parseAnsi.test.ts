import { expect, test } from 'vitest'
import { parseAnsi } from '../../../../renderer/ui/parseAnsi.ts'

const plain = { colour: null, isBold: false, isDim: false, isUnderlined: false }

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

test('named colours of the palette are kept, others leave the text readable', () => {
  const [line] = parseAnsi('\u001B[38;5;9ma\u001B[38;5;200mb\u001B[38;2;1;2;3mc\u001B[48;5;1;4md')
  expect(line?.map(({ text, colour, isUnderlined }) => [text, colour, isUnderlined])).toEqual([
    ['a', 'red', false],
    ['b', null, false],
    ['c', null, false],
    ['d', null, true],
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
