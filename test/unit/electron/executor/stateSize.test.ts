import { describe, expect, test } from 'vitest'
import { createStateSize } from '../../../../electron/executor/stateSize.ts'
import { StepId } from '../../../../shared/schema/ids.ts'
import type { StepState } from '../../../../shared/schema/run.ts'
import { sampleRun } from '../../../conformance/cases/fixtures.ts'

const state: StepState = {
  status: 'succeeded',
  attempts: [],
  output: 'grüße',
  waitingOn: null,
  skippedBy: null,
}

describe('the size of a state', () => {
  test('[E47] is that of its JSON, and follows what changes', () => {
    const run = sampleRun()
    const sizeOf = createStateSize()

    const one = { ...run, steps: { [StepId.parse('a')]: state } }
    const two = { ...one, steps: { ...one.steps, b: { ...state, output: 'x'.repeat(5000) } } }

    for (const at of [run, one, two, one]) {
      const bytes = Buffer.byteLength(JSON.stringify(at))
      // One comma less than steps.
      expect(sizeOf(at) - bytes).toBeLessThanOrEqual(1)
      expect(sizeOf(at)).toBeGreaterThanOrEqual(bytes)
    }
  })
})
