import { expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import { createSecretHints } from '../../../../../shared/core/secrets/secretHints.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

const { of, next } = createSecretHints(builtInRules)
const random = 'b7Fq2mZx9LtR4wKs8VnC'

test.each([
  'password', 'passwords', 'passwd', 'passphrase', 'pwd', 'secret', 'secrets', 'token', 'jwt', 'otp', 'credential', 'credentials',
  'authorization', 'cookie', 'cookies', 'cvv', 'cvc', 'iban', 'apikey', 'api_key', 'accessKey', 'account key', 'private-key',
  'signing.key', 'encryption key', 'MASTER_KEY', 'cardNumber', 'connection string', 'to\u212aen',
  ...['auth', 'csrf', 'key', 'mnemonic', 'pat', 'seed', 'session', 'sid', 'sig', 'signature', 'webhook', 'xsrf'].map((word) => `${word}=${random}`),
  'Bearer x', 'basic y', 'a://b:c@d', '\u001b[0m', '-----BEGIN PRIVATE KEY-----', 'AKIAxx', 'ghp_x', 'glpat-x', 'xoxb-x', 'sk_live_x',
  'hooks.slack.com/x', 'AIzax', 'ya29.x', 'GOCSPX-x', 'sk-x', 'npm_x', 'pypi-x', 'hf_x', 'SG.x', 'dop_v1_x', 'hvs.x', 'eyJx', 'AGE-SECRET-KEY-1X',
])('[X101] %j hints at a secret, and is found where it begins or before', (text) => {
  expect(of(`ok ${text} ok`)).not.toBe(0)
  const log = `plain line\n${text}\nok`
  expect(next(log, 0)).toBeLessThanOrEqual(11 + text.indexOf(text.trim().slice(-1)) + text.length)
  expect(next(log, 0)).toBeGreaterThan(5)
  expect(next(`plain line\nok`, 0)).toBe(13)
}) // oxfmt-ignore

test.each([
  'INFO step build began, 12 ms, 3 of 4 done',
  'passed 12 of 12, tokenizer of cookiecutter and secretary',
  'key: orders-17, session: 12, pat: of, sig: 9, seed=42',
  'author@example.org wrote a monkey, x@y',
  'xbearer, unbasic, bearers, xAKIA1, xghp_, task-force, risk-free',
  'akia, GHP_, EYJ, aiza',
  'The house of keys',
  'the monkey of the card',
])('[X101] nothing is hinted at in %j', (text) => {
  expect(of(text)).toBe(0)
  expect(next(text, 0)).toBe(text.length)
})

test('[X101] what is behind the place that is asked for is told, what is before it is not', () => {
  const log = 'password=a\nplain\nsecret=b\n'
  expect(next(log, 0)).toBeLessThan(8)
  expect(next(log, 9)).toBeGreaterThan(15)
  expect(next(log, 9)).toBeLessThanOrEqual(log.indexOf('secret') + 6)
  expect(next(log, log.indexOf('=b'))).toBe(log.length)
})

test('[X101] a word that names a secret behind another one hints at it, alone it does not', () => {
  expect([of('api key'), of('account_key'), of('APIKey'), of('card number')].every(Boolean)).toBe(
    true,
  )
  expect([of('turkey key'), of('number'), of('string'), of('house number')]).toEqual([0, 0, 0, 0])
  expect(of(`key=${random}`)).not.toBe(0)
  expect([of(`key= ${random.slice(1)}`), of(`key=${'ab cd'.repeat(20)}`)]).toEqual([0, 0])
  expect(of(`key${' '.repeat(600)}${random}`)).toBe(0)
  expect(of(`key${' '.repeat(400)}${random}`)).not.toBe(0)
})

test('[X101] an address counts as far as one reaches', () => {
  expect(of(`https://${'x'.repeat(700)}@host`)).not.toBe(0)
  expect(of(`https://${'x'.repeat(900)}@host`)).toBe(0)
})

const hintsOf = (...keys: readonly string[]) =>
  createSecretHints(compileRules({ keys: [...keys], values: [], paths: [] }).rules)

test('[X101] names of the settings are hints too; one of fewer than three letters may be anywhere', () => {
  expect(hintsOf('zimt*').of('of Zimtstern')).not.toBe(0)
  expect(hintsOf('zimt*').of('of sugar')).toBe(0)
  expect(hintsOf('a*zimt*b').of('no zimt')).not.toBe(0)
  expect(hintsOf('zimt', 'x').of('of sugar')).not.toBe(0)
  expect(hintsOf('zä*').of('of sugar')).not.toBe(0)
  expect(hintsOf('zimt', 'x').next('of sugar', 3)).toBe(3)
  const values = compileRules({ keys: [], values: ['\\d{4}'], paths: [] }).rules
  expect(createSecretHints(values).next('of sugar', 3)).toBe(3)
})
