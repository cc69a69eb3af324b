import { expect, test } from 'vitest'
import { awfDefinition } from '../../../../../../shared/core/formats/awf/definition/awfDefinition.ts'

test.each([
  [
    'name: a\nstates: *gone',
    'The definition cannot be resolved: Unresolved alias (the anchor must be set before the alias): gone',
  ],
  [
    `a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nstates: {}`,
    'The definition cannot be resolved: Excessive alias count indicates a resource exhaustion attack',
  ],
  ['states: [a]', 'The definition has no `states`.'],
  ['- a', 'The definition is no object.'],
])('[F43] a definition that is none has a problem and no state: %j', (text, problem) => {
  expect(awfDefinition(text)).toEqual({
    name: '',
    version: null,
    initial: '',
    inputs: [],
    states: new Map(),
    environment: [],
    problems: [problem],
  })
})

test('[F43] what a definition says of itself, and each flaw of it by name', () => {
  const text = `
version: 1.5
env: [HOME, 7, {}, ""]
inputs: [{ name: a, default: 3 }, { default: 1 }, x, { name: b }]
hooks: { start: [{ log: hi }], end: [x, { command: ls }] }
states:
  initial: gone
  a: { type: STEP, on_failure: { status: 3, message: no }, transitions: [x, { goto: b }, { when: c, goto: true }] }
  b: 7
`
  const { states, ...said } = awfDefinition(text)
  expect(said).toEqual({
    name: '',
    version: '1.5',
    initial: 'gone',
    inputs: [
      { name: 'a', default: 3n },
      { name: 'b', default: null },
    ],
    environment: ['HOME', '7'],
    problems: [
      'The definition has no state that it begins with (`states.initial`).',
      'The state b is no object.',
      'The workflow has `hooks` that run commands.',
    ],
  })
  expect(
    [...states].map(([name, { type, onFailure, transitions }]) => [
      name,
      type,
      onFailure,
      transitions,
    ]),
  ).toEqual([
    [
      'a',
      'step',
      '__inline_error_a',
      [
        { when: null, goto: 'b' },
        { when: 'c', goto: 'true' },
      ],
    ],
    ['__inline_error_a', 'terminal', null, []],
  ])
  expect(states.get('__inline_error_a')?.fields).toEqual({
    type: 'terminal',
    status: 'failure',
    exitCode: 3n,
    message: 'no',
    on_failure: null,
  })
})
