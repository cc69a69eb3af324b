import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import { pointer } from '../../schema/pointer.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { looksAtOutcomes } from '../expression/looksAtOutcomes.ts'
import { findProblems } from '../graph/findProblems.ts'
import { isDone } from '../graph/isDone.ts'
import type { IntegrityRule } from './integrityRule.ts'
import { definitionOf } from './stepsOf.ts'

/** The run's steps against the workflow that it carries. A run without a definition has nothing to contradict. */
export const definitionRules: readonly IntegrityRule[] = [
  {
    id: 'I20',
    scope: 'definition',
    sentence: 'Every step of the run is in its definition.',
    severity: 'warning',
    remedy: 'It is kept, and left out of a resume.',
    check: (run, steps) => {
      if (run.workflow.definition === null) return []
      return steps
        .filter(({ step }) => definitionOf(run, step) === undefined)
        .map(({ step, pointer: at }) => ({
          pointer: at(),
          sentence: `The step ${step} is not in the workflow's definition.`,
        }))
    },
  },
  {
    id: 'I21',
    scope: 'definition',
    sentence: 'Every defined step is in the run.',
    severity: 'warning',
    remedy: 'A resume treats it as pending; Repair adds it as such.',
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
    scope: 'definition',
    sentence:
      'The definition can be run to its end: what its steps need is there, and nothing needs itself.',
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
  {
    id: 'I53',
    scope: 'references',
    sentence: 'A step begins when all that it needs has ended.',
    severity: 'warning',
    remedy:
      'What it needs was reset alone, or records are lost. Reset the step by an edit, or set that one right by one.',
    check: (run, steps) => {
      const { definition } = run.workflow
      if (definition === null) return []
      return steps.flatMap(({ step, state, pointer: at }) => {
        const own = ownValue<StepDefinition>(definition.steps, step)
        const hasBegun = state.status === 'running' || state.status === 'succeeded'
        if (own === undefined || !hasBegun || looksBack(own)) return []
        const open = (own.needs ?? []).find((need) => isOpen(ownValue<StepState>(run.steps, need)))
        if (open === undefined) return []
        const status = ownValue<StepState>(run.steps, open)?.status ?? 'pending'
        const sentence = `The step ${step} is ${state.status}, but ${open}, which it needs, is ${status}.`
        return [{ pointer: at('status'), sentence }]
      })
    },
  },
  {
    id: 'I54',
    scope: 'definition',
    sentence: 'The run has the name and version of the definition that it carries.',
    severity: 'warning',
    remedy: 'Repair takes them from the definition that it carries.',
    check: ({ workflow: { name, version, definition } }) => {
      if (definition === null) return []
      const isSame =
        name === definition.name &&
        (definition.version === undefined || version === definition.version)
      if (isSame) return []
      const [said, carried] = [nameOf(name, version), nameOf(definition.name, definition.version)]
      const sentence = `The run is one of ${said}, but carries the definition of ${carried}.`
      return [{ pointer: pointer('workflow', 'definition'), sentence }]
    },
  },
  {
    id: 'I55',
    scope: 'definition',
    sentence: 'The digest of a definition is a SHA-256.',
    severity: 'warning',
    remedy:
      'Whether the source changed since cannot be told; a resume compares the definitions. Repair makes the digest anew.',
    check: ({ workflow: { digest } }) => {
      if (digest === null || digestPattern.test(digest)) return []
      const sentence = `The digest of the definition is none: ${digest.slice(0, 80)}`
      return [{ pointer: pointer('workflow', 'digest'), sentence }]
    },
  },
]

const digestPattern = /^sha256:[0-9a-f]{64}$/

function isOpen(state: StepState | undefined): boolean {
  return state === undefined || !isDone(state.status)
}

/** A step that looks at outcomes ran because something failed, which a resume sets back to pending. */
function looksBack({ when }: StepDefinition): boolean {
  return when !== undefined && looksAtOutcomes(when)
}

function nameOf(name: string, version: string | null | undefined): string {
  return typeof version === 'string' ? `${name} ${version}` : name
}
