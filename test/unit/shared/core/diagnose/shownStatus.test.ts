import { expect, test } from 'vitest'
import { claimedStatus, shownStatus } from '../../../../../shared/core/diagnose/shownStatus.ts'

test.each([
  ['damaged', { health: 'damaged', status: 'running', liveness: 'alive' }],
  ['interrupted', { health: 'ok', status: 'running', liveness: 'interrupted' }],
  ['interrupted', { health: 'ok', status: 'waiting', liveness: 'interrupted' }],
  ['said-to-be-running', { health: 'ok', status: 'waiting', liveness: 'unknown' }],
  ['paused', { health: 'ok', status: 'paused', liveness: 'interrupted' }],
  ['failed', { health: 'ok', status: 'failed', liveness: 'unknown' }],
  ['damaged', { health: 'damaged', status: null, liveness: 'none', format: 'Workflow definition' }],
  ['said-to-be-running', { health: 'ok', status: 'running', liveness: 'unknown' }],
  ['running', { health: 'ok', status: 'running', liveness: 'alive' }],
  ['failed', { health: 'ok', status: 'failed', liveness: 'none' }],
  ['part', { health: 'part', status: null, liveness: 'none', format: 'AWF state' }],
  ['definition', { health: 'part', status: null, liveness: 'none', format: 'Workflow definition' }],
  ['unknown', { health: 'ok', status: null, liveness: 'none' }],
] as const)('a run is called %s', (word, judged) => {
  expect(shownStatus(judged)).toBe(word)
})

test.each([
  ['running', { status: 'running', liveness: 'alive' }],
  ['said to be running', { status: 'running', liveness: 'interrupted' }],
  ['said to be waiting', { status: 'waiting', liveness: 'unknown' }],
  ['paused', { status: 'paused', liveness: 'none' }],
] as const)('a run claims to be %s', (words, judged) => {
  expect(claimedStatus(judged)).toBe(words)
})
