import { expect, test } from 'vitest'
import { findSecrets } from '../../../../../shared/core/secrets/findSecrets.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

const hex = 'a1b2c3d4e5f60789'
const upper = 'A1B2C3D4E5F6G7H8'
const alnum = 'aA1bB2cC3dD4eE5f'
const word = 'aA_1bB2cC3dD4eE5'
const dashed = 'aA-1b_B2cC3dD4eE'

/** How each begins, of what it goes on, of how many letters at least, and what it is called. */
const shapes: readonly (readonly [start: string, letters: string, least: number, rule: string])[] =
  [
    ['AGE-SECRET-KEY-1', upper, 20, 'age key'],
    ...['AKIA', 'ASIA', 'ABIA', 'ACCA'].map((start) => [start, upper, 16, 'AWS key'] as const),
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'].map(
      (start) => [start, word, 20, 'GitHub token'] as const,
    ),
    ...['pat', 'dt', 'rt', 'cbt', 'ptt', 'ft', 'soat'].map(
      (kind) => [`gl${kind}-`, dashed, 16, 'GitLab token'] as const,
    ),
    ...['xoxa-', 'xoxb-', 'xoxe-', 'xoxp-', 'xoxr-', 'xoxs-', 'xapp-'].map(
      (start) => [start, dashed, 10, 'Slack token'] as const,
    ),
    ...['sk_live_', 'sk_test_', 'pk_live_', 'pk_test_', 'rk_live_', 'rk_test_'].map(
      (start) => [start, alnum, 10, 'Stripe key'] as const,
    ),
    ['whsec_', 'aA1+bB2/cC3=dD4e', 16, 'Stripe key'],
    ['AIza', dashed, 35, 'Google key'],
    ['ya29.', dashed, 20, 'Google key'],
    ['GOCSPX-', dashed, 20, 'Google key'],
    ['sk-', dashed, 20, 'sk- key'],
    ['npm_', alnum, 30, 'registry token'],
    ['pypi-', dashed, 40, 'registry token'],
    ['hf_', alnum, 30, 'registry token'],
    [`SG.${dashed}.`, dashed, 16, 'service token'],
    ...['dop_v1_', 'doo_v1_', 'dor_v1_'].map((start) => [start, hex, 40, 'service token'] as const),
    ['hvs.', dashed, 20, 'service token'],
  ]

function foundIn(text: string) {
  return findSecrets(text, builtInRules).map(({ start, end, rule }) => [
    text.slice(start, end),
    rule,
  ])
}

const tailOf = (letters: string, length: number) =>
  letters.repeat(Math.ceil(length / letters.length)).slice(0, length)

test.each(shapes)(
  '[F331] %s with its letters is known by its look',
  (start, letters, least, rule) => {
    const whole = `${start}${tailOf(letters, least)}`
    expect(foundIn(`saw "${whole}" here`)).toContainEqual([whole, rule])
    const longer = `${whole}${tailOf(letters, least)}`
    expect(foundIn(`(${longer})`)).toContainEqual([longer, rule])
  },
)

test.each(shapes)(
  '[F331] %s with a letter too few, or inside of a word, is none',
  (start, letters, least) => {
    const cut = `${start}${tailOf(letters, least - 1)}`
    expect(foundIn(`saw ${cut}, here`)).toEqual([])
    expect(foundIn(`saw x${start}${tailOf(letters, least)} here`)).toEqual([])
  },
)

const jwt = (...lengths: readonly number[]) =>
  `eyJ${lengths.map((length) => tailOf(dashed, length)).join('.')}`

const grid = (first: number) => `SG.${tailOf(dashed, first)}.${dashed}`

test('[F331] each part of a token has its letters', () => {
  expect(foundIn(jwt(8, 8, 0))).toHaveLength(1)
  expect(foundIn(`of ${jwt(16, 16, 16)},`)).toEqual([[jwt(16, 16, 16), 'token (JWT)']])
  const others = [jwt(7, 8, 9), jwt(8, 7, 9), jwt(8, 8), `x${jwt(8, 8, 0)}`]
  expect(others.flatMap(foundIn)).toEqual([])
  expect([15, 16, 32, 33].map((first) => foundIn(grid(first)).length)).toEqual([0, 1, 1, 0])
})

test('[F331] of the address of a Slack webhook what is secret is behind its kind', () => {
  const tail = 'T00/B00-x_1'
  for (const kind of ['services', 'workflows', 'triggers'])
    expect(foundIn(`https://hooks.slack.com/${kind}/${tail} ok`)).toEqual([[tail, 'Slack webhook']])
  for (const other of [
    `https://hooks.slack.com/other/${tail}`,
    `https://xhooks.slack.com/services/${tail}`,
    `https://hooks.slack.com/services/${tail.slice(0, 9)}`,
    `https://hooksxslack.com/services/${tail}`,
  ])
    expect(foundIn(other)).toEqual([])
})

test('[F331] what hangs on to a token is taken for part of it', () => {
  expect(foundIn(`AKIA${tailOf(upper, 16)}_and_more-not`)).toEqual([
    [`AKIA${tailOf(upper, 16)}_and_more`, 'AWS key'],
  ])
})
