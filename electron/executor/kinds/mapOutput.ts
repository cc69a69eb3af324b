import { evaluateTemplate } from '../../../shared/core/expression/evaluateTemplate.ts'
import type { Scope } from '../../../shared/core/expression/scope.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import type { StepDefinition } from '../../../shared/schema/workflow.ts'
import { maxOutputOf, outputTooLarge } from '../attemptOutput.ts'
import { runError, type AttemptResult } from '../attemptResult.ts'
import { expressionError } from './templates.ts'

export type MappedAttempt = {
  readonly step: StepId
  readonly definition: StepDefinition
  readonly scope: Scope
  /** Writes what is too large for the state into the log. */
  readonly keep: (text: string) => Promise<void>
}

/** Makes the step's output of its result, as its definition says. */
export async function mapOutput(
  result: AttemptResult,
  attempt: MappedAttempt,
): Promise<AttemptResult> {
  const { step, definition, scope } = attempt
  if (result.kind !== 'succeeded' || definition.output === undefined) return result
  const { exitCode } = result
  const mapped = evaluateTemplate(definition.output, { ...scope, result: result.output })
  if ('problem' in mapped)
    return { kind: 'failed', error: expressionError(step, 'output', mapped.problem), exitCode }
  return limitOutput({ kind: 'succeeded', output: mapped.value, exitCode }, attempt)
}

/** An output that is larger than the definition allows goes into the log, and the step fails. */
export async function limitOutput(
  result: Extract<AttemptResult, { kind: 'succeeded' }>,
  { step, definition, keep }: Omit<MappedAttempt, 'scope'>,
): Promise<AttemptResult> {
  const maxBytes = maxOutputOf(definition)
  const text = JSON.stringify(result.output)
  const sizeBytes = Buffer.byteLength(text)
  if (sizeBytes <= maxBytes) return result
  const [kept] = await Promise.allSettled([keep(`${text}\n`)])
  const where = kept?.status === 'fulfilled' ? 'The log has it.' : 'It could not be kept.'
  const { name, message } = outputTooLarge('The output', { sizeBytes, maxBytes, kept: where })
  const error = runError(name, `Step ${step}: ${message}`)
  return { kind: 'failed', error, exitCode: result.exitCode }
}
