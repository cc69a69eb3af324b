import { describe, expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import { recordMeanings } from '../../../../../shared/core/secrets/recordMeanings.ts'
import { createRedactor } from '../../../../../shared/core/secrets/redact.ts'
import { builtInRules, type SecretRules } from '../../../../../shared/core/secrets/secretRules.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

const file = 'run.json'
const ofRun = { meanings: new Map([['', []]]) }
const { rules } = compileRules({ keys: [], values: ['[A-Z]{2}\\d{4}'], paths: [] })

type Options = {
  readonly rules?: SecretRules
  /** Of a run, or of a record. */
  readonly native?: { readonly meanings: ReadonlyMap<string, readonly string[]> }
}

function redact(value: Json, { rules: used = builtInRules, native }: Options = {}): Json {
  const text = JSON.stringify(value)
  const options = native === undefined ? { file } : { file, native }
  return JSON.parse(createRedactor(used).json(text, options))
}

/** Where something was taken out. */
function places(value: Json, used: SecretRules = builtInRules): readonly string[] {
  const redactor = createRedactor(used)
  redactor.json(JSON.stringify(value), { file })
  return redactor.report().rows.map(({ place }) => place)
}

const kept = 'AB1234'
const gone = '«redacted»'

const run = (word: string): Json => ({
  inputs: { id: word },
  variables: { status: word, deep: { type: word } },
  workflow: { definition: { version: word, steps: { a: { type: word } } } },
  steps: { a: { output: { id: word }, item: { step: word }, other: { note: word } } },
  error: { message: `of ${word}` },
})

const step = (word: string): Json => ({
  output: word,
  item: word,
  other: 'abcd-1234',
  attempts: [{ output: 'abcd-1234' }],
})

describe('what makes a run a run', () => {
  test('[F341] ids, times and words of the format stay whatever a pattern of values says', () => {
    const told: Json = {
      id: kept,
      status: kept,
      createdAt: kept,
      steps: { [kept]: { status: kept, attempts: [{ startedAt: kept, outcome: kept }] } },
      workflow: { digest: kept, version: kept },
    }
    expect(redact(told, { rules, native: ofRun })).toEqual(told)
    expect(redact({ steps: { a: { id: kept } } }, { rules })).toEqual({
      steps: { a: { id: gone } },
    })
  })

  test('[F341] under the same names, what a workflow or a person wrote is not kept', () => {
    expect(redact(run(kept), { rules, native: ofRun })).toEqual(run(gone))
  })

  test('[F341] names of steps stay, other keys and what JSON inside of a text says do not', () => {
    expect(
      redact({ steps: { [kept]: {} }, variables: { [kept]: 1 } }, { rules, native: ofRun }),
    ).toEqual({
      steps: { [kept]: {} },
      variables: { [gone]: 1 },
    })
    expect(redact({ steps: { [kept]: {} } }, { rules })).toEqual({ steps: { [gone]: {} } })
    expect(redact({ note: JSON.stringify({ id: kept }) }, { rules, native: ofRun })).toEqual({
      note: JSON.stringify({ id: gone }),
    })
  })

  test('[F341] a step whose name names a secret is none, what it returns and is about are', () => {
    expect(redact({ steps: { token: step('abcd-1234') } })).toEqual({
      steps: { token: step('«redacted:1»') },
    })
    expect(redact({ steps: { token: ['abcd-1234'] } })).toEqual({ steps: { token: ['abcd-1234'] } })
    expect(redact({ steps: { token: 'abcd-1234' } })).toEqual({ steps: { token: '«redacted:1»' } })
  })

  test.each(['string', 'text', 'integer', 'number', 'boolean', 'choice', 'date', 'json'])(
    '[F341] a field of type %s keeps what declares it, not its default',
    (type) => {
      const field = (word: string): Json => ({ label: 'Yours', type, default: word })
      expect(redact({ inputs: { password: field('abcd-1234') } })).toEqual({
        inputs: { password: field('«redacted:1»') },
      })
    },
  )

  test('[F341] what is no field, and a field below a secret, is taken out whole', () => {
    expect(redact({ password: { type: 'other', default: 'abcd-1234' } })).toEqual({
      password: { type: gone, default: '«redacted:1»' },
    })
    expect(redact({ password: { of: { type: 'string' }, default: 'abcd-1234' } })).toEqual({
      password: { of: { type: gone }, default: '«redacted:1»' },
    })
    expect(redact({ credentials: { pin: { type: 'string', default: 'abcd-1234' } } })).toEqual({
      credentials: { pin: { type: gone, default: '«redacted:1»' } },
    })
    expect(redact({ user: { type: 'string', default: 'abcd-1234' } })).toEqual({
      user: { type: 'string', default: 'abcd-1234' },
    })
  })
})

const asRecord = (record: Json) => redact(record, { native: { meanings: recordMeanings(record) } })

const edited = (value: Json, path: string): Json => ({
  type: 'edited',
  patch: [{ op: 'add', path, value }],
})

describe('places', () => {
  test('[F337] items are told by where they stand, behind numbers too', () => {
    const list: Json = [1, true, [2], 'x', { password: 'a' }, null, { otp: [1, 22] }]
    expect(places(list)).toEqual(['/4/password', '/6/otp/0', '/6/otp/1'])
    expect(places({ a: [{ b: 1 }, 7, { 'c/d': { token: 'x' } }] })).toEqual(['/a/2/c~1d/token'])
  })

  test('[F338] a path leads to numbers in lists as to anything else', () => {
    const ofPath = compileRules({ keys: [], values: [], paths: ['/list/1', '/deep/*/0'] }).rules
    const value: Json = { list: [11, 22, 33], deep: [[1, 2], [3]] }
    expect(redact(value, { rules: ofPath })).toEqual({
      list: [11, '«redacted:number»', 33],
      deep: [['«redacted:number»', 2], ['«redacted:number»']],
    })
    expect(places(value, ofPath)).toEqual(['/list/1', '/deep/0/0', '/deep/1/0'])
  })

  test('[F338] items that a record brings are those of the step, and a patch means the place it changes', () => {
    const waiting = { type: 'stepWaiting', step: 'token', items: [12, 'abcd-1234'] }
    expect(asRecord(waiting)).toEqual({
      ...waiting,
      items: ['«redacted:number»', '«redacted:1»'],
    })
    for (const same of [
      edited({ status: 'failed' }, '/steps/token'),
      edited('failed', '/steps/token/status'),
    ])
      expect(asRecord(same)).toEqual(same)
    expect(asRecord(edited('abcd-1234', '/steps/token/output'))).toEqual(
      edited('«redacted:1»', '/steps/token/output'),
    )
  })
})

function afterLearning(value: Json, meanings?: ReadonlyMap<string, readonly string[]>) {
  const redactor = createRedactor(builtInRules)
  redactor.learn(JSON.stringify(value), meanings === undefined ? {} : { native: { meanings } })
  return redactor.text('got pass-4711', { file })
}

describe('secrets that stand elsewhere too', () => {
  test('[F332] are those whose own key, place or look says that they are secret', () => {
    const found = 'got «redacted:1»'
    expect(afterLearning({ password: 'pass-4711' })).toBe(found)
    expect(afterLearning({ note: 'with token=pass-4711' })).toBe(found)
    expect(afterLearning({ 'set password=pass-4711': {} })).toBe(found)
    expect(afterLearning('pass-4711', new Map([['', ['variables', 'password']]]))).toBe(found)
  })

  test('[F332] and not those that only stand below one', () => {
    expect(afterLearning({ credentials: { user: 'pass-4711' } })).toBe('got pass-4711')
    expect(afterLearning({ user: 'pass-4711' })).toBe('got pass-4711')
    expect(afterLearning('pass-4711', new Map([['', ['variables', 'user']]]))).toBe('got pass-4711')
  })
})

test('[F330] a text of JSON is looked into three times, and what is deeper is read as any text', () => {
  const wrapped = (value: Json, times: number): Json =>
    times === 0 ? value : { in: JSON.stringify(wrapped(value, times - 1)) }
  for (const times of [1, 2, 3, 4]) {
    const text = JSON.stringify(redact(wrapped({ password: 'pass-4711', n: 1 }, times)))
    expect(text).not.toContain('pass-4711')
    expect(text).toContain('«redacted:1»')
  }
  expect(redact({ note: ` [1, {"otp": 12345678}]` })).toEqual({
    note: ` [1, {"otp": "«redacted:1:number»"}]`,
  })
  expect(redact({ note: 'x {"user":"a"}' })).toEqual({ note: 'x {"user":"a"}' })
})
