import { expect, test } from 'vitest'
import { isSuspectKey, looksRandom } from '../../../../../shared/core/secrets/looksRandom.ts'

const suspects = 'auth csrf key mnemonic pat seed session sid sig signature webhook xsrf'.split(' ')
const open = 'cache dedup foreign idempotency object partition primary public row sort'.split(' ')
/** Letters of which each stands there so often. */
const drawn = (letters: string, times: number) => letters.repeat(times)

test('[F340] a name that ends in one of these words may be that of a secret', () => {
  const names = suspects.flatMap((word) => [
    word,
    word.toUpperCase(),
    `x-${word}`,
    `my_${word}`,
    `a1${word[0]?.toUpperCase()}${word.slice(1)}`,
  ])
  expect(names.filter((name) => !isSuspectKey(name))).toEqual([])
  const others = suspects.flatMap((word) => [`x${word}`, `${word}_of`, `${word}1`])
  expect(others.filter(isSuspectKey)).toEqual([])
  expect(isSuspectKey('\u212aey')).toBe(true)
  expect(isSuspectKey('')).toBe(false)
})

test('[F340] a key that everybody may know is none', () => {
  const names = open.flatMap((word) => [`${word}Key`, `${word}_key`, `my-${word}-KEY`])
  expect(names.filter(isSuspectKey)).toEqual([])
  expect(isSuspectKey('key_public_session')).toBe(true)
})

test('[F340] of a very long name the first two hundred letters are looked at', () => {
  expect(isSuspectKey(`${'x'.repeat(196)}_key`)).toBe(true)
  expect(isSuspectKey(`${'x'.repeat(197)}_key`)).toBe(false)
})

test('[F340] what looks random is long, of letters and digits, and has hardly one twice in a row', () => {
  expect(looksRandom('b7Fq2mZx9LtR4wKs8VnC')).toBe(true)
  expect(looksRandom('b7Fq2mZx9LtR4wKs8Vn')).toBe(false)
  expect(looksRandom('a+b/c=d.e~f-1_ghijkl')).toBe(true)
  expect(looksRandom('b7Fq2mZx9LtR4wKs8Vn!')).toBe(false)
  expect(looksRandom('!7Fq2mZx9LtR4wKs8VnC')).toBe(false)
  expect(looksRandom('qwertyuiopasdfghjklz')).toBe(false)
  expect(looksRandom('12345678901234567890')).toBe(false)
  expect(looksRandom('ABCDEFGHIJ1234567890')).toBe(true)
})

test('[F340] ten letters as often as each other are as many as it takes, nine are not', () => {
  expect(looksRandom(drawn('abcdefghi1', 2))).toBe(true)
  expect(looksRandom(drawn('abcdefgh1', 3))).toBe(false)
  const text = drawn('abcdefghi1', 400)
  expect([looksRandom(text), looksRandom(`${text}a`)]).toEqual([true, false])
  // The first two hundred tell.
  expect(looksRandom(drawn('abcdefghi1', 20) + 'z'.repeat(600))).toBe(true)
  expect(looksRandom('z'.repeat(200) + drawn('abcdefghi1', 60))).toBe(false)
})

test.each([
  '0b0e8b1c-5d6f-4a3e-9c2b-1f2e3d4c5b6a',
  '0B0E8B1C-5D6F-4A3E-9C2B-1F2E3D4C5B6A',
  '2026-03-01T12.30.59-0100Z',
  'orders-2026-03-01-batch-17',
  'v12.release_candidate/of-7',
  'Batch-1234567-run-89',
])('[F340] an ordinary name does not: %s', (text) => {
  expect(looksRandom(text)).toBe(false)
})

test.each([
  '0b0e8b1c-5d6f-4a3e-9c2b-1f2e3d4c5b6a7',
  'x0b0e8b1c-5d6f-4a3e-9c2b-1f2e3d4c5b6',
  '12026-03-01Tabcdefghxyz',
  'orders17-2026-03-batch',
  'orders-2026-03-01-batch-1x',
  '+orders-2026-03-01-batch',
])('[F340] what is only nearly one does: %s', (text) => {
  expect(looksRandom(text)).toBe(true)
})
