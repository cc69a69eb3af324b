import { describe, expect, test } from 'vitest'
import { isSecretKey } from '../../../../../shared/core/secrets/isSecretKey.ts'
import { mask } from '../../../../../shared/core/secrets/isNoSecret.ts'
import { maskText, maskValue } from '../../../../../shared/core/secrets/maskSecrets.ts'

describe('keys', () => {
  test.each([
    'password',
    'dbPassword',
    'password2',
    'API_KEY',
    'apiKey',
    'APIKey',
    'apikey',
    'X-Auth-Token',
    'client_secret',
    'aws_secret_access_key',
    'Authorization',
    'Set-Cookie',
    'cardNumber',
    'connectionString',
  ])('[L142] the key %s names a secret, also in a log', (key) => {
    expect(isSecretKey(key)).toBe(true)
    expect(maskText(`set ${key}=a1 b=2`)).toBe(`set ${key}=${mask} b=2`)
  })

  test.each([
    'tokens',
    'total_tokens',
    'token_count',
    'tokenType',
    'nextPageToken',
    'passwordChangedAt',
    'secretName',
    'passed',
    'keyboard',
    'secretary',
    'orderId',
    'sessionId',
    'idempotencyKey',
    'key',
    '',
    '__proto__',
  ])('[L142] the key %j names none', (key) => expect(isSecretKey(key)).toBe(false))

  test('[L142] what stands below a secret is one', () => {
    expect(maskValue('/variables/credentials/user', '"a"')).toBe(`"${mask}"`)
    expect(maskValue('/inputs/a~1password/0', '"a"')).toBe(`"${mask}"`)
    expect(maskValue('/inputs/order/amount', '"a"')).toBe('"a"')
    expect(maskValue('', '"a"')).toBe('"a"')
  })
})

describe('JSON', () => {
  test('[L142] is masked value by value, and nothing else of it changes', () => {
    const text = '{"user":"ada","password":"p\\"w","n": {"token" : 12.5e3, "tokens": 4}}'
    expect(maskText(text)).toBe(
      `{"user":"ada","password":"${mask}","n": {"token" : "${mask}", "tokens": 4}}`,
    )
    expect(maskText('no json at all')).toBe('no json at all')
  })

  test('[L142] everything below a secret’s key is masked, and what comes after it is not', () => {
    const text =
      '{\n  "credentials": {\n    "user": "ada",\n    "pins": [1, "2}"]\n  },\n  "n": 1\n}'
    expect(maskText(text)).toBe(
      `{\n  "credentials": {\n    "user": "${mask}",\n    "pins": ["${mask}", "${mask}"]\n  },\n  "n": 1\n}`,
    )
  })

  test('[L142] that a secret is missing is shown', () => {
    const text = '{"password":null,"token":"","secret":false,"credentials":{},"cookies":[]}'
    expect(maskText(text)).toBe(text)
  })

  test('[L142] a value that is cut in the middle is masked, and the next line of JSON is its own', () => {
    expect(maskText('{"apiKey":"cut in the mid')).toBe(`{"apiKey":"${mask}"`)
    expect(maskText('{"credentials":{"user":"a\n{"seq":2,"step":"b"}')).toBe(
      `{"credentials":{"user":"${mask}"\n{"seq":2,"step":"b"}`,
    )
  })

  test('[L142] a value is masked by the pointer that it stands at', () => {
    expect(maskValue('/variables/password', '"x"')).toBe(`"${mask}"`)
    expect(maskValue('/variables/credentials', '{"user":"ada","on":true}')).toBe(
      `{"user":"${mask}","on":true}`,
    )
    expect(maskValue('/variables/login', '{"user":"ada","password":1}')).toBe(
      `{"user":"ada","password":"${mask}"}`,
    )
    expect(maskValue('/variables/password', '')).toBe('')
  })

  test('[L142] JSON inside of a text of JSON is masked too', () => {
    expect(maskText(String.raw`{"body":"{\"user\":\"ada\",\"password\":\"x y\",\"n\":1}"}`)).toBe(
      String.raw`{"body":"{\"user\":\"ada\",\"password\":\"${mask}\",\"n\":1}"}`,
    )
  })
})

describe('logs and other texts', () => {
  test.each([
    ['Authorization: Bearer abcdef1234567890', `Authorization: ${mask}`],
    ['sent Bearer abcdef1234567890, got 401', `sent Bearer ${mask}, got 401`],
    ['{"headers":["Bearer abc12345"]}', `{"headers":["Bearer ${mask}"]}`],
    ['GET https://ada:s3cret@example.org/x?page=2', `GET https://ada:${mask}@example.org/x?page=2`],
    ['postgres://app:pw@db:5432/orders refused', `postgres://app:${mask}@db:5432/orders refused`],
    ['GET /x?access_token=abc&page=2', `GET /x?access_token=${mask}&page=2`],
    ["export DB_PASSWORD='a b' PORT=80", `export DB_PASSWORD=${mask} PORT=80`],
    ['login --user ada --password hunter2 -v', `login --user ada --password ${mask} -v`],
    ['  password: correct horse', `  password: ${mask}`],
    [`pushed with ghp_${'a1'.repeat(18)}.`, `pushed with ${mask}.`],
  ])('[L142] %s', (text, masked) => expect(maskText(text)).toBe(masked))

  test.each([
    'Invalid token: expected a comma',
    'Basic knowledge, bearer of news',
    'https://example.org:8443/path@x',
    'tokens=812 amount=42.50',
    'password: null',
    'see --token-type basic and --help',
  ])('[L142] nothing is hidden in: %s', (text) => expect(maskText(text)).toBe(text))
})

test('[L142] no text takes longer than it is long', () => {
  const cut = `"password":"${'\\"x'.repeat(100_000)}`
  expect(maskText(cut)).toBe(`"password":"${mask}"`)
  for (const piece of [
    '"',
    '{',
    '-a',
    'a.',
    '\\"a',
    '"a":{',
    'x=',
    '--',
    'a://',
    'eyJ',
    ' ',
    '\n ',
  ]) {
    const text = piece.repeat(20_000)
    expect(maskText(text).length).toBeGreaterThan(0)
  }
})
