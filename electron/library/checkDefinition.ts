import { findProblems } from '../../shared/core/graph/findProblems.ts'
import { AppError } from '../../shared/errors.ts'
import { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { expressionProblems } from '../services/loadDefinitionExpressions.ts'
import { explainIssue } from '../services/loadDefinitionIssues.ts'
import { ruleProblems } from '../services/loadDefinitionRules.ts'

/** The definition, when it can be carried out. Throws `invalid-input` with every problem, one a line. */
export function checkDefinition(value: unknown): WorkflowDefinition {
  const parsed = WorkflowDefinition.safeParse(value)
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap((issue) => explainIssue(issue, value))
    throw invalid(issues.map(({ path, message }) => `${path.join('.')}: ${message}`))
  }
  const definition = parsed.data
  const problems = [
    ...findProblems(definition).map(({ sentence }) => sentence),
    ...ruleProblems(definition, { isFile: false }).map(({ message }) => message),
    ...expressionProblems(definition).map(({ message }) => message),
  ]
  if (problems.length > 0) throw invalid(problems)
  return definition
}

/** Throws `invalid-input` where a step names a function that the program does not have. */
export function requireFunctions(
  { name, steps }: WorkflowDefinition,
  functions: ReadonlyMap<string, unknown>,
): void {
  const missing = Object.entries(steps).flatMap(([id, step]) =>
    step.function === undefined || functions.has(step.function)
      ? []
      : [`Step ${id} of ${name} is the function ${step.function}, which was not given.`],
  )
  if (missing.length > 0) throw invalid(missing)
}

function invalid(problems: readonly string[]): AppError {
  return new AppError('invalid-input', problems.join('\n'), { problems })
}
