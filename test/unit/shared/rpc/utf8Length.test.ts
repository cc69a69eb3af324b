import { assert, property, string } from 'fast-check'
import { expect, it } from 'vitest'
import { exceedsUtf8, utf8Length } from '../../../../shared/rpc/utf8Length.ts'

it('[Q16] a text has as many bytes as its UTF-8 has, whatever is in it', () => {
  assert(
    property(string({ unit: 'binary' }), (text) => {
      expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
    }),
    { seed: 1, examples: [['\uD800'], ['\uDC00\uD800'], ['\uD83D\uDE00'], ['é€']] },
  )
})

it('[Q16] half a pair counts 3 bytes, as the character that replaces it', () => {
  expect([utf8Length('\uD800'), utf8Length('\uDC00\uD800'), utf8Length('a\uD83D')]).toEqual([
    3, 6, 4,
  ])
})

it('[Q16] a text exceeds a limit only when it has more bytes', () => {
  const texts = ['abc', 'abcd', 'é', 'éa', 'éé', '€', '€a']

  expect(texts.filter((text) => exceedsUtf8(text, 3))).toEqual(['abcd', 'éé', '€a'])
})
