import { expect, it } from 'vitest'
import { nearest } from '../../../../electron/cli/nearest.ts'
import { age, duration, size } from '../../../../electron/cli/text/quantities.ts'
import { table } from '../../../../electron/cli/text/table.ts'
import { bytes, keyValues } from '../../../../electron/cli/values.ts'

it('[X13] a value that is JSON is JSON, anything else is text', () => {
  const pairs = [
    'a=1',
    'b=true',
    'c=null',
    'd={"x":[1]}',
    'e="1"',
    'f=one two',
    'g=',
    'h=a=b',
    'i={',
  ]

  expect(keyValues(pairs, 'input')).toEqual({
    a: 1,
    b: true,
    c: null,
    d: { x: [1] },
    e: '1',
    f: 'one two',
    g: '',
    h: 'a=b',
    i: '{',
  })
})

it('[X13] sizes may have a unit', () => {
  const texts = ['0', '12', '500MB', '1.5 gb', '2k', '3TB']

  expect(texts.map((text) => bytes(text, 'max-bytes'))).toEqual([0, 12, 5e8, 1.5e9, 2000, 3e12])
})

it('[X3] the nearest name is one that can be meant', () => {
  const names = ['list', 'show', 'restore', 'resume']

  expect(
    ['lst', 'shwo', 'resum', 'restor', 'xyz', 'l'].map((name) => nearest(name, names)),
  ).toEqual(['list', 'show', 'resume', 'restore', null, null])
})

it('[X9] quantities are given in the largest unit that fits', () => {
  const at = '2026-01-02T00:00:00.000Z'
  const now = Date.parse('2026-01-03T01:00:00.000Z')

  expect([0, 999, 1000, 61_000, 36e5, 864e5 * 3].map(duration)).toEqual([
    '0 ms',
    '999 ms',
    '1 s',
    '1 min',
    '1 h',
    '3 d',
  ])
  expect([0, 999, 1000, 1_234_567, 5e15].map(size)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.2 MB',
    '5000.0 TB',
  ])
  expect([age(at, now), age(null, now), age('soon', now), age(at, 0)]).toEqual([
    '1 d',
    '-',
    '-',
    '0 ms',
  ])
})

it('[X9] columns are aligned by what is seen, not by colour codes', () => {
  expect(
    table([
      ['\u001B[31mab\u001B[0m', 'x'],
      ['abc', 'y'],
      ['ä', 'z'],
    ]),
  ).toEqual(['\u001B[31mab\u001B[0m   x', 'abc  y', 'ä    z'])
})
