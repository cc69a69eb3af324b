import { expect, test } from 'vitest'
import { recordMeanings } from '../../../../../shared/core/secrets/recordMeanings.ts'
import type { Json } from '../../../../../shared/schema/json.ts'

function meant(record: Json) {
  return Object.fromEntries([...recordMeanings(record)].filter(([at]) => at !== '/run'))
}

test('[F338] what a record of a step carries stands at the step', () => {
  expect(meant({ type: 'stepWaiting', step: 'a/b', items: [1, 'x'] })).toEqual({
    '/output': ['steps', 'a/b', 'output'],
    '/values': ['steps', 'a/b', 'output'],
    '/error': ['steps', 'a/b', 'error'],
    '/waitingOn': ['steps', 'a/b', 'waitingOn'],
    '/items/0': ['steps', 'a/b[0]', 'item'],
    '/items/1': ['steps', 'a/b[1]', 'item'],
  })
  expect(meant({ type: 'x', step: 7, items: [1] })).toEqual({})
})

test('[F338] a run, a definition, variables and patches stand where they are in the run', () => {
  expect(recordMeanings({ type: 'keyframe' }).get('/run')).toEqual([])
  expect(meant({ type: 'runResumed', definition: {} })).toEqual({ '/definition': ['workflow'] })
  expect(meant({ type: 'variableSet', name: 'a', value: 1 })).toEqual({
    '/value': ['variables', 'a'],
  })
  expect(meant({ type: 'other', name: 'a', value: 1, definition: {} })).toEqual({})
  const set = [{ name: 'a', value: 1 }, { value: 2 }]
  expect(meant({ type: 'variablesChanged', set })).toEqual({
    '/set/0/value': ['variables', 'a'],
    '/set/1/value': ['variables', ''],
  })
  const patch = [{ op: 'add', path: '/inputs/a~1b', value: 1 }, { op: 'remove' }, 'odd']
  expect(meant({ type: 'edited', patch })).toEqual({
    '/patch/0/value': ['inputs', 'a/b'],
    '/patch/1/value': [],
    '/patch/2/value': [],
  })
})

test.each<[string, Json]>([
  ['null', null],
  ['a text', 'step'],
  ['a list', [{ step: 'a' }]],
  ['an object without a type', {}],
])('[F338] %s means no more than itself', (_, record) => expect(meant(record)).toEqual({}))
