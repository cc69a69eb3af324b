import {
  anything,
  array,
  assert,
  constantFrom,
  dictionary,
  integer,
  letrec,
  oneof,
  property,
  string,
  stringMatching,
  tuple,
} from 'fast-check'
import { expect, it } from 'vitest'
import { createRedactor } from '../../shared/core/secrets/redact.ts'
import { builtInRules } from '../../shared/core/secrets/secretRules.ts'

const file = 'x'
const runs = { seed: 20260307, numRuns: 150 }

/** Ones that stand nowhere by chance. */
const secret = oneof(
  stringMatching(/^ghp_[A-Za-z0-9]{24,40}$/),
  stringMatching(/^AKIA[0-9A-Z]{16}$/),
  stringMatching(/^xoxb-[A-Za-z0-9-]{16,30}$/),
  stringMatching(/^sk_live_[A-Za-z0-9]{20,30}$/),
  stringMatching(/^eyJ[A-Za-z0-9_-]{10,20}\.[A-Za-z0-9_-]{10,20}\.[A-Za-z0-9_-]{10}$/),
)
/** Known by its key alone. */
const password = stringMatching(/^[A-Za-z]{4}[ -~]{4,20}[0-9]{3}\/"\\$/)
const word = oneof(
  constantFrom('', ' ', 'ok', 'x=1', '«', '"', '\\', '\n', 'é', '\u001b[31m', ': '),
  string({ maxLength: 6 }),
)

const { json } = letrec<{ json: unknown }>((tie) => ({
  json: oneof(
    { maxDepth: 4 },
    oneof(word, integer(), constantFrom(null, true, false)),
    array(tie('json'), { maxLength: 4 }),
    dictionary(oneof(constantFrom('a', 'steps', 'output', 'note'), word), tie('json'), {
      maxKeys: 4,
    }),
  ),
}))

it('[F330] no secret that was planted in JSON stands anywhere in what comes out, and its shape stays', () => {
  assert(
    property(json, json, secret, password, word, (before, after, known, named, around) => {
      const value = {
        before,
        inText: `${around} ${known} ${around}`,
        nested: JSON.stringify({ list: [known, { password: named }] }),
        after,
        said: `he said ${named}, twice`,
        login: { dbPassword: named },
        [`of ${known}`]: after,
      }
      const text = JSON.stringify(value)
      const redactor = createRedactor(builtInRules)
      redactor.learn(text)
      const redacted = redactor.json(text, { file })
      for (const one of [known, named, JSON.stringify(named).slice(1, -1)])
        expect(redacted + JSON.stringify(redactor.report())).not.toContain(one)
      const read = JSON.parse(redacted)
      expect(shapeOf(read)).toEqual(shapeOf(value))
      // [F335]
      expect(createRedactor(builtInRules).json(redacted, { file })).toBe(redacted)
    }),
    runs,
  )
})

it('[F334] JSON without a secret stays byte for byte', () => {
  assert(
    property(json, integer({ min: 0, max: 4 }), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(createRedactor(builtInRules).json(text, { file })).toBe(text)
    }),
    runs,
  )
})

it('[F336] [F335] a log is redacted alike wherever it is cut, and redacting it again changes nothing', () => {
  const line = tuple(array(word, { maxLength: 5 }), secret, password, array(word, { maxLength: 5 }))
  assert(
    property(
      array(line, { minLength: 1, maxLength: 6 }),
      array(integer({ min: 1, max: 60 }), { minLength: 1 }),
      (lines, cuts) => {
        const text = lines
          .map(
            ([before, known, named, after]) =>
              `${before.join('')} ${known} ${after.join('')}\npassword: ${named}\n`,
          )
          .join('')
        const whole = createRedactor(builtInRules).text(text, { file })
        for (const [, known, named] of lines) {
          expect(whole).not.toContain(known)
          expect(whole).not.toContain(named)
        }
        expect(whole.split('\n')).toHaveLength(text.split('\n').length)
        const stream = createRedactor(builtInRules).stream({ file })
        let pieces = ''
        for (let at = 0, turn = 0; at < text.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1
          pieces += stream.push(text.slice(at, at + size))
          at += size
        }
        expect(pieces + stream.end()).toBe(whole)
        expect(createRedactor(builtInRules).text(whole, { file })).toBe(whole)
      },
    ),
    runs,
  )
})

it('[F330] any text whatever is redacted without a failure, twice alike', () => {
  assert(
    property(
      oneof(
        string({ unit: 'binary', maxLength: 200 }),
        anything().map(String),
        array(oneof(word, secret), { maxLength: 8 }).map((all) => all.join('')),
      ),
      (text) => {
        const once = createRedactor(builtInRules).json(text, { file })
        expect(createRedactor(builtInRules).json(once, { file })).toBe(once)
      },
    ),
    runs,
  )
})

/** Keys may be relabelled: how many there are stays. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf)
  if (typeof value !== 'object' || value === null) return 'scalar'
  return Object.values(value).map(shapeOf)
}
