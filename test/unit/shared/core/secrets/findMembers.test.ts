import { expect, test } from 'vitest'
import { endsInMember, findMembers } from '../../../../../shared/core/secrets/findMembers.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

const random = 'b7Fq2mZx9LtR4wKs8VnC'

function foundIn(text: string) {
  return findMembers(text, builtInRules).map(({ start, end }) => text.slice(start, end))
}

test.each<[string, string, readonly string[]]>([
  ['a text', '{"password":"a b"}', ['"a b"']],
  ['a number', '{"otp": -12.5e+3, "n": 1}', ['-12.5e+3']],
  [
    'a text with what is escaped in it',
    String.raw`"password":"a\"b\\","n":"c"`,
    [String.raw`"a\"b\\"`],
  ],
  [
    'all below it',
    '"credentials":{"user":"ada","pins":[1,{"a":"b"}]},"n":2',
    ['"ada"', '1', '"b"'],
  ],
  ['a key with spaces behind it', '"token" \n :  "ab"', ['"ab"']],
  ['a text that is cut', '{"password":"cut', ['"cut']],
  ['a text that ends with its line', '"password":"cut\nnext "a": "b"', ['"cut']],
  ['what is cut below it', '"credentials":{"a":"b","c":"d', ['"b"', '"d']],
  ['up to the next document', '"credentials":{"a":"b"\n{"c":"d"}', ['"b"']],
  ['two of them', '"token":"ab","x":1,"otp":"cd"', ['"ab"', '"cd"']],
  ['a key inside of one that is passed', '"credentials":{"token":"ab"},"otp":"c"', ['"ab"', '"c"']],
  ['one that looks random', `"session":"${random}"`, [`"${random}"`]],
  ['a key with what is escaped in it', String.raw`"pass\"_token":"ab"`, ['"ab"']],
])('[L142] %s is found', (_, text, found) => expect(foundIn(text)).toEqual(found))

test.each([
  ['null and booleans', '"token":null,"otp":true,"pwd":false'],
  ['what is empty', '"token":"","otp":{},"credentials":[]'],
  ['a key alone', '"password"'],
  ['a key that names none', '"user":"password"'],
  ['a number beside a name that is often one', '"session":12345678901234567890'],
  ['a word beside such a name', '"session":"of-2026-03-01-batch"'],
  ['a mask', '"password":"••••••"'],
  ['a sign alone', '"password":"-"'],
  ['no JSON', 'password: "x"'],
])('[L142] %s: there is none', (_, text) => expect(foundIn(text)).toEqual([]))

test('[L142] where it begins is where its key does, and it is written with quotes', () => {
  expect(findMembers('{"a":1, "otp":12345}', builtInRules)).toEqual([
    { start: 14, end: 19, from: 8, rule: 'key', quote: '"' },
  ])
})

test.each([
  ['of more than one line', '"credentials":{\n"user":"a",'],
  ['in a list', 'x "tokens_secret" : [\n1,'],
  ['with a text that holds brackets', '"credentials":{"a":"}]"'],
  ['behind one that is whole', '"credentials":{"a":1},"cookies":["b"'],
])('[F336] a text may end inside of a secret %s', (_, text) => {
  expect(endsInMember(text, builtInRules)).toBe(true)
})

test.each([
  ['one that is whole', '"credentials":{"user":"a"}'],
  ['a list that is whole', '"cookies":[[1],[2]]'],
  ['one that is no secret', '"user":{"name":"a"'],
  ['a text', '"password":"a'],
  ['one whose document ends', '"credentials":{"user":"a"\n{"b":1'],
  ['none', 'password = { x'],
])('[F336] it does not end inside of %s', (_, text) => {
  expect(endsInMember(text, builtInRules)).toBe(false)
})
