import { expect, test } from 'vitest'
import { parseExpression } from '../../../../../shared/core/expression/parseExpression.ts'

/** `message @ offset`, and what was meant; `null`: it is read. */
function problemOf(text: string): readonly (string | number)[] | null {
  const parsed = parseExpression(text)
  if (parsed.kind === 'expression') return null
  const { message, offset, suggestion } = parsed.problem
  return suggestion === null ? [message, offset] : [message, offset, suggestion]
}

test.each([
  ['a and b', 'and', 2, '&&'],
  ['a or b', 'or', 2, '||'],
  ['not a', 'not', 0, '!'],
  ['a && not  b', 'not', 5, '!'],
  ['a = b', '=', 2, '=='],
  ['a === b', '===', 2, '=='],
  ['a !== b', '!==', 2, '!='],
  ['a & b', '&', 2, '&&'],
  ['a | b', '|', 2, '||'],
  ['a ?? b', '??', 2, 'has(…) ? … : …'],
  ['a?.b', '?.', 1, 'has(…)'],
  ['x => x', '=>', 2, 'list.map(x, …)'],
  ['${{ a and b }}', 'and', 6, '&&'],
])(
  '[W23] %s has no operator of the language, and what is meant is said',
  (text, word, at, meant) => {
    expect(problemOf(text)).toEqual([`\`${word}\` is no operator of expressions.`, at, meant])
  },
)

test.each([
  ['', 'it is empty.', 0],
  [' ${{ }}', 'it is empty.', 0],
  ['a +', 'it ends too early: something is missing.', 3],
  ['a +  ', 'it ends too early: something is missing.', 5],
  ['  (a', 'it ends too early: something is missing.', 4],
  ['a b', '`b` is not expected here.', 2],
  ['a.not b', '`b` is not expected here.', 6],
  ['knot b', '`b` is not expected here.', 5],
  ['  ${{ a b }} ', '`b` is not expected here.', 8],
  ['x${{ a }}', '`${{` is not expected here.', 1],
  ['${{ a }}x', '`${{` is not expected here.', 0],
  ['a == == b', '`==` is not expected here.', 5],
  ['a @ b', '`@` is not expected here.', 2],
  ['"abc', 'Unterminated string.', 0],
  ["'a\nb'", 'Newlines not allowed in single-quoted strings.', 2],
  ['"\\q"', 'Invalid escape sequence: \\q.', 1],
  ['1 2', "Unexpected character: '2'.", 2],
  ['0x', 'Invalid hex integer: 0x.', 0],
])('[W23] %j is told: %s', (text, message, offset) => {
  expect(problemOf(text)).toEqual([message, offset])
})

const chain = (count: number) => `1${'+1'.repeat(count)}`
const deep = ['it is nested too deeply.', 0]
const large = (at: number) => ['it is too large.', at]

test.each([
  ['150 operators', chain(149), null],
  ['151 operators', chain(150), deep],
  ['151 times the opposite', `${'!'.repeat(151)}a`, deep],
  ['151 minus signs in braces', `\${{${'-'.repeat(151)}a}}`, ['it is nested too deeply.', 3]],
  ['200 keys', `a${'.b'.repeat(200)}`, large(299)],
  ['5,000 numbers', chain(4900), large(0)],
  ['10,000 characters', `"${'x'.repeat(9998)}"`, null],
  ['one more', `"${'x'.repeat(9999)}"`, ['it is longer than 10000 characters.', 0]],
])('[W17] of %s so much is taken', (_, text, problem) => {
  expect(problemOf(text)).toEqual(problem)
})

test('[W23] braces around an expression are no part of it, whatever stands around them', () => {
  const parsed = [' ${{ a }}\n', '${{a}}', 'a', '\n${{\na\n}}'].map(parseExpression)
  expect(parsed.map((one) => (one.kind === 'expression' ? one.offset : null))).toEqual([4, 3, 0, 4])
})

test('[W17] what may be more than a stack holds is told as well, in one way or the other', () => {
  expect(problemOf(`${'!'.repeat(9999)}a`)?.[0]).toMatch(
    /^it is (?:nested too deeply|too large)\.$/,
  )
})
