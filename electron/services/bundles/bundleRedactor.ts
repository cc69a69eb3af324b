import type { HandlerInput } from '../../../shared/contract/contract.ts'
import { compileRules } from '../../../shared/core/secrets/compileRules.ts'
import { createRedactor, type Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'

type Input = HandlerInput<'bundle.export.plan'>

/** Null: nothing is masked. A rule of the settings that cannot be used would hide nothing: then nothing is exported. */
export function bundleRedactor(
  { settings }: ServiceContext,
  { redact, runs, documents }: Input,
): Redactor | null {
  if (!redact) return null
  const { rules, problems } = compileRules(settings.value.redaction)
  const [problem] = problems
  if (problem === undefined)
    return createRedactor(rules, [...runs, ...documents.map(({ document }) => document)])
  const message = `${problem.path} of unstuck.json cannot be used: ${problem.sentence} Mend it first: until then it hides nothing.`
  throw new AppError('invalid-input', message, { path: problem.path })
}
