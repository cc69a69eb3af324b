import { expect, test } from 'vitest'
import { repairSentence } from '../../../../../renderer/features/repair/repairSentence.ts'

test.each([
  ['1 fix; no value changes.', [true], []],
  ['2 fixes; 1 value changes.', [true, true], ['/status']],
  ['1 of 2 fixes; 2 values change.', [true, false], ['/status', '/error']],
] as const)('what would be written is said: %s', (sentence, accepted, changes) => {
  const fixes = accepted.map((isAccepted) => ({ accepted: isAccepted }))
  expect(repairSentence({ fixes, changes })).toBe(sentence)
})
