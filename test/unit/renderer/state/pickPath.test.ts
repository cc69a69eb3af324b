import { expect, test } from 'vitest'
import { pickPath } from '../../../../renderer/state/pickPath.ts'

const at = { steps: '/tasks/*', isLines: false }

test.each([
  ['status', '/a/state', at, '/a/state'],
  ['steps', '/tasks', at, '/tasks/*'],
  ['steps', '/tasks/0', at, '/tasks/*'],
  ['stepStatus', '/tasks/0/state', at, '/state'],
  ['stepStatus', '/tasks/build/1/state', at, '/state'],
  ['stepStatus', '/state', at, null],
  ['stepId', '/tasks', at, null],
  ['stepId', '/tasks/0/name', { ...at, steps: null }, null],
  ['status', '/3/state', { ...at, isLines: true }, '/state'],
] as const)(
  '[L184] for %s the place %s is the path that holds for all',
  (field, picked, where, path) => {
    expect(pickPath(field, picked, where)).toBe(path)
  },
)
