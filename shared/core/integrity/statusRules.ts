import { pointer as pointerTo } from '../../schema/pointer.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { definitionOf } from './stepsOf.ts'

const finished = ['completed', 'failed', 'cancelled']
const resting = [...finished, 'paused', 'pending']
const readAgain = 'Compare it with the journal, then edit the status or repair the run.'

/** What a run's status says, against what its steps say. */
export const statusRules: readonly IntegrityRule[] = [
  {
    id: 'I1',
    scope: 'status',
    sentence: 'A completed run has no step that is not finished.',
    severity: 'error',
    remedy: readAgain,
    check: (run, steps) => {
      if (run.status !== 'completed') return []
      return steps
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
    scope: 'status',
    sentence: 'A failed run has a failed step or an error.',
    severity: 'warning',
    remedy: 'Look at the history for what ended it; Repair takes the status from the steps.',
    check: (run, steps) => {
      const hasFailedStep = steps.some(({ state }) => state.status === 'failed')
      if (run.status !== 'failed' || run.error !== null || hasFailedStep) return []
      const sentence = 'The run is failed, but no step failed and no error is given.'
      return [{ pointer: '/status', sentence }]
    },
  },
  {
    id: 'I3',
    scope: 'status',
    sentence: 'No step runs in a run that rests.',
    severity: 'error',
    remedy: readAgain,
    check: (run, steps) => {
      if (!resting.includes(run.status)) return []
      return steps
        .filter(({ state }) => state.status === 'running')
        .map(({ step, pointer }) => ({
          pointer: pointer('status'),
          sentence: `The step ${step} is running in a run that is ${run.status}.`,
        }))
    },
  },
  {
    id: 'I4',
    scope: 'status',
    sentence: 'A run has an end exactly when it ended.',
    severity: 'warning',
    remedy: 'Repair takes it from what the steps tell.',
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
    scope: 'references',
    sentence: 'A run is not its own parent.',
    severity: 'error',
    remedy: 'Repair takes the name out; an edit names the true parent.',
    check: (run) => {
      if (run.lineage?.parent !== run.id) return []
      return [{ pointer: '/lineage/parent', sentence: 'The run names itself as its parent.' }]
    },
  },
  {
    id: 'I44',
    scope: 'status',
    sentence: 'A run that waits has a step that waits, and none that runs.',
    severity: 'error',
    remedy: readAgain,
    check: (run, steps) => {
      if (run.status !== 'waiting') return []
      const running = steps.find(({ state }) => state.status === 'running')
      const waits = steps.some(({ state }) => state.status === 'waiting')
      if (running === undefined && waits) return []
      const sentence =
        running === undefined
          ? 'The run waits, but none of its steps does.'
          : `The run waits, but its step ${running.step} is running.`
      return [{ pointer: '/status', sentence }]
    },
  },
  {
    id: 'I45',
    scope: 'times',
    sentence: 'A run that runs, waits or is completed says since when.',
    severity: 'warning',
    remedy: 'Repair takes it from what the steps tell.',
    check: (run) => {
      const hasBegun = ['running', 'waiting', 'completed'].includes(run.status)
      if (run.kind !== 'workflow' || !hasBegun || run.startedAt !== null) return []
      const sentence = `The run is ${run.status}, but nothing says when it started.`
      return [{ pointer: '/startedAt', sentence }]
    },
  },
  {
    id: 'I46',
    scope: 'status',
    sentence: 'A completed run has no error.',
    severity: 'warning',
    remedy: readAgain,
    check: (run) => {
      if (run.status !== 'completed' || run.error === null) return []
      const sentence = `The run is completed, but has an error: ${clip(run.error.message)}`
      return [{ pointer: '/error', sentence }]
    },
  },
  {
    id: 'I47',
    scope: 'references',
    sentence: 'No decision lies beyond the last record.',
    severity: 'error',
    remedy: 'Repair the run: records seem to be lost.',
    check: ({ decisions, journal }) =>
      decisions.flatMap(({ step, seq }, index) => {
        if (seq <= journal.seq) return []
        const sentence = `The decision about ${step} is record ${seq}, but the state ends at record ${journal.seq}.`
        return [{ pointer: pointerTo('decisions', index, 'seq'), sentence }]
      }),
  },
]

function clip(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
