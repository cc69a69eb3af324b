import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTextPool } from '../../../../../electron/services/listing/textPool.ts'

const anyText = fc.oneof(
  fc.constantFrom('Deploy', 'deploy', 'cut…', 'ÄRGER', '\ue000', '\ud83d\ude80', '\ud800', 'a', ''),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 6 })

test('[E52] texts are kept once, compared and found as strings are, also after they were saved', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anyText, ascii), { maxLength: 60 }), ascii, (texts, word) => {
      const pool = createTextPool()
      const codes = texts.map((text) => pool.internUnique(text))
      const { bytes, ends, odd } = pool.save()
      const again = createTextPool({ bytes: bytes.slice(), ends: ends.slice(), odd })
      const needle = word.trim().toLowerCase() || 'd'
      for (const one of [pool, again]) {
        expect(codes.map((code) => one.textOf(code))).toEqual(texts)
        expect(texts.map((text) => one.codeOf(text))).toEqual(codes)
        const hits = new Uint8Array(one.size())
        one.find(needle, hits)
        for (const [at, text] of texts.entries()) {
          expect(hits[codes[at] ?? 0] === 1).toBe(text.toLowerCase().includes(needle))
          const other = texts[texts.length - 1 - at] ?? ''
          const order = one.compare(codes[at] ?? 0, one.codeOf(other))
          expect(Math.sign(order)).toBe(text < other ? -1 : text > other ? 1 : 0)
        }
      }
    }),
    { seed: 1, numRuns: 300 },
  )
})

test.each(['d', 'de', 'deploy-1', '-3999', 'ß', 'none of them'])(
  '[E52] %s is found among thousands of texts, most of which have it or none',
  (word) => {
    const texts = Array.from({ length: 4000 }, (_, at) =>
      at % 3 === 0
        ? `Deploy-${at}`
        : at % 3 === 1
          ? `retries of deploy-${at} went on`
          : `Maß ${at}`,
    )
    const pool = createTextPool()
    const codes = texts.map((text) => pool.internUnique(text))
    for (const from of [0, codes[1200] ?? 0]) {
      const hits = new Uint8Array(pool.size())
      pool.find(word, hits, from)
      const expected = texts.map((text, at) =>
        (codes[at] ?? 0) >= from && text.toLowerCase().includes(word) ? 1 : 0,
      )
      expect(codes.map((code) => hits[code])).toEqual(expected)
    }
  },
)

test('[E52] bytes of ASCII are the text that they are, whichever is looked at first', () => {
  fc.assert(
    fc.property(fc.array(ascii, { maxLength: 30 }), (texts) => {
      const pool = createTextPool()
      const first = pool.internUnique('other…')
      let likely = first
      for (const text of texts.flatMap((one) => [one, one])) {
        const bytes = Buffer.from(`<${text}>`)
        const code = pool.internBytes({ bytes, from: 1, to: bytes.length - 1 }, likely)
        likely = code
        expect(pool.internUnique(text)).toBe(code)
        expect(pool.textOf(code)).toBe(text)
      }
      expect(pool.textOf(first)).toBe('other…')
    }),
    { seed: 1, numRuns: 200 },
  )
})
