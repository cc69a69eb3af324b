import {
  array,
  assert,
  constantFrom,
  integer,
  oneof,
  property,
  string,
  stringMatching,
} from 'fast-check'
import { expect, it } from 'vitest'
import { compileRules } from '../../shared/core/secrets/compileRules.ts'
import { endsInPrivateKey } from '../../shared/core/secrets/findCredentials.ts'
import { endsInMember } from '../../shared/core/secrets/findMembers.ts'
import { findSecrets } from '../../shared/core/secrets/findSecrets.ts'
import { createKnownSecrets } from '../../shared/core/secrets/knownSecrets.ts'
import { createTextStream } from '../../shared/core/secrets/redactStream.ts'
import { createSecretHints, hint, type SecretHints } from '../../shared/core/secrets/secretHints.ts'
import { replaceFound } from '../../shared/core/secrets/replaceFound.ts'
import { builtInRules, type SecretRules } from '../../shared/core/secrets/secretRules.ts'

const configured = compileRules({ keys: ['card*no', '*Zähler', 'x'], values: [], paths: [] }).rules
const known = createKnownSecrets([])
known.learn('correct-horse-9', { isNamed: true })
const ruleSets: readonly SecretRules[] = [
  builtInRules,
  configured,
  { ...builtInRules, values: [known] },
]

const name = oneof(
  constantFrom(
    ...'password dbPassword API_KEY apikey api...key2 key session sid X-Auth-Token token tokens nextToken pat path sig cvv cardNumber Connection-String to\u212aen TOKENs keyed author creditcard_no Zähler x seed2 MNEMONIC'.split(
      ' ',
    ),
  ),
  stringMatching(/^[\w-]{1,12}$/),
)
const value = oneof(
  stringMatching(/^[\w+/=.~-]{18,30}$/),
  stringMatching(/^[a-z0-9]{20,24}$/),
  stringMatching(/^ghp_\w{20,24}$/),
  stringMatching(/^eyJ[\w-]{8,12}\.[\w-]{8,12}\.[\w-]{0,4}$/),
  constantFrom(
    'hunter2',
    'correct-horse-9',
    'null',
    '{"a":[1,"b"]}',
    '-----BEGIN RSA PRIVATE KEY-----',
    'MIIEabc=',
    'sk-aaaaaaaaaaaaaaaaaaaaaaa',
    'hooks.slack.com/services/T0000/B0000/abcd',
  ),
)
const sign = constantFrom(
  '=',
  ': ',
  '": "',
  '" : ',
  '\\":\\"',
  ' ',
  "': '",
  ' Bearer ',
  '://u:',
  '://',
  '@',
  '--',
  '-----',
)
const piece = oneof(
  { arbitrary: name, weight: 4 },
  { arbitrary: value, weight: 4 },
  { arbitrary: sign, weight: 5 },
  constantFrom(
    '\n',
    '\n',
    '"',
    "'",
    '\\',
    '{',
    '}',
    '[',
    '\u001b[31m',
    '\u001b[0m',
    ' ',
    'é',
    'https',
    'ok',
    ' said ',
  ),
  string({ maxLength: 4 }),
)
const text = array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
const runs = { seed: 20261122, numRuns: 4000 }

it('[X101] what is passed over by hints is what no rule finds', () => {
  assert(
    property(text, integer({ min: 0, max: ruleSets.length - 1 }), (plain, index) => {
      const rules = ruleSets[index] ?? builtInRules
      expect(findSecrets(plain, rules)).toEqual(findSecrets(plain, rules, everywhere))
    }),
    runs,
  )
})

it('[X101] a log has the same finds line by line, whether lines are passed over or not, and wherever it is cut', () => {
  assert(
    property(
      text,
      integer({ min: 0, max: ruleSets.length - 1 }),
      integer({ min: 1, max: 90 }),
      (log, index, size) => {
        const rules = ruleSets[index] ?? builtInRules
        const whole = masked(log, { rules, size: log.length + 1, hints: everywhere })
        expect(masked(log, { rules, size, hints: createSecretHints(rules) })).toBe(whole)
      },
    ),
    runs,
  )
})

/** Passes over nothing. */
const everywhere: SecretHints = {
  of: () => Object.values(hint).reduce<number>((all, one) => all | one, 0),
  next: (_, from) => from,
}

type Masking = { readonly rules: SecretRules; readonly size: number; readonly hints: SecretHints }

function masked(log: string, { rules, size, hints }: Masking): string {
  const find = (lines: string) => findSecrets(lines, rules, hints)
  const stream = createTextStream({
    redact: (lines, line) => replaceFound(lines, find(lines), ({ rule }) => `#${line} ${rule}#`),
    next: hints.next,
    find,
    goesOn: (lines) => endsInPrivateKey(lines) || endsInMember(lines, rules),
  })
  let out = ''
  for (let at = 0; at < log.length; at += size) out += stream.push(log.slice(at, at + size))
  return out + stream.end()
}
