import { expect, test } from 'vitest'
import { createRedactionTally } from '../../../../../shared/core/secrets/redactionTally.ts'
import { replaceFound } from '../../../../../shared/core/secrets/replaceFound.ts'

const esc = '\u001B'

test('[F337] rules are told by how often they found something, and by their name where that is alike', () => {
  const tally = createRedactionTally()
  for (const rule of ['key', 'b', 'a', 'key', 'c'])
    tally.add({ rule, file: 'a.log', place: 'line 1' })
  tally.add({ rule: 'key', file: 'a.log', place: 'line 2' })
  tally.add({ rule: 'key', file: 'b.log', place: 'line 1' })
  expect(tally.report(3)).toEqual({
    total: 7,
    values: 3,
    rules: [
      { rule: 'key', count: 4 },
      { rule: 'a', count: 1 },
      { rule: 'b', count: 1 },
      { rule: 'c', count: 1 },
    ],
    rows: [
      { rule: 'key', file: 'a.log', place: 'line 1', count: 2 },
      { rule: 'b', file: 'a.log', place: 'line 1', count: 1 },
      { rule: 'a', file: 'a.log', place: 'line 1', count: 1 },
      { rule: 'c', file: 'a.log', place: 'line 1', count: 1 },
      { rule: 'key', file: 'a.log', place: 'line 2', count: 1 },
      { rule: 'key', file: 'b.log', place: 'line 1', count: 1 },
    ],
    more: 0,
  })
})

const found = (start: number, end: number, rule: string) => ({ start, end, from: start, rule })

test('[F330] secrets that overlap are one, and the longer one tells the rule', () => {
  const told: string[] = []
  const text = replaceFound(
    '0123456789abcdef',
    [found(6, 9, 'c'), found(0, 3, 'a'), found(2, 7, 'b'), found(3, 4, 'in'), found(9, 10, 'd')],
    ({ rule, start, end }, secret) => {
      told.push(`${rule} ${start}-${end} ${secret}`)
      return '#'
    },
  )
  expect([text, told]).toEqual(['##abcdef', ['b 0-9 012345678', 'd 9-10 9']])
})

test('[F330] of two that begin together the longer one, of two that are as long the first', () => {
  const ruleOf = (...all: readonly ReturnType<typeof found>[]) => {
    const told: string[] = []
    replaceFound('0123456789', all, ({ rule }) => `${told.push(rule)}`)
    return told
  }
  expect(ruleOf(found(0, 3, 'short'), found(0, 5, 'long'))).toEqual(['long'])
  expect(ruleOf(found(0, 4, 'first'), found(2, 6, 'second'))).toEqual(['first'])
  expect(ruleOf(found(0, 4, 'first'), found(2, 7, 'second'))).toEqual(['second'])
})

test('[F336] colours inside of a secret stay behind it', () => {
  const text = `a${esc}[31mse${esc}[0mcret${esc}[1m!`
  expect(replaceFound(text, [found(6, 16, 'key')], () => '#')).toBe(
    `a${esc}[31m#${esc}[0m${esc}[1m!`,
  )
  expect(replaceFound('nothing', [], () => '#')).toBe('nothing')
})
