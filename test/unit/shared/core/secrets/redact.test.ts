import { describe, expect, test } from 'vitest'
import { compileRules } from '../../../../../shared/core/secrets/compileRules.ts'
import { recordMeanings } from '../../../../../shared/core/secrets/recordMeanings.ts'
import { createRedactor } from '../../../../../shared/core/secrets/redact.ts'
import { builtInRules } from '../../../../../shared/core/secrets/secretRules.ts'

const file = 'run.json'
const ofRun = { meanings: new Map([['', []]]) }
const esc = '\u001B'

function redactJson(text: string): string {
  return createRedactor(builtInRules).json(text, { file })
}

function redactText(text: string): string {
  return createRedactor(builtInRules).text(text, { file })
}

describe('JSON', () => {
  test('[F330] what stands under a secret’s key is taken out, and what is missing is shown', () => {
    expect(
      redactJson(
        '{"password":"hunter2-and-more","user":"ada","n": {"apiToken" : 12.50e3},"secret":null,"cookies":[],"otp":""}',
      ),
    ).toBe(
      '{"password":"«redacted:1»","user":"ada","n": {"apiToken" : "«redacted:number»"},"secret":null,"cookies":[],"otp":""}',
    )
  })

  test('[F330] so is all below it, save booleans', () => {
    expect(redactJson('{"credentials":{"user":"ada","on":true,"pins":[1,"2}"]}}')).toBe(
      '{"credentials":{"user":"«redacted»","on":true,"pins":["«redacted:number»","«redacted»"]}}',
    )
  })

  test('[F332] the same secret has the same label, wherever it stands and however it is written', () => {
    const redactor = createRedactor(builtInRules)
    const text = String.raw`{"note":"with p\u0061ss-4711/x, or pass-4711%2Fx","password":"pass-4711/x","token":"another-1"}`
    redactor.learn(text)
    expect(redactor.json(text, { file })).toBe(
      '{"note":"with «redacted:1», or «redacted:2»","password":"«redacted:1»","token":"«redacted:3»"}',
    )
    expect(redactor.text('got pass-4711/x\n', { file: 'a.log' })).toBe('got «redacted:1»\n')
  })

  test('[F333] a short secret is neither numbered nor looked for elsewhere; a number says that it was one', () => {
    const redactor = createRedactor(builtInRules)
    const text = '{"otp":"1234","token":12345678901,"at":"1234"}'
    redactor.learn(text)
    expect(redactor.json(text, { file })).toBe(
      '{"otp":"«redacted»","token":"«redacted:1:number»","at":"1234"}',
    )
  })

  test('[F334] what is no secret keeps its bytes, inside of a text too', () => {
    const text =
      String.raw`{ "a":1.0,"b\u0061":"\u00e9 ghp_${'a1'.repeat(18)} \/ \n",` + '\n "a":-0 }'
    expect(redactJson(text)).toBe(
      String.raw`{ "a":1.0,"b\u0061":"\u00e9 «redacted:1» \/ \n",` + '\n "a":-0 }',
    )
  })

  test('[F334] JSON inside of a text of JSON stays JSON', () => {
    const inner = JSON.stringify({ password: 'hunter2-and-more', pin: { token: 5 } })
    const text = redactJson(JSON.stringify({ body: JSON.stringify({ inner }) }))
    const body = JSON.parse(JSON.parse(text).body)
    expect(JSON.parse(body.inner)).toEqual({
      password: '«redacted:1»',
      pin: { token: '«redacted:number»' },
    })
  })

  test('[F330] a key that holds a secret is told without it, also in the report', () => {
    const redactor = createRedactor(builtInRules)
    const key = `AKIA${'A1'.repeat(8)}`
    expect(redactor.json(`{"${key}":{"password":"x"}}`, { file })).toBe(
      '{"«redacted:1»":{"password":"«redacted»"}}',
    )
    expect(redactor.report().rows.map(({ place }) => place)).toEqual(['/', '/«redacted»/password'])
  })

  test('[F340] a value that looks random counts beside a key that may name a secret, and nowhere else', () => {
    const random = 'b7Fq2mZx9LtR4wKs8VnC'
    expect(redactJson(`{"signing":"${random}","session":"${random}"}`)).toBe(
      `{"signing":"${random}","session":"«redacted:1»"}`,
    )
    const uuid = '0b0e8b1c-5d6f-4a3e-9c2b-1f2e3d4c5b6a'
    const named = `{"session":"${uuid}","key":"orders-2026-03-01-batch-17","idempotencyKey":"${random}"}`
    expect(redactJson(named)).toBe(named)
  })

  test('[F341] a step and a field keep what makes them one, whatever they are called', () => {
    const text = JSON.stringify({
      steps: { token: { status: 'failed', output: 'abcd-1234', error: { message: 'no token' } } },
      workflow: { definition: { inputs: { password: { type: 'string', default: 'abcd-1234' } } } },
    })
    expect(createRedactor(builtInRules).json(text, { file, native: ofRun })).toBe(
      text.replaceAll('abcd-1234', '«redacted:1»'),
    )
  })

  test('[F341] a reference to a secret is none', () => {
    const text = '{"token":"${{ inputs.token }}","password":"${DB_PASSWORD}"}'
    expect(redactJson(text)).toBe(text)
    expect(redactJson('{"token":"${{ \'abcd-1234\' }}"}')).toBe('{"token":"«redacted:1»"}')
  })
})

describe('settings', () => {
  const { rules } = compileRules({
    keys: ['customer*'],
    values: ['[A-Z]{2}\\d{4}'],
    paths: ['$.inputs.card', '/variables/*/street', '/steps/bill/output'],
  })

  test('[F338] keys, values and paths of the settings count like the built-in ones', () => {
    const redactor = createRedactor(rules)
    const text = JSON.stringify({
      id: 'AB1234',
      inputs: { card: { number: 12345678 }, CustomerName: 'Ada Lovelace' },
      variables: { home: { street: 'Elm Street 1', town: 'York' } },
      steps: { bill: { status: 'failed', output: 'sent to AB1234' } },
      error: { message: 'order CD5678 failed' },
    })
    expect(JSON.parse(redactor.json(text, { file, native: ofRun }))).toEqual({
      id: 'AB1234',
      inputs: { card: { number: '«redacted:1:number»' }, CustomerName: '«redacted:2»' },
      variables: { home: { street: '«redacted:3»', town: 'York' } },
      steps: { bill: { status: 'failed', output: '«redacted:4»' } },
      error: { message: 'order «redacted» failed' },
    })
    expect(redactor.report().rules).toEqual(
      [
        { rule: 'settings paths[0]', count: 1 },
        { rule: 'settings keys[0]', count: 1 },
        { rule: 'settings paths[1]', count: 1 },
        { rule: 'settings paths[2]', count: 1 },
        { rule: 'settings values[0]', count: 1 },
      ].toSorted((a, b) => (a.rule < b.rule ? -1 : 1)),
    )
  })

  test.each([
    [{ type: 'stepSucceeded', step: 'bill', output: 'x' }, { output: '«redacted»' }],
    [
      { type: 'variablesChanged', set: [{ name: 'home', value: { street: 'x' } }] },
      { set: [{ name: 'home', value: { street: '«redacted»' } }] },
    ],
    [
      { type: 'edited', patch: [{ op: 'replace', path: '/inputs/card', value: 'x' }] },
      { patch: [{ op: 'replace', path: '/inputs/card', value: '«redacted»' }] },
    ],
    [
      { type: 'edited', patch: [{ op: 'add', path: '/variables/credentials/user', value: 'x' }] },
      { patch: [{ op: 'add', path: '/variables/credentials/user', value: '«redacted»' }] },
    ],
    [{ type: 'variableSet', name: 'password', value: 'x' }, { value: '«redacted»' }],
    [
      { type: 'runCreated', run: { inputs: { card: 'x' } } },
      { run: { inputs: { card: '«redacted»' } } },
    ],
    [{ type: 'runResumed', inputs: { card: 'x' } }, { inputs: { card: '«redacted»' } }],
  ])('[F338] a path means the same place in a record: %j', (record, redacted) => {
    const native = { meanings: recordMeanings(record) }
    expect(
      JSON.parse(createRedactor(rules).json(JSON.stringify(record), { file, native })),
    ).toEqual({ ...record, ...redacted })
  })

  test('[F339] what cannot be used is told with its place, and its words stand in no report', () => {
    expect(
      compileRules({ keys: ['*'], values: ['(?=a)', 'a{'], paths: ['', 'a[b'] }).problems,
    ).toEqual([
      { path: '/redaction/keys/0', sentence: '`*` would hide every value there is.' },
      { path: '/redaction/paths/0', sentence: 'It is empty.' },
      {
        path: '/redaction/paths/1',
        sentence: '`a[b` is no path such as /inputs/card, $.inputs.card or $..card.',
      },
      {
        path: '/redaction/values/0',
        sentence: 'The pattern `(?=a)` cannot be used: looking ahead or behind is not supported.',
      },
    ])
  })

  test('[F339] no pattern takes longer than the text is long', () => {
    const slow = compileRules({ keys: ['*a*a*a*a*b'], values: ['(a*)*b'], paths: ['/**/**/**/b'] })
    const text = JSON.stringify({ ['a'.repeat(2000)]: 'a'.repeat(20_000), a: { a: { a: 1 } } })
    expect(createRedactor(slow.rules).json(text, { file })).toBe(text)
  })
})

describe('logs', () => {
  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'AWS key'],
    [`github_pat_${'a1_B'.repeat(10)}`, 'GitHub token'],
    [`glpat-${'x9'.repeat(10)}`, 'GitLab token'],
    ['xoxb-1234567890-abcdef', 'Slack token'],
    [`sk_live_${'aB3'.repeat(8)}`, 'Stripe key'],
    [`AIza${'a1B2c3D'.repeat(5)}`, 'Google key'],
    [`eyJhbGciOiJIUzI1NiJ9.${'eyJ'.repeat(6)}.abc-_`, 'token (JWT)'],
    [`AGE-SECRET-KEY-1${'QZ'.repeat(20)}`, 'age key'],
    [`npm_${'aB3'.repeat(12)}`, 'registry token'],
  ])('[F331] %s is known by its look', (secret, rule) => {
    const redactor = createRedactor(builtInRules)
    expect(redactor.text(`saw ${secret} here`, { file })).toBe('saw «redacted:1» here')
    expect(redactor.report().rows).toEqual([{ rule, file, place: 'line 1', count: 1 }])
  })

  test.each([
    [
      'https://ada:hunter2-x@db/x and postgres://app:pw@db',
      'https://ada:«redacted:1»@db/x and postgres://app:«redacted»@db',
    ],
    ['https://ghx0123456789abcdef@example.org', 'https://«redacted:1»@example.org'],
    [
      'https://hooks.slack.com/services/T00/B00/XXXX1234',
      'https://hooks.slack.com/services/«redacted:1»',
    ],
    ['Server=db;Password="a b c d e";Trusted=1', 'Server=db;Password=«redacted:1»;Trusted=1'],
    ['12:01 INFO token: 4f2a81bc9 ok', '12:01 INFO token: «redacted:1» ok'],
    ["{'password': 'hunter2-x', 'n': 1}", "{'password': «redacted:1», 'n': 1}"],
    ['{"level":"info","password":"hunter2-x"}', '{"level":"info","password":"«redacted:1»"}'],
  ])('[F331] %s', (text, redacted) => expect(redactText(text)).toBe(redacted))

  test('[F331] a private key goes line by line, whole or cut off', () => {
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'MIIEow/IBAAKCAQ+EA',
      'x8fj==',
      '-----END RSA PRIVATE KEY-----',
    ]
    expect(redactText(`a\n${key.join('\n')}\nb`)).toBe(
      `a\n${key[0]}\n«redacted:1»\n«redacted»\n${key[3]}\nb`,
    )
    expect(redactText(`${key[0]}\nMIIEow/IBAAKCAQ+EA`)).toBe(`${key[0]}\n«redacted:1»`)
    expect(redactJson(JSON.stringify({ pem: key.join('\n') }))).toBe(
      JSON.stringify({ pem: `${key[0]}\n«redacted:1»\n«redacted»\n${key[3]}` }),
    )
  })

  test('[F336] colours hide no secret, and stay', () => {
    expect(
      redactText(`${esc}[1mpassword${esc}[0m=${esc}[31mhunt${esc}[32mer2-x${esc}[0m done`),
    ).toBe(`${esc}[1mpassword${esc}[0m=${esc}[31m«redacted:1»${esc}[32m${esc}[0m done`)
  })

  test('[F336] a secret is found wherever the text is cut, in a line of any length', () => {
    const secret = `ghp_${'a1'.repeat(18)}`
    for (const before of [10, 262_000, 262_140, 300_000]) {
      const redactor = createRedactor(builtInRules)
      const stream = redactor.stream({ file })
      const text = `${'x '.repeat(before / 2)}${secret} end\n"credentials": {\n"user":"ada-lovelace-1"\n}\n`
      let out = ''
      for (let at = 0; at < text.length; at += 65_537)
        out += stream.push(text.slice(at, at + 65_537))
      out += stream.end()
      expect(out).toBe(
        `${'x '.repeat(before / 2)}«redacted:1» end\n"credentials": {\n"user":"«redacted:2»"\n}\n`,
      )
    }
  })

  test('[F336] a secret without an end takes the rest of its line with it, and no memory', () => {
    const stream = createRedactor(builtInRules).stream({ file })
    let out = stream.push('ok "password": "')
    for (let count = 0; count < 20; count += 1) out += stream.push('s3cret '.repeat(10_000))
    out += stream.push('"\nnext\n') + stream.end()
    expect(out).toBe('ok "password": "«redacted:1»"\nnext\n')
  })

  test('[F337] the report tells rule, file, place and count, and never what it was', () => {
    const redactor = createRedactor(builtInRules)
    redactor.json('{"a":{"password":"hunter2-x"}}', { file: 'journal', line: 3 })
    redactor.text('ok\npassword=hunter2-x token=hunter2-y\n', { file: 'a.log' })
    expect(redactor.report()).toEqual({
      total: 3,
      values: 2,
      rules: [{ rule: 'key', count: 3 }],
      rows: [
        { rule: 'key', file: 'journal', place: 'line 3 /a/password', count: 1 },
        { rule: 'key', file: 'a.log', place: 'line 2', count: 2 },
      ],
      more: 0,
    })
  })

  test('[F337] of very many places the first are told, and how many more there are', () => {
    const redactor = createRedactor(builtInRules)
    redactor.text('password=x\n'.repeat(1500), { file })
    const { total, rows, more } = redactor.report()
    expect([total, rows.length, more]).toEqual([1500, 1000, 500])
  })

  test('[F336] no text takes longer than it is long', () => {
    for (const piece of [
      "'a':'",
      '-----BEGIN PRIVATE KEY-----',
      '"credentials":{\n',
      `${esc}[`,
      'key: ',
      'a://b@',
      'sk-',
    ])
      expect(redactText(piece.repeat(5000)).length).toBeGreaterThan(0)
  })
})
