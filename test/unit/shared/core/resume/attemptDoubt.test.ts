import { expect, test } from 'vitest'
import { attemptDoubt, failureDoubt } from '../../../../../shared/core/resume/attemptDoubt.ts'
import { makeAttempt } from './makeRun.ts'

function errorOf(name: string, code: string | null = null) {
  return { name, message: 'It ended.', code, stack: null }
}

test('[S31] [S32] an attempt without an end, and one that was cancelled, did nobody knows what', () => {
  expect(attemptDoubt(makeAttempt(1))).toBe('had begun and its result is unknown')
  expect(attemptDoubt(makeAttempt(1, { outcome: 'cancelled' }))).toBe('was cancelled while it ran')
})

test('[S31] one that went well, failed by its own word, or never was leaves no doubt', () => {
  const error = errorOf('Timeout')
  expect(attemptDoubt(null)).toBeNull()
  expect(attemptDoubt(makeAttempt(1, { outcome: 'succeeded', error }))).toBeNull()
  expect(attemptDoubt(makeAttempt(1, { outcome: 'failed', exitCode: 0 }))).toBeNull()
  expect(
    attemptDoubt(makeAttempt(1, { outcome: 'failed', error: errorOf('ExitCode', '1') })),
  ).toBeNull()
  expect(attemptDoubt(makeAttempt(1, { outcome: 'failed', error }))).toBe(
    'was ended at its time limit',
  )
})

test.each([
  ['Interrupted', 'was cut off'],
  ['Timeout', 'was ended at its time limit'],
  ['Signal', 'was ended by a signal'],
  ['Network', 'got no answer'],
  ['Aborted', 'was ended before it had answered'],
  ['LeftBehind', 'was left behind while it ran'],
  ['OutOfMemory', 'ran out of memory'],
  ['NoResult', 'ended without a result'],
])('[S31] of a failure by %s it is told that it %s', (name, words) => {
  expect(failureDoubt(errorOf(name), null)).toBe(words)
  expect(failureDoubt(errorOf(name), 1)).toBe(words)
  expect(failureDoubt(errorOf(name), 0)).toBe('ended well, and its result could not be taken')
})

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])(
  '[S31] a call that never reached its service (%s) did nothing',
  (code) => {
    expect(failureDoubt(errorOf('Network', code), null)).toBeNull()
    expect(failureDoubt(errorOf('Signal', code), null)).toBe('was ended by a signal')
  },
)

test('[S31] a gateway that answers for a service does not know what that did', () => {
  expect(answered('502')).toBe('got its answer (502) from a gateway and none from the service')
  expect(answered('504')).toBe('got its answer (504) from a gateway and none from the service')
  expect([answered('503'), answered(null)]).toEqual([null, null])
})

function answered(code: string | null) {
  return failureDoubt(errorOf('HttpStatus', code), null)
}
