import { ValueProblem } from '../../shared/core/form/valueProblem.ts'
import type { AppError } from '../../shared/errors.ts'
import { problemsByName, type FormProblems } from './formDraft.ts'

const Problems = ValueProblem.array()

/** What the host said of single values when it refused a form. */
export function refusedValues({ details }: AppError): FormProblems {
  const { data = [] } = Problems.safeParse(details['problems'])
  return problemsByName(data)
}
