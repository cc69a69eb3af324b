import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import { isDone } from '../graph/isDone.ts'
import type { IntegrityRule } from './integrityRule.ts'

const edit =
  'Repair takes it from the rest of the step or from the journal; an edit sets it as you know it.'
const decide = 'Compare the history with the logs; an edit sets the step right, with its reason.'

/** What a step's status says, against its own attempts and marks. */
export const stepRules: readonly IntegrityRule[] = [
  {
    id: 'I9',
    scope: 'attempts',
    sentence: 'Attempts are numbered from 1 on.',
    severity: 'warning',
    remedy: decide,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        const index = state.attempts.findIndex((attempt, at) => attempt.number !== at + 1)
        const wrong = state.attempts[index]
        if (wrong === undefined) return []
        const sentence = `Attempt ${index + 1} of ${step} has the number ${wrong.number}.`
        return [{ pointer: pointer('attempts', index, 'number'), sentence }]
      }),
  },
  {
    id: 'I10',
    scope: 'attempts',
    sentence: 'A step that runs has an open attempt.',
    severity: 'error',
    remedy: edit,
    check: (_, steps) =>
      steps
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
    scope: 'status',
    sentence: 'A step is skipped exactly when something says why.',
    severity: 'warning',
    remedy: edit,
    check: (_, steps) =>
      steps
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
    scope: 'status',
    sentence: 'A step that is finished waits for nothing.',
    severity: 'error',
    remedy: edit,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        if (!isDone(state.status) || state.waitingOn === null) return []
        const sentence = `The step ${step} is ${state.status}, but still waits (${state.waitingOn.kind}).`
        return [{ pointer: pointer('waitingOn'), sentence }]
      }),
  },
  {
    id: 'I13',
    scope: 'status',
    sentence: 'A step that waits says what for.',
    severity: 'error',
    remedy: edit,
    check: (_, steps) =>
      steps
        .filter(({ state }) => state.status === 'waiting' && state.waitingOn === null)
        .map(({ step, pointer }) => ({
          pointer: pointer('waitingOn'),
          sentence: `The step ${step} waits, and nothing says what for.`,
        })),
  },
  {
    id: 'I38',
    scope: 'attempts',
    sentence: 'A step that has ended has no attempt that is open.',
    severity: 'warning',
    remedy: edit,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        const last = state.attempts.at(-1)
        const hasEnded = state.status === 'succeeded' || state.status === 'failed'
        if (!hasEnded || last === undefined || last.outcome !== null) return []
        const sentence = `The step ${step} is ${state.status}, but its attempt ${last.number} has no end.`
        return [{ pointer: pointer('attempts', state.attempts.length - 1, 'outcome'), sentence }]
      }),
  },
  {
    id: 'I39',
    scope: 'attempts',
    sentence: 'Only the last attempt of a step may be open.',
    severity: 'error',
    remedy: edit,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        const index = state.attempts.findIndex(({ outcome }) => outcome === null)
        const open = state.attempts[index]
        if (open === undefined || index === state.attempts.length - 1) return []
        const sentence = `Attempt ${open.number} of ${step} has no end, and another was made after it.`
        return [{ pointer: pointer('attempts', index, 'outcome'), sentence }]
      }),
  },
  {
    id: 'I40',
    scope: 'attempts',
    sentence: 'The last attempt of a failed step did not succeed.',
    severity: 'warning',
    remedy: decide,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        const last = state.attempts.at(-1)
        if (state.status !== 'failed' || last?.outcome !== 'succeeded') return []
        const sentence = `The step ${step} is failed, but its last attempt (${last.number}) succeeded.`
        return [{ pointer: pointer('status'), sentence }]
      }),
  },
  {
    id: 'I41',
    scope: 'attempts',
    sentence: 'An attempt has an end exactly when it has an outcome.',
    severity: 'warning',
    remedy: edit,
    check: (_, steps) =>
      steps.flatMap(({ step, state, pointer }) =>
        state.attempts.flatMap(({ number, outcome, finishedAt }, index) => {
          if ((outcome === null) === (finishedAt === null)) return []
          const sentence =
            outcome === null
              ? `Attempt ${number} of ${step} ended at ${finishedAt}, and nothing says how.`
              : `Attempt ${number} of ${step} ${outcome}, and nothing says when.`
          const key = outcome === null ? 'outcome' : 'finishedAt'
          return [{ pointer: pointer('attempts', index, key), sentence }]
        }),
      ),
  },
  {
    id: 'I42',
    scope: 'references',
    sentence: 'An item belongs to a step of the run.',
    severity: 'warning',
    remedy: 'It is kept, and left out of a resume.',
    check: (run, steps) =>
      steps.flatMap(({ step, pointer }) => {
        const parent = itemParent(step)
        if (parent === null || ownValue<StepState>(run.steps, parent.step) !== undefined) return []
        const sentence = `${step} is an item of ${parent.step}, which is no step of the run.`
        return [{ pointer: pointer(), sentence }]
      }),
  },
  {
    id: 'I43',
    scope: 'references',
    sentence: 'A step that waits for its items has all of them.',
    severity: 'error',
    remedy: 'Rebuild the run from its journal, or reset the step: it makes its items anew.',
    check: (run, steps) =>
      steps.flatMap(({ step, state, pointer }) => {
        const on = state.waitingOn
        if (on?.kind !== 'items') return []
        for (let index = 0; index < Math.min(on.total, steps.length); index += 1)
          if (ownValue<StepState>(run.steps, `${step}[${index}]`) === undefined) {
            const sentence = `The step ${step} waits for ${on.total} items, but item ${index} is not there.`
            return [{ pointer: pointer('waitingOn', 'total'), sentence }]
          }
        return []
      }),
  },
]
