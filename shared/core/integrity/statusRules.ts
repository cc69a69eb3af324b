import type { IntegrityRule } from './integrityRule.ts'
import { definitionOf, stepsOf } from './stepsOf.ts'

const finished = ['completed', 'failed', 'cancelled']
const resting = [...finished, 'paused', 'pending']
const readAgain = 'Compare it with the journal, then edit the status or repair the run.'

/** What a run's status says, against what its steps say. */
export const statusRules: readonly IntegrityRule[] = [
  {
    id: 'I1',
    severity: 'error',
    remedy: readAgain,
    check: (run) => {
      if (run.status !== 'completed') return []
      return stepsOf(run)
        .filter(({ step, state }) => {
          const isPassedOver = definitionOf(run, step)?.continueOnError === true
          if (state.status === 'failed' || state.status === 'cancelled') return !isPassedOver
          return state.status !== 'succeeded' && state.status !== 'skipped'
        })
        .map(({ step, state, pointer }) => ({
          pointer: pointer('status'),
          sentence: `The run is completed, but its step ${step} is ${state.status}.`,
        }))
    },
  },
  {
    id: 'I2',
    severity: 'warning',
    remedy: 'Look at the history for what ended it.',
    check: (run) => {
      const hasFailedStep = stepsOf(run).some(({ state }) => state.status === 'failed')
      if (run.status !== 'failed' || run.error !== null || hasFailedStep) return []
      const sentence = 'The run is failed, but no step failed and no error is given.'
      return [{ pointer: '/status', sentence }]
    },
  },
  {
    id: 'I3',
    severity: 'error',
    remedy: readAgain,
    check: (run) => {
      if (!resting.includes(run.status)) return []
      return stepsOf(run)
        .filter(({ state }) => state.status === 'running')
        .map(({ step, pointer }) => ({
          pointer: pointer('status'),
          sentence: `The step ${step} is running in a run that is ${run.status}.`,
        }))
    },
  },
  {
    id: 'I4',
    severity: 'warning',
    remedy: null,
    check: (run) => {
      const isFinished = finished.includes(run.status)
      if (isFinished === (run.finishedAt !== null)) return []
      const sentence = isFinished
        ? `The run is ${run.status}, but nothing says when it ended.`
        : `The run is ${run.status}, but it has an end: ${run.finishedAt}.`
      return [{ pointer: '/finishedAt', sentence }]
    },
  },
  {
    id: 'I5',
    severity: 'error',
    remedy: 'Name the true parent, or none, by an edit.',
    check: (run) => {
      if (run.lineage?.parent !== run.id) return []
      return [{ pointer: '/lineage/parent', sentence: 'The run names itself as its parent.' }]
    },
  },
]
