import { evaluateExpression } from '../../shared/core/expression/evaluateExpression.ts'
import { evaluateTemplate } from '../../shared/core/expression/evaluateTemplate.ts'
import type { Scope } from '../../shared/core/expression/scope.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { itemStep } from '../../shared/schema/itemStep.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { StepState } from '../../shared/schema/run.ts'
import type { StepDefinition } from '../../shared/schema/workflow.ts'
import { maxOutputOf } from './attemptOutput.ts'
import { runError, type AttemptResult } from './attemptResult.ts'
import type { Ledger } from './ledger.ts'

/** The record with which a `forEach` step goes over its items, or why it cannot. */
export function itemsRecord(
  step: StepId,
  forEach: NonNullable<StepDefinition['forEach']>,
  options: { readonly scope: Scope; readonly now: string },
): RecordOf<'stepWaiting'> | { readonly problem: string } {
  const given = typeof forEach === 'object' && 'items' in forEach ? forEach.items : forEach
  const found =
    typeof given === 'string'
      ? evaluateExpression(given, options.scope)
      : evaluateTemplate(given, options.scope)
  if ('problem' in found) return { problem: `\`forEach\`: ${found.problem}` }
  if (!isList(found.value)) {
    const shown = JSON.stringify(found.value).slice(0, 100)
    return { problem: `\`forEach\`: expected a list, not ${shown}.` }
  }
  if (found.value.length > mostItems)
    return {
      problem: `\`forEach\`: its list has ${found.value.length} items, more than the ${mostItems} that are taken.`,
    }
  const waitingOn = { kind: 'items', total: found.value.length, since: options.now } as const
  return { type: 'stepWaiting', step, waitingOn, items: [...found.value] }
}

/** How a step ends all of whose items have ended: a list of their outputs, or what failed. */
export function itemsResult(
  ledger: Pick<Ledger, 'step'>,
  step: StepId,
  options: {
    readonly total: number
    readonly own: Pick<StepDefinition, 'continueOnError' | 'maxOutput'>
  },
): AttemptResult {
  const items = Array.from({ length: options.total }, (_, index) => itemStep(step, index))
  const states = items.map((item) => ledger.step(item))
  const bad = items.filter((_, index) => endedBadly(states[index]))
  const [first] = bad
  if (first === undefined || options.own.continueOnError === true)
    return listed(step, states, options.own)
  const error = ledger.step(first)?.attempts.at(-1)?.error
  const why = error === null || error === undefined ? '' : `: ${error.message}`
  const message = `${bad.length} of the ${options.total} items of step ${step} did not succeed; the first is ${first}${why}`
  return { kind: 'failed', error: runError('Items', message, error?.name ?? null), exitCode: null }
}

/** `maxOutput` is about one item: their list may always be as large as any output. */
function listed(
  step: StepId,
  states: readonly (StepState | null)[],
  own: Pick<StepDefinition, 'maxOutput'>,
): AttemptResult {
  const output = states.map((state) => (state?.status === 'succeeded' ? state.output : null))
  const maxBytes = Math.max(maxOutputOf({}), maxOutputOf(own))
  let sizeBytes = 2
  for (const one of output) {
    sizeBytes += Buffer.byteLength(JSON.stringify(one)) + 1
    if (sizeBytes > maxBytes) return tooLarge(step, output.length, maxBytes)
  }
  return { kind: 'succeeded', output, exitCode: null }
}

function tooLarge(step: StepId, count: number, maxBytes: number): AttemptResult {
  const message = `Step ${step}: the list of what its ${count} items returned has more than the ${maxBytes} bytes that are kept. Let each return less, or raise the step's \`maxOutput\`. Each item keeps what it returned.`
  return { kind: 'failed', error: runError('OutputTooLarge', message), exitCode: null }
}

function endedBadly(state: StepState | null | undefined): boolean {
  return state?.status === 'failed' || state?.status === 'cancelled'
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

const mostItems = 100_000
