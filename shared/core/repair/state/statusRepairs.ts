import type { Run } from '../../../schema/run.ts'
import { earliest, stepTimes } from './parts.ts'
import { endOf, finished, statusOf, withStatus } from './statusOf.ts'
import type { Mended, StateRepair, StateRepairs } from './stateRepair.ts'

/** [R61] */
const fromSteps: StateRepair = {
  rule: 'R61',
  confidence: 'likely',
  mend: (run) => {
    const { status, why } = statusOf(run)
    if (status === run.status) return null
    const sentence = `The run is set from ${run.status} to ${status}, because ${why}.`
    return { run: withStatus(run, status), sentence }
  },
}

/** The status of the run and its times, taken from what its steps say. */
export const statusRepairs: StateRepairs = {
  I1: fromSteps,
  I2: fromSteps,
  I3: fromSteps,
  I44: fromSteps,
  I46: {
    rule: 'R61',
    confidence: 'likely',
    mend: (run) => ({
      run: { ...run, error: null },
      sentence:
        'The error of the run goes, because the run is completed and all its steps ended well.',
    }),
  },
  I4: { rule: 'R62', confidence: 'likely', mend: mendEnd },
  I45: {
    rule: 'R62',
    confidence: 'likely',
    mend: (run) => {
      const startedAt = earliest(stepTimes(run)) ?? run.createdAt
      const sentence = `The run starts at ${startedAt}: nothing of it is known to be earlier.`
      return { run: { ...run, startedAt }, sentence }
    },
  },
}

function mendEnd(run: Run): Mended {
  if (!finished.has(run.status))
    return {
      run: { ...run, finishedAt: null },
      sentence: `The end of the run goes, because it is ${run.status}.`,
    }
  const finishedAt = endOf(run)
  const sentence = `The run ends at ${finishedAt}: the last time that its steps, or the run itself, tell.`
  return { run: { ...run, finishedAt }, sentence }
}
