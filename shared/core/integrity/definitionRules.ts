import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import { pointer } from '../../schema/pointer.ts'
import { findProblems } from '../graph/findProblems.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { definitionOf, stepsOf } from './stepsOf.ts'

/** The run's steps against the workflow that it carries. A run without a definition has nothing to contradict. */
export const definitionRules: readonly IntegrityRule[] = [
  {
    id: 'I20',
    severity: 'warning',
    remedy: 'It is kept, and left out of a resume.',
    check: (run) => {
      if (run.workflow.definition === null) return []
      return stepsOf(run)
        .filter(({ step }) => definitionOf(run, step) === undefined)
        .map(({ step, pointer: at }) => ({
          pointer: at(),
          sentence: `The step ${step} is not in the workflow's definition.`,
        }))
    },
  },
  {
    id: 'I21',
    severity: 'warning',
    remedy: 'A resume treats it as pending.',
    check: (run) =>
      Object.keys(run.workflow.definition?.steps ?? {})
        .filter((step) => ownValue<StepState>(run.steps, step) === undefined)
        .map((step) => ({
          pointer: '/steps',
          sentence: `The definition has a step ${step}, of which the run says nothing.`,
        })),
  },
  {
    id: 'I22',
    severity: 'error',
    remedy: 'Correct the definition and resume with it.',
    check: ({ workflow: { definition } }) =>
      definition === null
        ? []
        : findProblems(definition).map(({ step, sentence }) => ({
            pointer: pointer('workflow', 'definition', 'steps', step, 'needs'),
            sentence,
          })),
  },
]
