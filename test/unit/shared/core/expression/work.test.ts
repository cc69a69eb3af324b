// What an evaluation costs, and what becomes of its values.
import { expect, test } from 'vitest'
import { createBudget, spend, spendText } from '../../../../../shared/core/expression/budget.ts'
import { ExpressionFailure, fail } from '../../../../../shared/core/expression/failure.ts'
import { compiledPattern } from '../../../../../shared/core/expression/pattern/patternCache.ts'
import { patternSize } from '../../../../../shared/core/expression/pattern/patternSize.ts'
import {
  expressionsOf,
  referencedSteps,
  referencedStepsOfTemplate,
  referencesOfTemplate,
} from '../../../../../shared/core/expression/referencedSteps.ts'
import {
  kindOfValue,
  make,
  read,
  toJson,
  toText,
  type Value,
  type Work,
} from '../../../../../shared/core/expression/values.ts'

const work = (left?: number): Work => ({ budget: createBudget(left), made: new WeakSet() })

/** What it costs to do this. */
function costOf(act: (work: Work) => unknown): number {
  const paid = work(1000)
  act(paid)
  return 1000 - paid.budget.left
}

test('[W17] what costs more than is left ends the evaluation', () => {
  const budget = createBudget(3)
  spend(budget, 2)
  spend(budget, 1)
  expect(budget.left).toBe(0)
  expect(() => spend(budget, 1)).toThrow(
    'it asks for too much work: more than 2,000,000 steps. Do this in a step of the workflow.',
  )
  expect([0, 1, 16, 17].map((length) => costOf(({ budget: of }) => spendText(of, length)))).toEqual(
    [1, 2, 2, 3],
  )
  expect(createBudget().left).toBe(2_000_000)
})

test('[W16] a failure names itself, and where it is about a part, says so', () => {
  expect(() => fail('it is odd.')).toThrow(ExpressionFailure)
  const failure = new ExpressionFailure('x', { isPlaced: true })
  expect([failure.name, failure.isPlaced, failure.message]).toEqual([
    'ExpressionFailure',
    true,
    'x',
  ])
})

test('[W13] a whole number is an integer, and each value has its kind', () => {
  expect([7, 7.5, 2 ** 53, 'x', null].map(read)).toEqual([7n, 7.5, 2 ** 53, 'x', null])
  const values: readonly Value[] = [null, [], true, 1n, 1.5, 'x', {}]
  expect(values.map(kindOfValue)).toEqual([
    'null',
    'a list',
    'true or false',
    'a number',
    'a number',
    'a text',
    'a map',
  ])
})

test('[W17] a value of JSON is passed on without a copy and without a price; what was made is written out', () => {
  const given = { a: [1, 'x'.repeat(100)] }
  expect(toJson(given, work())).toBe(given)
  const free: readonly Value[] = [given, true, null, 1.5, 2n, 'x'.repeat(100)]
  expect(free.map((value) => costOf((paid) => toJson(value, paid)))).toEqual([0, 0, 0, 0, 0, 1])

  const made = (paid: Work) => make(paid, { a: 1n, b: make(paid, [given, 'x'.repeat(32), null]) })
  const paid = work(1000)
  expect(toJson(made(paid), paid)).toEqual({ a: 1, b: [given, 'x'.repeat(32), null] })
  // 2 for what was made, 3 for the text, 10 for what came from JSON: an object, a list, a number and a text of 7 parts.
  expect(1000 - paid.budget.left).toBe(2 + 3 + 1 + 1 + 1 + 8)
})

test('[W17] what is repeated is paid for as often, and no more is counted than is left', () => {
  const long = Array.from({ length: 100 }, () => [0])
  const repeated = (paid: Work) => make(paid, [long, long])
  expect(costOf((paid) => toJson(repeated(paid), paid))).toBe(1 + 2 * 201)
  const poor = work(50)
  expect(() => toJson(repeated(poor), poor)).toThrow('too much work')
  expect(poor.budget.left).toBeGreaterThan(-10)
})

test('[W16] a number that JSON does not hold is refused', () => {
  expect(toJson(BigInt(Number.MAX_SAFE_INTEGER), work())).toBe(Number.MAX_SAFE_INTEGER)
  expect(() => toJson(2n ** 53n, work())).toThrow(
    'the number 9007199254740992 is too large: JSON holds whole numbers up to 2^53 - 1.',
  )
  expect(() => toJson(Infinity, work())).toThrow('the result is no finite number.')
})

test('[W21] a value has a text, save null', () => {
  const values: readonly Value[] = ['x', 2n, 1.5, true, [1, { a: null }]]
  expect(values.map((value) => toText(value, work()))).toEqual([
    'x',
    '2',
    '1.5',
    'true',
    '[1,{"a":null}]',
  ])
  expect(() => toText(null, work())).toThrow('it is null, which has no text')
  expect(costOf((paid) => toText('x'.repeat(99), paid))).toBe(0)
  expect(costOf((paid) => toText(['x'.repeat(16), null], paid))).toBe(1 + 2 + 1)
})

const kept = (text: string, length = 0) =>
  compiledPattern(text, length) === compiledPattern(text, 0)

test('[W27] a pattern is kept, until it worked as much as it may or others came', () => {
  const first = compiledPattern('a+', 0)
  expect(compiledPattern('a+', 0)).toBe(first)
  expect([kept('b+'), kept('(')]).toEqual([true, true])

  const { size = 0 } = 'problem' in first ? {} : first
  const most = Math.floor(250_000 / size)
  expect(compiledPattern('a+', most)).toBe(first)
  expect(compiledPattern('a+', 1)).toBe(first)
  expect(compiledPattern('a+', 0)).not.toBe(first)

  const held = compiledPattern('held', 0)
  const others = Array.from({ length: 49 }, (_, index) => `other${index}`)
  for (const text of others) compiledPattern(text, 0)
  expect(compiledPattern('held', 0)).toBe(held)
  for (const text of others) compiledPattern(text, 0)
  expect(compiledPattern('held', 0)).toBe(held)
  for (const text of [...others, 'one more']) compiledPattern(text, 0)
  expect(compiledPattern('held', 0)).not.toBe(held)
})

test.each([
  ['', 4],
  ['abc', 7],
  ['\\Qa.b\\E', 11],
  ['\\Qa', 7],
  ['\\p{L}', 55],
  ['\\pL', 56],
  ['\\x{41}', 5],
  ['\\d', 5],
  ['[a-z]', 5],
  ['[]a]', 5],
  ['[^]a]', 5],
  ['[[:alpha:]x]', 6],
  ['[\\]a]', 5],
  ['[\\p{L}]', 55],
  ['a*', 7],
  ['a|b', 8],
  ['a+?', 9],
  ['(a)', 7],
  ['(?:a)', 5],
  ['(?P<n>a)', 7],
  ['(?<n>a)', 7],
  ['(?i:a)', 5],
  ['(a', 3],
  ['a)', 5],
  ['a{3}', 8],
  ['a{3,}', 13],
  ['a{3,5}', 15],
  ['a{0,2}', 9],
  ['(ab){3}', 20],
  ['(a{10}){10}', 147],
  ['a{x}', 8],
] as const)('[W27] %s is about %i instructions', (pattern, size) => {
  expect(patternSize(pattern)).toBe(size)
})

test('[W24] expressions stand in texts only, and what cannot be read mentions nothing', () => {
  const value = {
    a: ['x ${{ steps.a.output }} ${{ inputs.b }}'],
    b: null,
    c: 1,
    d: 'steps.c',
    e: '${{ ',
  }
  expect(expressionsOf(value).map((text) => text.trim())).toEqual(['steps.a.output', 'inputs.b'])
  expect(expressionsOf('$${{ steps.a }}')).toEqual([])
  expect(referencesOfTemplate({ ...value, f: '${{ steps. }}' }).map(({ root }) => root)).toEqual([
    'steps',
    'inputs',
  ])
  expect([
    referencedStepsOfTemplate(value),
    referencedStepsOfTemplate(['${{ steps. }}']),
    referencedStepsOfTemplate('${{ steps[inputs.x] }} ${{ steps.a }}'),
    referencedSteps('steps.a.output + steps.b.output + steps.a.error'),
    referencedSteps('inputs.a'),
    referencedSteps('steps.'),
    referencedSteps('steps[inputs.x]'),
  ]).toEqual([['a'], [], 'all', ['a', 'b'], [], [], 'all'])
})
