import { expect, test } from 'vitest'
import { linesBetween } from '../../../../../shared/core/diff/linesBetween.ts'

function shown(before: string, after: string): readonly string[] {
  return linesBetween(before, after).map(
    (line) =>
      `${line.before ?? ''}${line.before === null ? '+' : line.after === null ? '-' : ' '}${line.after ?? ''} ${line.text}`,
  )
}

test('[E211] lines that stay are one line with both numbers, also between changes', () => {
  expect(shown('a\nb\nc\nd\n', 'a\nx\nc\nd\ne\n')).toEqual([
    '1 1 a',
    '2- b',
    '+2 x',
    '3 3 c',
    '4 4 d',
    '+5 e',
  ])
  expect([shown('', 'a\n'), shown('a\n', ''), shown('', '')]).toEqual([['+1 a'], ['1- a'], []])
})

test('[E211] how a line ends, and whether the last one does, is no change; an empty line is one', () => {
  expect(shown('a\r\nb', 'a\nb\n')).toEqual(['1 1 a', '2 2 b'])
  expect(shown('a\n\n', 'a\n')).toEqual(['1 1 a', '2- '])
  expect(shown('\n', '')).toEqual(['1- '])
})

const many = (word: string) => Array.from({ length: 600 }, (_, index) => `${word} ${index}`)

test('[E211] of texts with too little in common all of one stands before all of the other', () => {
  const lines = shown(['same', ...many('old')].join('\n'), ['same', ...many('new')].join('\n'))
  expect([lines.length, lines[0], lines[600], lines[601]]).toEqual([
    1202,
    '1- same',
    '601- old 599',
    '+1 same',
  ])
})
