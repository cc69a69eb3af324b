import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordDiff } from '../../../../renderer/ui/wordDiff.ts'

const marked = (pieces: ReturnType<typeof wordDiff>['before']) =>
  pieces.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('')

test('only the words that differ are marked', () => {
  const { before, after } = wordDiff('connection to db-1 refused', 'connection to db-2 timed out')
  expect(marked(before)).toBe('connection to db-[1] [refused]')
  expect(marked(after)).toBe('connection to db-[2] [timed out]')
})

test('a word that was added is marked on one side only', () => {
  const { before, after } = wordDiff('a c', 'a b c')
  expect(marked(before)).toBe('a c')
  expect(marked(after)).toBe('a [b ]c')
})

test('equal texts have no mark, texts without a common word are marked whole', () => {
  expect(wordDiff('same', 'same').before).toEqual([{ text: 'same', isChanged: false }])
  expect(wordDiff('old', 'new').after).toEqual([{ text: 'new', isChanged: true }])
  expect(wordDiff('', 'new').before).toEqual([])
})

const long = (word: string) => `start ${`${word} `.repeat(2000)}end`

test('what would take long is shown as one change between the common ends', () => {
  const { before } = wordDiff(long('x'), long('y'))
  expect(before.map(({ isChanged }) => isChanged)).toEqual([false, true, false])
})

test('the pieces of each side are its text again, and the unchanged ones are the same on both', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', ' ', '\n', '"', 'é', '12'))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, (left, right) => {
      const { before, after } = wordDiff(left, right)
      const same = (pieces: typeof before) =>
        pieces.flatMap((piece) => (piece.isChanged ? [] : [piece.text])).join('')
      expect(before.map((piece) => piece.text).join('')).toBe(left)
      expect(after.map((piece) => piece.text).join('')).toBe(right)
      expect(same(before)).toBe(same(after))
    }),
    { seed: 7, numRuns: 300 },
  )
})
