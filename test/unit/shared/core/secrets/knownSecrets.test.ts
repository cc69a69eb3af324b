import { expect, test } from 'vitest'
import { createKnownSecrets } from '../../../../../shared/core/secrets/knownSecrets.ts'

const random = 'b7Fq2mZx9LtR4wKs8VnC'

/** Where in a text what was learnt is found. */
function findsOf(secret: string, text: string, isNamed = true) {
  const known = createKnownSecrets(['release-2026'])
  known.learn(secret, { isNamed })
  return known.find(text).map(({ start, end }) => [start, end])
}

test('[F332] a secret that was found once is found wherever else it stands, as often as it does', () => {
  expect(findsOf('pass-4711', 'pass-4711, xpass-4711x pass-471')).toEqual([
    [0, 9],
    [12, 21],
  ])
  expect(findsOf('aa1aa1aa1', 'aa1aa1aa1aa1')).toEqual([
    [0, 9],
    [3, 12],
  ])
})

test('[F332] however it is written: as it is, in JSON and in an address', () => {
  const text = 'as p"ss/4711 or p\\"ss/4711 or p%22ss%2F4711'
  expect(findsOf('p"ss/4711', text)).toEqual([
    [3, 12],
    [16, 26],
    [30, 43],
  ])
  expect(findsOf('p4ss\ud800word', 'p4ss\ud800word')).toEqual([[0, 9]])
})

test('[F332] each line of it by itself, and secrets that begin alike each for itself', () => {
  expect(findsOf('  first-1x \r\nsecond-2', 'x second-2 first-1x')).toEqual([
    [2, 10],
    [11, 19],
  ])
  const known = createKnownSecrets([])
  for (const secret of ['same-start-1', 'same-start-2', 'same-start'])
    known.learn(secret, { isNamed: true })
  expect(known.find('same-start-2').map(({ end }) => end)).toEqual([12, 10])
})

test('[F333] what could stand there by chance is not looked for', () => {
  const never = [
    ['a short one', '1234-67'],
    ['a word', 'password'],
    ['a word of fifteen letters', 'unquestioningly'],
    ['a day', '2026-03-01'],
    ['a time', '2026-03-01T12:30:59.123Z'],
    ['a time without its zone', '2026-03-01T12:30:59'],
    ['a mask', '••••••••••••'],
    ['a name that stays', 'release-2026'],
  ] as const
  expect(never.filter(([, secret]) => findsOf(secret, `at ${secret} end`).length > 0)).toEqual([])
})

test('[F333] what tells itself is looked for', () => {
  const told = [
    '12345678',
    'passw-rd',
    'passWord',
    'Passw0rd',
    'p ssword!',
    'correcthorsebatt',
    'x2026-03-01',
    '2026-03-01x',
    '2026-03-01T',
    '2026-03-01T12:30:59Zx',
  ]
  expect(told.filter((secret) => findsOf(secret, ` ${secret} `).length === 0)).toEqual(
    ['2026-03-01T'].slice(1),
  )
})

test('[F340] below a key that names one only what looks random is', () => {
  expect(findsOf(random, `saw ${random}`, false)).toEqual([[4, 24]])
  expect(findsOf('pass-4711', 'pass-4711', false)).toEqual([])
})

test('[X101] the first place where one may begin is told, up to where it is asked for', () => {
  const known = createKnownSecrets([])
  const text = 'xx pass-4711 yy pass-4711'
  expect(known.next(text, { from: 0, to: text.length })).toBe(text.length)
  known.learn('pass-4711', { isNamed: true })
  expect(known.next(text, { from: 0, to: text.length })).toBe(3)
  expect(known.next(text, { from: 3, to: text.length })).toBe(3)
  expect(known.next(text, { from: 4, to: text.length })).toBe(16)
  expect(known.next(text, { from: 4, to: 16 })).toBe(16)
  expect(known.next(text, { from: 17, to: text.length })).toBe(text.length)
  expect(known.next('pass-47', { from: 0, to: 7 })).toBe(7)
  expect([known.name, known.find('nothing here')]).toEqual(['same value', []])
})
