import { expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import {
  endsInPrivateKey,
  findCredentials,
} from '../../../../../shared/core/secrets/findCredentials.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

function foundIn(text: string) {
  return findCredentials(text, builtInRules).map(
    ({ start, end, rule }) => `${rule}: ${text.slice(start, end)}`,
  )
}

test.each<[string, readonly string[]]>([
  // headers
  ['sent Bearer abc12345', ['auth header: abc12345']],
  ['sent BASIC  dXNlcjpwYXNz=, ok', ['auth header: dXNlcjpwYXNz=']],
  ['"bearer a.b~c+d/e=f-1"', ['auth header: a.b~c+d/e=f-1']],
  // addresses
  ['GET https://ada:pw1@example.org/x', ['address: pw1']],
  ['git+ssh://:pw2@host', ['address: pw2']],
  ['see a://b:c:d@host', ['address: c:d']],
  ['https://abcdef0123456789@example.org', ['address: abcdef0123456789']],
  ['https://abcdefGhijklmnop@example.org', ['address: abcdefGhijklmnop']],
  // variables
  ['export DB_PASSWORD=abc PORT=80', ['key: abc']],
  ["TOKEN='a b'; X=1", ["key: 'a b'"]],
  ['Password="a b";Trusted=1', ['key: "a b"']],
  ['(Password="a b")', ['key: "a b"']],
  ['Password="a b"|x', ['key: "a b"']],
  ['/x?access_token=abc&page=2', ['key: abc']],
  ['app.db-secret=a,b', ['key: a']],
  ['sid=b7Fq2mZx9LtR4wKs8VnC', ['random value: b7Fq2mZx9LtR4wKs8VnC']],
  ["sid='b7Fq2mZx9LtR4wKs8VnC'", ["random value: 'b7Fq2mZx9LtR4wKs8VnC'"]],
  ['sid="b7Fq2mZx9LtR4wKs8VnC"', ['random value: "b7Fq2mZx9LtR4wKs8VnC"']],
  // options
  ['login --password hunter2 -v', ['key: hunter2']],
  ['--api-key  abc"', ['key: abc']],
  ['x--password hunter2 ---password hunter3', ['key: hunter3']],
  // lines of headers and of YAML
  ['password: correct horse', ['key: correct horse']],
  ['  - password: x', ['key: x']],
  ['a\n\tX-Auth-Token:  a, b', ['key: a, b']],
  ['session: b7Fq2mZx9LtR4wKs8VnC', ['random value: b7Fq2mZx9LtR4wKs8VnC']],
  // inside of a line
  ['12:01 INFO token: 4f2a81bc9 ok', ['key: 4f2a81bc9']],
  ['at 1 "token: abcd=efg', ['key: abcd=efg']],
  // as Python prints them
  ["{'password': 'a b', 'n': 1}", ["key: 'a b'"]],
  ["{'api key':'x'}", ["key: 'x'"]],
  // JSON inside of a text of JSON
  [String.raw`{\"password\":\"a b\",\"n\":1}`, ['key: a b']],
  [String.raw`\\\"otp\\\" : \\\"12\\\"`, ['key: 12']],
  [String.raw`\"otp\":\"a\nb\"`, [String.raw`key: a\nb`]],
])('[F331] of %j there is found %j', (text, found) => {
  for (const one of found) expect(foundIn(text)).toContain(one)
  expect(new Set(foundIn(text))).toEqual(new Set(found))
})

test.each([
  'Basic knowledge, bearer of news',
  'Bearer abc1234',
  'xBearer abc12345',
  'https://example.org:8443/path@x',
  'https://abcdef012345678@example.org',
  'https://abcdefghijklmnop@example.org',
  'https://example.org/a:b@c',
  'DB_PASSWORD= x',
  'DB_PASSWORD=',
  'xDB-PASSWORDS_COUNT=12',
  '--password -v',
  '--password',
  'see --token-type basic',
  'password: null',
  'password: true',
  'password: false',
  'password: {',
  'password: [a]',
  'password:',
  'password:hunter2',
  'INFO token: expected',
  'INFO token: 4f2a81b',
  'INFO tokens: 4f2a81bc9',
  "{'password': null}",
  String.raw`{\"user\":\"ada1\"}`,
  'session: of-2026-03-01-batch',
  'tokens=812',
])('[F331] in %j there is none', (text) => expect(foundIn(text)).toEqual([]))

test('[F338] a name of the settings tells in a line in which nothing else hints at a secret', () => {
  const { rules } = compileRules({ keys: ['zimt'], values: [], paths: [] })
  expect(findCredentials('ok\nzimt=abc x', rules)).toEqual([
    { start: 8, end: 11, from: 3, rule: 'settings keys[0]' },
  ])
  expect(findCredentials('zimt=abc x', builtInRules)).toEqual([])
})

test('[F331] what told it begins with its name', () => {
  expect(findCredentials('set  DB_PASSWORD=abc', builtInRules)).toEqual([
    { start: 17, end: 20, from: 5, rule: 'key' },
  ])
  expect(findCredentials('x\nGET https://a:pw@h', builtInRules)).toEqual([
    { start: 16, end: 18, from: 6, rule: 'address' },
  ])
})

test('[F331] the lines of a private key are found between its dashes, whatever it is called', () => {
  for (const kind of ['PRIVATE KEY', 'RSA PRIVATE KEY', 'PGP PRIVATE KEY BLOCK']) {
    const text = `a\n-----BEGIN ${kind}-----\nMIIE/+= \n\n  x8:j,._;@()-a\\n\n-----END ${kind}-----\nb`
    expect(foundIn(text)).toEqual(['private key: MIIE/+=', 'private key: x8:j,._;@()-a\\n'])
  }
  expect(foundIn('-----BEGIN PUBLIC KEY-----\nMIIEabc\n')).toEqual([])
  expect(foundIn('-----BEGIN PRIVATE KEY-----\nMIIEabc!not')).toEqual(['private key: MIIEabc'])
})

test('[F336] a text ends inside of a private key until its end begins', () => {
  const begin = '-----BEGIN RSA PRIVATE KEY-----'
  expect(endsInPrivateKey(`${begin}\nMII`)).toBe(true)
  expect(endsInPrivateKey(`${begin}\nMII\n-----END RSA PRIVATE KEY-----\n`)).toBe(false)
  expect(endsInPrivateKey(`${begin}\na\n-----END x-----\n${begin}\nb`)).toBe(true)
  expect(endsInPrivateKey('-----BEGIN CERTIFICATE-----\nMII')).toBe(false)
  expect(endsInPrivateKey('PRIVATE KEY')).toBe(false)
})
