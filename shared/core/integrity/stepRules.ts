import { isDone } from '../graph/isDone.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { stepsOf } from './stepsOf.ts'

const edit = 'Set the step right by an edit, or rebuild the run from its journal.'

/** What a step's status says, against its own attempts and marks. */
export const stepRules: readonly IntegrityRule[] = [
  {
    id: 'I9',
    severity: 'warning',
    remedy: edit,
    check: (run) =>
      stepsOf(run).flatMap(({ step, state, pointer }) => {
        const index = state.attempts.findIndex((attempt, at) => attempt.number !== at + 1)
        const wrong = state.attempts[index]
        if (wrong === undefined) return []
        const sentence = `Attempt ${index + 1} of ${step} has the number ${wrong.number}.`
        return [{ pointer: pointer('attempts', index, 'number'), sentence }]
      }),
  },
  {
    id: 'I10',
    severity: 'error',
    remedy: edit,
    check: (run) =>
      stepsOf(run)
        .filter(
          ({ state }) => state.status === 'running' && state.attempts.at(-1)?.outcome !== null,
        )
        .map(({ step, pointer }) => ({
          pointer: pointer('attempts'),
          sentence: `The step ${step} is running, but has no attempt that is open.`,
        })),
  },
  {
    id: 'I11',
    severity: 'warning',
    remedy: edit,
    check: (run) =>
      stepsOf(run)
        .filter(({ state }) => (state.status === 'skipped') !== (state.skippedBy !== null))
        .map(({ step, state, pointer }) => ({
          pointer: pointer('skippedBy'),
          sentence:
            state.skippedBy === null
              ? `The step ${step} was skipped, and nothing says why.`
              : `The step ${step} is ${state.status}, but is marked as skipped by ${state.skippedBy}.`,
        })),
  },
  {
    id: 'I12',
    severity: 'error',
    remedy: edit,
    check: (run) =>
      stepsOf(run).flatMap(({ step, state, pointer }) => {
        if (!isDone(state.status) || state.waitingOn === null) return []
        const sentence = `The step ${step} is ${state.status}, but still waits (${state.waitingOn.kind}).`
        return [{ pointer: pointer('waitingOn'), sentence }]
      }),
  },
  {
    id: 'I13',
    severity: 'error',
    remedy: edit,
    check: (run) =>
      stepsOf(run)
        .filter(({ state }) => state.status === 'waiting' && state.waitingOn === null)
        .map(({ step, pointer }) => ({
          pointer: pointer('waitingOn'),
          sentence: `The step ${step} waits, and nothing says what for.`,
        })),
  },
]
