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
