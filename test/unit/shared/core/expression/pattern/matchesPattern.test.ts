import * as fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { createBudget } from '../../../../../../shared/core/expression/budget.ts'
import {
  checkPattern,
  matchesPattern,
  matchesWhole,
} from '../../../../../../shared/core/expression/pattern/matchesPattern.ts'
import { patternSize } from '../../../../../../shared/core/expression/pattern/patternSize.ts'

describe('a regular expression', () => {
  test('[W26] matches what the language of the program matches', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '.',
      '[ab]',
      '[^a]',
      '\\d',
      '\\w',
      '\\s',
      '\\p{L}',
      '[^\\p{Lu}\\d]',
      'É',
      '\\b',
      '^',
      '$',
      '(?:ab)',
      '(a|b)',
      '',
    )
    const times = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,}', '{0,2}', '*?')
    const piece = fc
      .tuple(atom, times)
      .map(([one, many]) => (/^(\^|\$|\\b|)$/.test(one) ? one : one + many))
    const pattern = fc
      .array(fc.oneof(piece, fc.constant('|')), { maxLength: 6 })
      .map((all) => all.join(''))
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'A', '1', ' ', '\n', 'é', 'É', '😀'),
      maxLength: 8,
    })
    const flags = fc.constantFrom('', '', 'i')
    fc.assert(
      fc.property(pattern, flags, text, (one, flag, given) => {
        const ours = flag === '' ? one : `(?${flag})${one}`
        const expected = new RegExp(one, `u${flag}`).test(given)
        expect(matchesPattern(ours, given, createBudget()), `${ours} on ${given}`).toBe(expected)
        const whole = new RegExp(`^(?:${one})$`, `u${flag}`).test(given)
        expect(matchesWhole(ours, given), `all of ${given}`).toEqual({ matches: whole })
      }),
      { seed: 7, numRuns: 1500 },
    )
  })

  test('[W26] knows ranges, escapes and a flag for letters of either case', () => {
    expect(matches('^[a-c\\-x]+$', 'ab-x')).toBe(true)
    expect(matches('^\\x41\\x{42}\\.$', 'AB.')).toBe(true)
    expect(matches('^\\p{L}+\\pN$', 'é日1')).toBe(true)
    expect(matches('^\\Qa.b\\E$', 'axb')).toBe(false)
    expect(matches('^a(?i)B$', 'Ab')).toBe(false)
    expect(matches('(?i)^ABC$', 'aBc')).toBe(true)
    expect(matches('^(?<year>\\d{4})-\\d{2}$', '2026-01')).toBe(true)
    expect(matches('[\\]]', ']')).toBe(true)
  })

  test('[W26] matches the same however often it is asked, and beside many others', () => {
    const version = 'v\\d+(\\.\\d+){2}'
    for (let time = 0; time < 300; time += 1) {
      expect(matches(version, `x${'v1.20.3'.repeat(time)}`)).toBe(time > 0)
      expect(matchesWhole(version, 'v1.20.3')).toEqual({ matches: true })
      expect(matches(`^${time}$`, String(time))).toBe(true)
    }
  })

  test('[W27] takes time of the text times the pattern at most, and beyond a limit is refused', () => {
    const text = `${'a'.repeat(999_999)}!`
    expect(matchesPattern('^(a+)+$', text, createBudget())).toBe(false)
    expect(matchesPattern('^(a|a)*(a|aa)+$', 'a'.repeat(50_000), createBudget())).toBe(true)
    // So many states that none is seen twice: about 0.4 s at the limit.
    const states = '(?:a|b)*a(?:a|b){200}[!?]'
    expect(matchesPattern(states, 'abbaabab'.repeat(2000), createBudget())).toBe(false)
    expect(matchesWhole(states, 'abbaabab'.repeat(125_000))).toEqual({
      problem: 'the text is too long for this pattern.',
    })
  })

  test('[W27] a pattern is paid for each time that it is asked, though it is compiled once', () => {
    const first = createBudget()
    matchesPattern('^v\\d+$', 'v1', first)
    const second = createBudget()
    matchesPattern('^v\\d+$', 'v1', second)
    expect(second).toEqual(first)
    expect(first.left).toBeLessThan(createBudget().left)
    expect(() => {
      const budget = createBudget()
      for (let time = 0; ; time += 1) matchesPattern(`${time}(a?){300}`, 'a', budget)
    }).toThrow('it asks for too much work')
  })

  test('[W27] what cannot be matched in linear time is refused with a reason', () => {
    const refused = [
      '(a)\\1',
      '(?=a)',
      '(?<!a)b',
      'a**',
      '*a',
      '(',
      'a)',
      '[a',
      '{2',
      'a{3,1}',
      '((a{1000}){1000})',
      `(?:${'ab'.repeat(490)}){1000}`,
      'a{1000}'.repeat(140),
      'a'.repeat(10_000),
      '('.repeat(1000),
      '(a)'.repeat(500),
      '\\p{Foo}',
      '\\u0041',
      '(?x)a',
      '(?<a>.)(?<a>.)',
      'a\\',
    ]
    const reasons = refused.map(
      (pattern) => checkPattern(pattern)?.replace(/^.*cannot be used: /, '') ?? null,
    )
    expect(reasons).toEqual([
      'references back to a group are not supported.',
      'looking ahead or behind is not supported.',
      'looking ahead or behind is not supported.',
      '`**` repeats a repetition.',
      'nothing to repeat before `*`.',
      'a `)` is missing.',
      'a `)` stands alone.',
      'a `]` is missing.',
      null,
      '`{3,1}` counts backwards or beyond 1,000.',
      'it is too large with its repetitions written out.',
      'it is too large with its repetitions written out.',
      'it is too large with its repetitions written out.',
      'the pattern is longer than 1,000 characters.',
      'a `)` is missing.',
      'the pattern is longer than 1,000 characters.',
      '`\\p{Foo}` is no range or class of characters.',
      '`\\u` is not supported.',
      '`(?x` is not supported.',
      'two groups have the name `a`.',
      'it ends with a lone `\\`.',
    ])
  })

  test('[W27] what a pattern compiles to is never larger than what was told before', () => {
    const atom = fc.constantFrom(
      'a',
      '.',
      '[a-c]',
      '[^\\d\\]x]',
      '[]a]',
      '[[:alpha:]b]',
      '\\d',
      '\\pL',
      '\\p{Greek}',
      '\\x{41}',
      '\\Qa(b{9}\\E',
      '\\}',
      '^',
      '\\b',
      '(?:)',
      'é',
      '😀',
      '{',
      '(?i)k',
    )
    const times = fc.constantFrom('', '', '*', '+?', '?', '{3}', '{0}', '{2,}', '{0,4}', '{1,2}?')
    const { pattern } = fc.letrec<{ readonly pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 4 },
        fc.tuple(atom, times).map(([one, many]) => one + many),
        fc
          .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), tie('pattern'), times)
          .map(([opening, inner, many]) => `${opening}${inner})${many}`),
        fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('')),
        fc.tuple(tie('pattern'), tie('pattern')).map((both) => both.join('|')),
      ),
    }))
    fc.assert(
      fc.property(pattern, (one) => {
        fc.pre(checkPattern(one) === null)
        expect(patternSize(one), one).toBeGreaterThanOrEqual(RE2JS.compile(one).programSize())
      }),
      { seed: 11, numRuns: 1500 },
    )
  })
})

function matches(pattern: string, text: string): boolean {
  return matchesPattern(pattern, text, createBudget())
}
