import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseQuery, questionOf } from '../../../../../shared/core/query/parseQuery.ts'
import { writeTerm } from '../../../../../shared/core/query/writeTerm.ts'
import {
  rangeFields,
  RunCondition,
  stateOps,
  type WordField,
} from '../../../../../shared/schema/runCondition.ts'

const now = Date.parse('2026-03-01T12:00:00.000Z')
const hour = 3_600_000

describe('a query', () => {
  test('[L80] terms are conditions, and all that is no term is a word that is looked for', () => {
    expect(
      questionOf('etl -status:completed age>1h state:/inputs/orderId=42 "load failed"', now),
    ).toEqual({
      text: 'etl load failed',
      filter: [
        { kind: 'words', field: 'status', values: ['completed'], isNot: true },
        { kind: 'range', field: 'since', from: null, to: now - hour },
        { kind: 'state', path: '/inputs/orderId', op: 'equals', value: '42', isNot: false },
      ],
    })
  })

  test.each([
    ['status:failed,waiting', { field: 'status', values: ['failed', 'waiting'] }],
    ['workflow:"my flow",b', { field: 'workflow', values: ['my flow', 'b'] }],
    ['workflow:""', { field: 'workflow', values: [''] }],
    ['created:2026-01-02', { from: Date.UTC(2026, 0, 2), to: Date.UTC(2026, 0, 3) - 1 }],
    ['created>2026-01-02', { from: Date.UTC(2026, 0, 3), to: null }],
    ['created<2026-01-02', { from: null, to: Date.UTC(2026, 0, 2) - 1 }],
    ['created<=2026-01-02', { from: null, to: Date.UTC(2026, 0, 3) - 1 }],
    ['updated>2h', { field: 'updatedAt', from: null, to: now - 2 * hour }],
    ['updated:24h', { field: 'updatedAt', from: now - 24 * hour, to: null }],
    ['duration>10m', { field: 'durationMs', from: 600_001, to: null }],
    ['size<=2MB', { field: 'sizeBytes', from: null, to: 2_000_000 }],
    ['attempts:2..4', { field: 'attempts', from: 2, to: 4 }],
    ['pinned:yes', { kind: 'flag', field: 'pinned', value: true }],
    ['-archived:yes', { kind: 'flag', field: 'archived', value: false }],
  ])('[L80] %s', (text, condition) => {
    expect(parseQuery(text, now)).toMatchObject({ problems: [], terms: [{ condition }] })
  })

  test.each([
    ['status>failed', 'status takes “status:…”, not “>”.'],
    ['pinned>yes', 'pinned takes “pinned:…”, not “>”.'],
    ['state>/a', 'state takes “state:…”, not “>”.'],
    ['pinned:maybe', 'pinned is yes or no.'],
    ['-age>1h', 'age has no opposite: turn > and < round instead.'],
    ['workflow:', 'Say which: workflow:…'],
    ['age>', 'Say how much: age>1h'],
    ['attempts:2..x', '“2..x” is no count: attempts>3'],
    ['attempts:..', '“..” is no count: attempts>3'],
    ['created>soon', '“soon” is no time: created>2026-01-02 or 24h'],
    ['state:', 'Say what: state:/inputs/orderId=42, or a text.'],
    ['state:/a~', 'Say what: /a~…'],
    ['state:"$a b"=1', '“$a b” is no path: /inputs/orderId'],
    ['stauts:failed', 'There is no filter “stauts”. Did you mean status?'],
  ])('[L82] %s is wrong in place', (text, sentence) => {
    expect(parseQuery(text, now).problems.map((problem) => problem.sentence)).toEqual([sentence])
  })

  test.each([
    ['attempts:3', 'is', '3', { from: 3, to: 3 }],
    ['attempts>=3', 'from', '3', { from: 3, to: null }],
    ['attempts<=3', 'up to', '3', { from: null, to: 3 }],
    ['duration:1m..2m', 'from', '1m to 2m', { from: 60_000, to: 120_000 }],
    ['size:1kB..2kB', 'from', '1kB to 2kB', { from: 1000, to: 2000 }],
    ['age<1h', 'less than', '1h', { from: now - hour, to: null }],
    ['age>=1h', 'more than', '1h', { from: null, to: now - hour }],
    ['created>7d', 'more than', '7d ago', { from: null, to: now - 168 * hour }],
    [
      'created>=2026-01-02T03:04Z',
      'from',
      '2026-01-02T03:04Z',
      { from: Date.UTC(2026, 0, 2, 3, 4), to: null },
    ],
    [
      'created:2026-01-02T03:04Z',
      'on',
      '2026-01-02T03:04Z',
      { from: Date.UTC(2026, 0, 2, 3, 4), to: Date.UTC(2026, 0, 2, 3, 4) },
    ],
  ])('[L80] %s is said as “%s %s”', (text, relation, value, bounds) => {
    expect(parseQuery(text, now).terms).toMatchObject([{ relation, value, condition: bounds }])
  })

  test.each([
    ['-state:lost', 'does not contain', 'lost', 'contains'],
    ['-state:/a', 'has no', '/a', 'exists'],
    ['-state:/a=', 'is not', '“”', 'equals'],
    ['state:/a<3', 'less than', '3', 'below'],
  ])('[L81] %s is said as “%s %s”', (text, relation, value, op) => {
    expect(parseQuery(text, now).terms).toMatchObject([{ relation, value, condition: { op } }])
  })

  test.each<[RunCondition, string]>([
    [{ kind: 'flag', field: 'pinned', value: true }, 'pinned:yes'],
    [{ kind: 'flag', field: 'archived', value: false }, 'archived:no'],
    [{ kind: 'range', field: 'since', from: 0, to: null }, 'updated>=1970-01-01T00:00:00.000Z'],
    [{ kind: 'range', field: 'durationMs', from: 5, to: 7 }, 'duration>=5ms duration<=7ms'],
    [{ kind: 'range', field: 'attempts', from: null, to: 7 }, 'attempts<=7'],
  ])('[L80] %j is written as it is read', (condition, text) => {
    expect(writeTerm(condition)).toBe(text)
  })

  test.each([
    ['state:/inputs/orderId', '/inputs/orderId', 'exists', ''],
    ['state:$.inputs.items[0].id=7', '/inputs/items/0/id', 'equals', '7'],
    ['state:$..orderId=ord-7', '/**/orderId', 'equals', 'ord-7'],
    ['state:orderId=ord-7', '/**/orderId', 'equals', 'ord-7'],
    ['state:/variables/total>100', '/variables/total', 'above', '100'],
    ['state:/steps/*/output~"no route"', '/steps/*/output', 'contains', 'no route'],
    ['state:"order 42"', '/**', 'contains', 'order 42'],
    ['state:"/a=b"=1', '/a=b', 'equals', '1'],
  ])('[L81] %s asks for a place in the state, or for a text anywhere in it', (text, ...told) => {
    const [path, op, value] = told
    expect(parseQuery(text, now).terms[0]?.condition).toEqual({
      kind: 'state',
      path,
      op,
      value,
      isNot: false,
    })
  })

  test.each([
    ['statsu:failed', 'There is no filter “statsu”. Did you mean status?'],
    ['health:damagd', 'Health is never “damagd”. Did you mean damaged?'],
    ['age>soon', '“soon” is no age: age>1h'],
    ['attempts>many', '“many” is no count: attempts>3'],
    ['status:', 'Say which: status:running, waiting, paused'],
    ['pinned:maybe', 'pinned is yes or no.'],
    ['status>failed', 'status takes “status:…”, not “>”.'],
    ['-age>1h', 'age has no opposite: turn > and < round instead.'],
    ['state:a..b[=1', '“a..b[” is no path: /inputs/orderId'],
  ])('[L82] %s is left out, and what is wrong is said in place', (text, sentence) => {
    expect(parseQuery(`etl ${text}`, now)).toEqual({
      terms: [],
      words: 'etl',
      problems: [{ from: 4, to: 4 + text.length, raw: text, sentence }],
    })
  })

  test.each(['https://host/a', 'etl:7', 'load:', 'a:b:c'])(
    '[L80] %s is a word: many texts have a colon',
    (text) => expect(parseQuery(text, now)).toEqual({ terms: [], problems: [], words: text }),
  )

  test('[L83] a condition is written as a term that means it', () => {
    const text = fc.oneof(
      fc.constantFrom('a b', 'a,b', '"', '\\', 'load: <n>, "…"', 'x=1', '-'),
      fc.string({ minLength: 1, maxLength: 8 }),
    )
    const condition = fc.oneof(
      fc.record({
        kind: fc.constant('words' as const),
        field: fc.constantFrom<WordField>(
          'workflow',
          'version',
          'step',
          'error',
          'status',
          'owner',
        ),
        values: fc.array(fc.oneof(text, fc.constant('')), { minLength: 1, maxLength: 3 }),
        isNot: fc.boolean(),
      }),
      fc.record({
        kind: fc.constant('range' as const),
        field: fc.constantFrom(...rangeFields.filter((field) => field !== 'since')),
        from: fc.nat(4e9),
        to: fc.constant(null),
      }),
      fc
        .record({
          kind: fc.constant('state' as const),
          path: fc.array(text, { minLength: 1, maxLength: 3 }).map((keys) => `/${keys.join('/')}`),
          op: fc.constantFrom(...stateOps),
          value: text,
          isNot: fc.boolean(),
        })
        .map((one) => (one.op === 'exists' ? { ...one, value: '' } : one)),
    )
    fc.assert(
      fc.property(condition, (given) => {
        const asked = RunCondition.parse(given)
        expect(parseQuery(writeTerm(asked), now).terms.map((term) => term.condition)).toEqual([
          asked,
        ])
      }),
      { seed: 3, numRuns: 2000 },
    )
  })

  test('[L80] any text is read without a failure', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        for (const start of ['', 'status:', 'age>', 'state:', 'created:', '-state:$'])
          for (const condition of questionOf(start + text, now).filter)
            expect(() => RunCondition.parse(condition)).not.toThrow()
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})
