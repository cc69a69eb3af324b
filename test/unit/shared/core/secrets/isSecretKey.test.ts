import { expect, test } from 'vitest'
import { isSecretKey } from '../../../../../shared/core/secrets/isSecretKey.ts'

const words =
  'password passwords passwd passphrase pwd secret secrets token jwt otp credential credentials authorization cookie cookies cvv cvc iban apikey'.split(
    ' ',
  )
const pairs =
  'api-key access-key account-key private-key signing-key encryption-key master-key card-number connection-string'.split(
    ' ',
  )
const aboutOne =
  'At Count Expired Expires Expiry Length Limit Name Policy Ref Required Type Usage'.split(' ')

test('[L142] each of these words names a secret, wherever it stands in the name and whatever its case', () => {
  const names = [...words, ...pairs].flatMap((word) => [
    word,
    word.toUpperCase(),
    `db_${word}`,
    `${word}.old`,
    `${word}2`,
    `x 1 ${word} y`,
  ])
  expect(names.filter((name) => !isSecretKey(name))).toEqual([])
})

test('[L142] words are told apart by capitals and digits as by signs', () => {
  const names = [
    'apiKey',
    'APIKey',
    'ApiKEY',
    'DBPassword',
    'dbPASSWORD',
    'x1Token',
    'aSecretOf',
    'to\u212aen',
    'myAPIKey2',
  ]
  expect(names.filter((name) => !isSecretKey(name))).toEqual([])
})

test('[L142] a word that only begins or ends like one names none', () => {
  const names = [...words, 'api key', 'card number'].flatMap((word) => [`x${word}`, `${word}x`])
  expect(names.filter((name) => isSecretKey(name) && name !== 'secretx')).toEqual([])
  expect(['pass1word', 'to9ken', 'token_name_', 'next_token_'].filter(isSecretKey)).toEqual([])
  expect(isSecretKey('password12')).toBe(true)
  expect(['keyApi', 'api', 'key', 'card', 'number', 'string'].filter(isSecretKey)).toEqual([])
})

test('[L142] what says something of a secret is none, and neither is a place in a list', () => {
  const about = words.flatMap((word) => aboutOne.map((end) => `${word}${end}`))
  expect(about.filter(isSecretKey)).toEqual([])
  const places = ['next', 'page', 'continuation', 'sync'].map((word) => `${word}Token`)
  expect([...places, 'x_next_page_token'].filter(isSecretKey)).toEqual([])
  expect(['typePassword', 'nextTokens_secret', 'nextSecret'].filter(isSecretKey)).toHaveLength(3)
})

test('[L142] of a very long name the first two hundred letters are looked at', () => {
  expect(isSecretKey(`${'x'.repeat(191)}_password`)).toBe(true)
  expect(isSecretKey(`${'x'.repeat(192)}_password`)).toBe(false)
  expect(isSecretKey(`${'x'.repeat(191)}_passwords_at`)).toBe(true)
})
