import { expect, test } from 'vitest'
import { fitsPattern } from '../../../../../shared/core/settings/fitsPattern.ts'

test('[E203] a sample is tried as an export would take it', () => {
  expect(fitsPattern('keys', 'card*', 'cardHolder')).toBe('pattern')
  expect(fitsPattern('keys', 'card*', 'password')).toBe('built-in')
  expect(fitsPattern('keys', 'card*', 'amount')).toBe('no')
  expect(fitsPattern('values', '[0-9]{4}', 'no. 4111')).toBe('pattern')
  expect(fitsPattern('values', '(', '(')).toBe('no')
  expect(fitsPattern('paths', '/inputs/*/pin', '/inputs/card/pin')).toBe('pattern')
  expect(fitsPattern('paths', '/inputs/*/pin', '/inputs/pin')).toBe('no')
})
