import { expect, test } from 'vitest'
import { shownStatus } from '../../../../renderer/state/shownStatus.ts'

test.each([
  ['damaged', { health: 'damaged', status: 'running', liveness: 'alive' }],
  ['interrupted', { health: 'ok', status: 'running', liveness: 'interrupted' }],
  ['said-to-be-running', { health: 'ok', status: 'running', liveness: 'unknown' }],
  ['running', { health: 'ok', status: 'running', liveness: 'alive' }],
  ['failed', { health: 'ok', status: 'failed', liveness: 'none' }],
  ['unknown', { health: 'ok', status: null, liveness: 'none' }],
] as const)('a run is called %s', (word, judged) => {
  expect(shownStatus(judged)).toBe(word)
})
