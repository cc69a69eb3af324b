import { expect, test } from 'vitest'
import { pickPath } from '../../../../renderer/state/pickPath.ts'

const at = { steps: '/tasks/*', runs: null, isLines: false }

test.each([
  ['status', '/a/state', at, '/a/state'],
  ['steps', '/tasks', at, '/tasks/*'],
  ['steps', '/tasks/0', at, '/tasks/*'],
  ['stepStatus', '/tasks/0/state', at, '/state'],
  ['stepStatus', '/tasks/build/1/state', at, '/state'],
  ['stepStatus', '/state', at, null],
  ['stepId', '/tasks', at, null],
  ['stepId', '/tasks/0/name', { ...at, steps: null }, null],
  ['runs', '/data/items/3', at, '/data/items/*'],
  ['status', '/data/items/3/state', { ...at, runs: '/data/items/*' }, '/state'],
  ['steps', '/data/items/3/tasks/1', { ...at, runs: '/data/items/*' }, '/tasks/*'],
  ['stepStatus', '/data/items/3/tasks/1/z', { ...at, runs: '/data/items/*' }, '/z'],
  ['status', '/total', { ...at, runs: '/data/items/*' }, null],
  ['status', '/3/state', { ...at, isLines: true }, '/state'],
] as const)(
  '[L184] for %s the place %s is the path that holds for all',
  (field, picked, where, path) => {
    expect(pickPath(field, picked, where)).toBe(path)
  },
)
