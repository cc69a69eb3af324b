import { expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import {
  builtInRules,
  ruleOfKey,
  ruleOfPath,
} from '../../../../../shared/core/secrets/secretRules.ts'

const none = { keys: [], values: [], paths: [] }

function fits(pattern: string, key: string): boolean {
  return ruleOfKey(key, compileRules({ ...none, keys: [pattern] }).rules) !== null
}

function leadsTo(path: string, place: string): boolean {
  const tokens = place === '' ? [] : place.split('/')
  return ruleOfPath(tokens, compileRules({ ...none, paths: [path] }).rules) !== null
}

test.each([
  ['customer', 'customer'],
  ['Customer', 'cUSTOMER'],
  ['customer*', 'customer'],
  ['customer*', 'customerName'],
  ['*name', 'customerName'],
  ['*na*', 'customerName'],
  ['a*b*c', 'aXbYbZc'],
  ['*ab', 'aab'],
  ['a**', 'a'],
  ['*a*', 'banana'],
  ['a*a', 'aa'],
])('[F338] the name %s fits the key %s', (pattern, key) => expect(fits(pattern, key)).toBe(true))

test.each([
  ['customer', 'customers'],
  ['customer', 'acustomer'],
  ['customer', 'custome'],
  ['customer*', 'acustomer'],
  ['*name', 'names'],
  ['a*b*c', 'acb'],
  ['a*a', 'a'],
  ['a*b', 'axbx'],
  ['a.c', 'abc'],
])('[F338] the name %s does not fit the key %s', (pattern, key) =>
  expect(fits(pattern, key)).toBe(false),
)

test.each([
  ['/inputs/card', 'inputs/card'],
  ['/inputs/*', 'inputs/card'],
  ['/**/card', 'card'],
  ['/**/card', 'inputs/a/b/card'],
  ['/inputs/**', 'inputs'],
  ['/inputs/**', 'inputs/a/b'],
  ['/inputs/**/**/x', 'inputs/x'],
  ['/a/**/a/b', 'a/a/a/b'],
  ['$..card', 'steps/bill/card'],
])('[F338] the path %s leads to %s', (path, place) => expect(leadsTo(path, place)).toBe(true))

test.each([
  ['/inputs/card', 'inputs'],
  ['/inputs/card', 'inputs/card/number'],
  ['/inputs/*', 'inputs'],
  ['/inputs/*', 'inputs/a/b'],
  ['/*', ''],
  ['/**/card', 'inputs/cards'],
  ['/**/card', 'card/number'],
  ['/inputs/**', 'variables/a'],
  ['/a/**/b', 'a'],
])('[F338] the path %s does not lead to %s', (path, place) =>
  expect(leadsTo(path, place)).toBe(false),
)

test('[F338] the rule is called by its place in the settings, a built-in one goes first', () => {
  const { rules } = compileRules({
    ...none,
    keys: ['x', 'customer*', 'customerName', 'password'],
    paths: ['/a', '/b/*', '/b/c'],
  })
  expect(ruleOfKey('customerName', rules)).toBe('settings keys[1]')
  expect(ruleOfKey('password', rules)).toBe('key')
  expect(ruleOfKey('other', rules)).toBeNull()
  expect(ruleOfPath(['b', 'c'], rules)).toBe('settings paths[1]')
  expect(ruleOfPath(['c'], rules)).toBeNull()
  expect(ruleOfKey('x', builtInRules)).toBeNull()
})

test('[F338] a pattern of values finds each place that it fits, and no empty one', () => {
  const [rule] = compileRules({ ...none, values: ['[A-Z]*\\d{2}|x*'] }).rules.values
  expect(rule?.name).toBe('settings values[0]')
  expect(rule?.find('AB12 x 34xx')).toEqual([
    { start: 0, end: 4 },
    { start: 5, end: 6 },
    { start: 7, end: 9 },
    { start: 9, end: 11 },
  ])
})

test('[F339] each thing that is wrong is told where it stands, and what is right beside it counts', () => {
  const { rules, problems } = compileRules({
    keys: ['ok', '', '**'],
    values: ['', 'a', '[z'],
    paths: ['/**', '/**/**', '/', '/ok'],
  })
  expect(rules.keys).toEqual([{ name: 'settings keys[0]', pattern: 'ok' }])
  expect(rules.values.map(({ name }) => name)).toEqual(['settings values[1]'])
  expect(rules.paths.at(-1)).toEqual({ name: 'settings paths[3]', path: ['ok'] })
  expect(problems.map(({ path }) => path)).toEqual([
    '/redaction/keys/1',
    '/redaction/keys/2',
    '/redaction/paths/0',
    '/redaction/paths/1',
    '/redaction/values/0',
    '/redaction/values/2',
  ])
  expect(problems[0]?.sentence).toBe('It is empty.')
  expect(problems[1]?.sentence).toBe('`**` would hide every value there is.')
  expect(problems[5]?.sentence).toMatch(/^The pattern `\[z` cannot be used: .+\.$/)
})
