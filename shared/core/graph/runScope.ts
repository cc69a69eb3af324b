import type { Scope, StepView } from '../expression/scope.ts'
import type { Run, StepState } from '../../schema/run.ts'

/** What an expression sees of a step. */
export function viewOf({ status, output, attempts }: StepState): StepView {
  const error = status === 'failed' ? (attempts.at(-1)?.error ?? null) : null
  return {
    status,
    output,
    error: error === null ? null : { name: error.name, message: error.message, code: error.code },
    attempts: attempts.length,
  }
}

/** What the `output` of a workflow looks at: its run, whole. */
export function runScope(run: Run): Scope {
  const { id, workflow, inputs, variables } = run
  const views = Object.entries<StepState>(run.steps).map(
    ([step, state]) => [step, viewOf(state)] as const,
  )
  return {
    inputs,
    variables,
    run: { id, workflow: workflow.name, version: workflow.version },
    steps: Object.fromEntries(views),
  }
}
