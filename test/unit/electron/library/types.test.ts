import { expect, test } from 'vitest'
import { typedSteps } from '../../../types/stepTypes.ts'

test('[B27] what a step gets and leaves is typed by what was defined before it', () => {
  // The compiler checks what stands in it; it is not called.
  expect(typedSteps).toBeTypeOf('function')
})
