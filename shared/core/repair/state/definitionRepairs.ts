import { ownValue } from '../../../schema/json.ts'
import type { StepState } from '../../../schema/run.ts'
import type { StateRepairs } from './stateRepair.ts'

/** The run against the definition that it carries. */
export const definitionRepairs: StateRepairs = {
  I21: {
    rule: 'R68',
    confidence: 'certain',
    mend: (run, { sentence }) => {
      const defined = Object.keys(run.workflow.definition?.steps ?? {})
      const missing = defined.find(
        (step) =>
          ownValue<StepState>(run.steps, step) === undefined && sentence.includes(` step ${step},`),
      )
      if (missing === undefined) return null
      return {
        run: { ...run, steps: { ...run.steps, [missing]: pending } },
        sentence: `The step ${missing} of the definition is added as pending: nothing of it is recorded.`,
      }
    },
  },
  I54: {
    rule: 'R69',
    confidence: 'likely',
    mend: (run) => {
      const { definition, version } = run.workflow
      if (definition === null) return null
      const own = { name: definition.name, version: definition.version ?? version }
      return {
        run: { ...run, workflow: { ...run.workflow, ...own } },
        sentence: `The run is one of ${own.name}, as the definition says that it carries.`,
      }
    },
  },
  I55: {
    rule: 'R69',
    confidence: 'certain',
    mend: (run) => ({
      run: { ...run, workflow: { ...run.workflow, digest: null } },
      sentence:
        'The digest of the definition goes, because it is none: definitions are compared instead.',
    }),
  },
}

const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}
