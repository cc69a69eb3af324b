// The words of the language: what is offered, and how each term is told back.
import { expect, test } from 'vitest'
import { completeQuery, lookAtCaret } from '../../../../../shared/core/query/completeQuery.ts'
import { queryFields } from '../../../../../shared/core/query/fields.ts'
import { readTerm } from '../../../../../shared/core/query/readTerm.ts'
import { stateNeedles } from '../../../../../shared/core/query/stateNeedles.ts'

const now = Date.parse('2026-01-10T00:00:00.000Z')
const hour = 3_600_000
const day = 24 * hour
const second = Date.UTC(2026, 0, 2)

test('[L84] each field is offered by its name, with how it is asked for and what it may be', () => {
  const offered = completeQuery('', 0, {}).map(({ label, text, caret, hint }, index) => {
    const field = queryFields[index]
    const values = completeQuery(text, caret, {}).map((one) => one.label)
    return [
      label,
      field !== undefined && 'field' in field ? field.field : '',
      text,
      hint,
      values.join(' '),
    ]
  })
  expect(offered).toEqual([
    [
      'Status',
      'status',
      'status:',
      'status:running',
      'running waiting paused failed completed cancelled pending interrupted said-to-be-running damaged old-version',
    ],
    ['Workflow', 'workflow', 'workflow:', 'workflow:…', ''],
    ['State', '', 'state:', 'state:/inputs/orderId=42', ''],
    ['In this state for', 'since', 'age>', 'age>10m', '10m 1h 24h 7d'],
    ['Step', 'step', 'step:', 'step:…', ''],
    ['Error', 'error', 'error:', 'error:…', ''],
    ['Version', 'version', 'version:', 'version:…', ''],
    [
      'Health',
      'health',
      'health:',
      'health:ok',
      'ok damaged old-version newer-version not-yet-readable part unknown empty temporary unreadable',
    ],
    ['Liveness', 'liveness', 'liveness:', 'liveness:alive', 'alive interrupted unknown none'],
    ['Severity', 'severity', 'severity:', 'severity:stuck', 'stuck attention moving resting'],
    ['Created', 'createdAt', 'created>', 'created>24h', '24h 7d 30d'],
    ['Last change', 'updatedAt', 'updated>', 'updated>24h', '24h 7d 30d'],
    ['Finished', 'finishedAt', 'finished>', 'finished>24h', '24h 7d 30d'],
    ['Duration', 'durationMs', 'duration>', 'duration>1m', '1m 10m 1h'],
    ['Attempts', 'attempts', 'attempts>', 'attempts>1', '1 3 10'],
    ['Checkpoints', 'checkpoints', 'checkpoints>', 'checkpoints>1', '1 3 10'],
    ['Size', 'sizeBytes', 'size>', 'size>1MB', '1MB 10MB'],
    ['Format', 'format', 'format:', 'format:…', ''],
    ['Owner', 'owner', 'owner:', 'owner:…', ''],
    ['Rule', 'rule', 'rule:', 'rule:…', ''],
    ['Tag', 'tag', 'tag:', 'tag:…', ''],
    ['Colour', 'colour', 'colour:', 'colour:…', ''],
    ['Has a note', 'noted', 'noted:', 'noted:yes', 'yes no'],
    ['Pinned', 'pinned', 'pinned:', 'pinned:yes', 'yes no'],
    ['Archived', 'archived', 'archived:', 'archived:yes', 'yes no'],
  ])
})

test('[L84] what is taken stands in the place of the piece at the caret, and nothing else moves', () => {
  const known = {
    tag: ['b c', 'bd', 'xb'],
    workflow: Array.from({ length: 51 }, (_, n) => `w${n}`),
  }
  const taken = (text: string, caret = text.length) =>
    completeQuery(text, caret, known).map((one) => `${one.text}|${one.caret}`)

  expect([
    taken('-PIN'),
    taken('x -pinned:Y z', 11),
    taken('pinned:no', 8),
    taken('tag:"b'),
    taken('a tag:bd,b z', 9),
    taken('tag:bd,'),
    taken('tag>b'),
    taken('attempts>=3'),
    taken('state:/a'),
    taken('none:x'),
    taken('a  b', 2).length,
    taken('workflow:').length,
    taken('rule:'),
  ]).toEqual([
    ['-pinned:|8'],
    ['x -pinned:yes z|13'],
    ['pinned:no|9'],
    ['tag:"b c"|9', 'tag:bd|6', 'tag:xb|6'],
    ['a tag:bd,"b c" z|14', 'a tag:bd,xb z|11'],
    ['tag:bd,"b c"|12', 'tag:bd,xb|9'],
    ['tag>"b c"|9', 'tag>bd|6', 'tag>xb|6'],
    ['attempts>=3|11'],
    [],
    [],
    25,
    50,
    [],
  ])
})

test('[L84] where the caret stands in no piece, a new one begins', () => {
  expect([lookAtCaret('ab cd', 3), lookAtCaret('ab cd', 4), lookAtCaret('', 0)]).toEqual([
    { from: 3, raw: '', field: null, typed: '' },
    { from: 3, raw: 'c', field: null, typed: '' },
    { from: 0, raw: '', field: null, typed: '' },
  ])
  expect(lookAtCaret('x"tag:b\nc', 9).field).toBeNull()
  expect(lookAtCaret('"tag:b c"', 9)).toMatchObject({ field: null, typed: '' })
  expect(lookAtCaret('-tag>=b', 7)).toMatchObject({ field: { key: 'tag' }, typed: 'b' })
})

test.each<[string, string, string, number | null, number | null]>([
  ['age>1h', 'more than', '1h', null, now - hour],
  ['age>=1h', 'more than', '1h', null, now - hour],
  ['age<1h', 'less than', '1h', now - hour, null],
  ['age:1h', 'less than', '1h', now - hour, null],
  ['created>1d', 'more than', '1d ago', null, now - day],
  ['created:1d', 'in the last', '1d', now - day, null],
  ['created>2026-01-02', 'after', '2026-01-02', second + day, null],
  ['created<2026-01-02', 'before', '2026-01-02', null, second - 1],
  ['created>=2026-01-02', 'from', '2026-01-02', second, null],
  ['created<=2026-01-02', 'up to', '2026-01-02', null, second + day - 1],
  ['created:2026-01-02', 'on', '2026-01-02', second, second + day - 1],
  ['created:2026-01-02T00:00Z', 'on', '2026-01-02T00:00Z', second, second],
  ['created<=2026-01-02T00:00', 'up to', '2026-01-02T00:00', null, second],
  ['size>1MB', 'more than', '1MB', 1_000_001, null],
  ['size<1MB', 'less than', '1MB', null, 999_999],
  ['size:1MB..2MB', 'from', '1MB to 2MB', 1_000_000, 2_000_000],
  ['attempts:3', 'is', '3', 3, 3],
  ['attempts>=3', 'from', '3', 3, null],
  ['attempts<=3', 'up to', '3', null, 3],
  ['duration:1m..10m', 'from', '1m to 10m', 60_000, 600_000],
])('[L82] %s is told as %s %s', (raw, relation, value, from, to) => {
  expect(readTerm(raw, now)).toMatchObject({
    kind: 'term',
    term: { relation, value, condition: { kind: 'range', from, to } },
  })
})

const words = (
  field: string,
  relation: string,
  value: string,
  values: string[],
  isNot = false,
) => ({
  relation,
  value,
  condition: { kind: 'words', field, values, isNot },
})
const state = (label: string, relation: string, value: string, more: object) => ({
  key: 'state',
  label,
  relation,
  value,
  condition: { kind: 'state', isNot: false, ...more },
})

test.each([
  ['status:failed,paused', words('status', 'is', 'failed, paused', ['failed', 'paused'])],
  ['-status:failed', words('status', 'is not', 'failed', ['failed'], true)],
  ['status:faled', words('status', 'is', 'faled', ['faled'])],
  ['health:"",ok', words('health', 'is', 'none, ok', ['', 'ok'])],
  ['workflow:""', words('workflow', 'is', 'none', [''])],
  ['WORKFLOW:"my flow",x', words('workflow', 'is', 'my flow, x', ['my flow', 'x'])],
  ['workflow:"a\nb"', words('workflow', 'is', 'a\nb', ['a\nb'])],
  [
    'pinned:Yes',
    { relation: 'is', value: 'yes', condition: { kind: 'flag', field: 'pinned', value: true } },
  ],
  ['-pinned:yes', { relation: 'is', value: 'no', condition: { kind: 'flag', value: false } }],
  ['pinned:no', { relation: 'is', value: 'no', condition: { kind: 'flag', value: false } }],
  ['-pinned:no', { relation: 'is', value: 'yes', condition: { kind: 'flag', value: true } }],
  ['state:/a=1', state('/a', 'is', '1', { path: '/a', op: 'equals', value: '1' })],
  ['-state:/a=1', state('/a', 'is not', '1', { op: 'equals', isNot: true })],
  ['state:/a~x', state('/a', 'contains', 'x', { op: 'contains', value: 'x' })],
  ['state:/a>1', state('/a', 'more than', '1', { op: 'above', value: '1' })],
  ['state:/a<1', state('/a', 'less than', '1', { op: 'below', value: '1' })],
  ['state:/a', state('State', 'has', '/a', { path: '/a', op: 'exists', value: '' })],
  ['-state:/a', state('State', 'has no', '/a', { op: 'exists', isNot: true })],
  ['state:foo', state('State', 'contains', 'foo', { path: '/**', op: 'contains', value: 'foo' })],
  ['state:a/b', state('State', 'contains', 'a/b', { path: '/**', value: 'a/b' })],
  ['state:$.a.b=1', state('$.a.b', 'is', '1', { path: '/a/b', value: '1' })],
  ['state:"/a b"=x', state('/a b', 'is', 'x', { path: '/a b', value: 'x' })],
  ['state:/a="x\ny"', state('/a', 'is', 'x\ny', { value: 'x\ny' })],
])('[L82] %j is told as it is meant', (raw, term) => {
  expect(readTerm(raw, now)).toMatchObject({ kind: 'term', term })
})

test.each([
  ['health:dmaged', 'Health is never “dmaged”. Did you mean damaged?'],
  ['severity:ok,zzzzzz', 'Severity is never “ok”. It is one of stuck, attention, moving, resting.'],
  ['-age>1h', 'age has no opposite: turn > and < round instead.'],
  ['size:x..2', '“x..2” is no bytes: size>10MB'],
  ['duration:1m..', '“1m..” is no duration: duration>10m'],
  ['age:5..6', '“5..6” is no age: age>1h'],
  ['age>2026-01-02', '“2026-01-02” is no age: age>1h'],
  ['created:1d..2d', '“1d..2d” is no time: created>2026-01-02 or 24h'],
  ['attempts>1..2', '“1..2” is no count: attempts>3'],
  ['created>', 'Say how much: created>2026-01-02 or 24h'],
  ['pinned:', 'pinned is yes or no.'],
  ['pinned:maybe', 'pinned is yes or no.'],
  ['pinned>yes', 'pinned takes “pinned:…”, not “>”.'],
  ['status>failed', 'status takes “status:…”, not “>”.'],
  ['state>1', 'state takes “state:…”, not “>”.'],
  ['state:=x', '“” is no path: /inputs/orderId'],
  ['Status:', 'Say which: status:running, waiting, paused'],
  ['worflow:x', 'There is no filter “worflow”. Did you mean workflow?'],
  ['WORFLOW:x', 'There is no filter “WORFLOW”. Did you mean workflow?'],
])('[L81] %s says what is wrong', (raw, sentence) => {
  expect(readTerm(raw, now)).toEqual({ kind: 'problem', sentence })
})

test.each([
  ['nothing:x', 'nothing:x'],
  ['http://x', 'http://x'],
  ['statu://x', 'statu://x'],
  ['statu:', 'statu:'],
  ['12:30', '12:30'],
  ['x 12status:failed', 'x 12status:failed'],
  ['"status:failed"', 'status:failed'],
  ['-etl', '-etl'],
])('[L80] %s is a word', (raw, text) => {
  expect(readTerm(raw, now)).toEqual({ kind: 'word', text })
})

test.each([
  [{ path: '/a/b', op: 'equals', value: 'x y' }, ['"a"', '"b"', 'x y']],
  [{ path: '/a', op: 'equals', value: '1.0' }, ['"a"']],
  [{ path: '/a', op: 'equals', value: 'é' }, ['"a"']],
  [{ path: '/a', op: 'contains', value: 'Ab' }, ['"a"', 'ab*']],
  [{ path: '/a', op: 'contains', value: '1' }, ['"a"', '1*']],
  [{ path: '/a', op: 'contains', value: 'a"b' }, ['"a"']],
  [{ path: '/a', op: 'above', value: 'x' }, ['"a"']],
  [{ path: '/a/*/**/3/é/b*', op: 'exists', value: '' }, ['"a"']],
  [{ path: '/3a/a3/***', op: 'exists', value: '' }, ['"3a"', '"a3"']],
] as const)('[T141] a document that fits %j has these texts', (given, texts) => {
  const condition = { kind: 'state', isNot: false, ...given } as const
  const needles = stateNeedles(condition).map(({ text, anyCase }) => text + (anyCase ? '*' : ''))
  expect(needles).toEqual(texts)
  expect(stateNeedles({ ...condition, isNot: true })).toEqual([])
})
