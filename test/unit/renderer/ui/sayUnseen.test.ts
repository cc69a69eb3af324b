import { expect, test } from 'vitest'
import { sayUnseen } from '../../../../renderer/ui/sayUnseen.ts'

test('[L236] what nobody sees in a field is said by its label, with what stands before it', () => {
  const texts = [
    'A-1042',
    'A-10\u200b42',
    '\u202eA',
    '{\n\u00a0"a": 1}',
    'a\u200bb\u200bc\u200bd\u200be',
  ]
  expect(texts.map(sayUnseen)).toEqual([
    null,
    'Characters that nobody sees: ⟨ZWSP⟩ behind “A-10”.',
    'Characters that nobody sees: ⟨RLO⟩ at the beginning.',
    'Characters that nobody sees: ⟨NBSP⟩ at the beginning of a line.',
    'Characters that nobody sees: ⟨ZWSP⟩ behind “a”, ⟨ZWSP⟩ behind “b”, ⟨ZWSP⟩ behind “c”, and in 1 more place.',
  ])
})
