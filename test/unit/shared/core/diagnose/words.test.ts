import { describe, expect, test } from 'vitest'
import {
  causeIn,
  clip,
  duration,
  elapsed,
  firstLine,
  isOpen,
  lasting,
  listed,
} from '../../../../../shared/core/diagnose/words.ts'
import { makeRun } from '../resume/makeRun.ts'

const from = '2026-01-02T00:00:00.000Z'
const after = (ms: number) => new Date(Date.parse(from) + ms).toISOString()
const [second, minute, hour, day] = [1000, 60_000, 3_600_000, 86_400_000]

describe('how long', () => {
  test.each([
    [-5 * second, '0 s'],
    [999, '0 s'],
    [89.9 * second, '89 s'],
    [90 * second, '1 min'],
    [90 * minute - 1, '89 min'],
    [90 * minute, '1 h'],
    [48 * hour - 1, '47 h'],
    [48 * hour, '2 days'],
    [3 * day - 1, '2 days'],
  ])('[G33] %i ms ago: %s', (ms, told) => {
    expect(elapsed(from, after(ms))).toBe(told)
  })

  test('[G33] a time that is none has no age', () => {
    expect(elapsed('yesterday', from)).toBe('an unknown time')
  })

  test('[G33] what took less than a second is told in milliseconds', () => {
    expect([0, 999, 1000, -1].map((ms) => duration(from, after(ms)))).toEqual([
      '0 ms',
      '999 ms',
      '1 s',
      '0 s',
    ])
    expect([0.4, 1499.5, 2 * hour].map(lasting)).toEqual(['0 ms', '1 s', '2 h'])
  })
})

describe('a sentence that fits a row', () => {
  test('[G33] 110 characters fit; of more it is cut at a space in its second half', () => {
    const full = `${'x'.repeat(109)}.`
    expect(clip(full)).toBe(full)
    expect(clip(`${full}.`)).toBe(`${'x'.repeat(109)}…`)
    expect(clip(wordsAfter(56))).toBe(`${'x'.repeat(56)}…`)
    expect(clip(wordsAfter(55))).toBe(`${'x'.repeat(55)} ${'y'.repeat(53)}…`)
  })

  test('[G33] no half of a character is left, and a whole one stays', () => {
    expect(clip(`${'x'.repeat(108)}🚀${'x'.repeat(9)}`)).toBe(`${'x'.repeat(108)}…`)
    expect(clip(`${'x'.repeat(20)}🚀${'y'.repeat(120)}`)).toBe(
      `${'x'.repeat(20)}🚀${'y'.repeat(87)}…`,
    )
  })

  test('[G33] the first line that has something', () => {
    expect(['\n one \ntwo', 'one\r\ntwo', 'one\rtwo', ''].map(firstLine)).toEqual([
      'one ',
      'one',
      'one',
      '',
    ])
  })

  test.each([
    ['The command of step build ended with exit code 137: killed', 'killed'],
    ['The command of step build was ended by SIGKILL: out of memory', 'out of memory'],
    ['Step build: no answer', 'no answer'],
    ['Then Step build: no answer', 'Then Step build: no answer'],
    ['Step two words: no answer', 'Step two words: no answer'],
    ['\u001B[1;31mred\u001B[0m and \u001B[?25lhidden', 'red and hidden'],
    ['\u001B[2 qbar', 'bar'],
  ])('[G14] of %j the cause is %j', (message, cause) => {
    expect(causeIn(message)).toBe(cause)
  })
})

test('[G24] of more than three names two are told', () => {
  const names = ['a', 'b', 'c', 'd', 'e']
  expect([0, 1, 2, 3, 4, 5].map((count) => listed(names.slice(0, count)))).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
    'a, b and 2 more',
    'a, b and 3 more',
  ])
})

test('[G46] a run is open until it is completed or cancelled; a session is its program’s', () => {
  const open = ['pending', 'running', 'waiting', 'paused', 'failed'] as const
  expect(open.map((status) => isOpen(makeRun({ status })))).toEqual(open.map(() => true))
  expect(isOpen(makeRun({ status: 'completed' }))).toBe(false)
  expect(isOpen(makeRun({ status: 'cancelled' }))).toBe(false)
  expect(isOpen(makeRun({ kind: 'session' }))).toBe(false)
  expect(isOpen(null)).toBe(false)
})

function wordsAfter(before: number) {
  return `${'x'.repeat(before)} ${'y'.repeat(120)}`
}
