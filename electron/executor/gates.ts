import { evaluateTemplate } from '../../shared/core/expression/evaluateTemplate.ts'
import type { Scope } from '../../shared/core/expression/scope.ts'
import { completeValues } from '../../shared/core/form/completeValues.ts'
import { fieldsOf } from '../../shared/core/form/fieldsOf.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import type { RecordOf } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { StepState, WaitingOn } from '../../shared/schema/run.ts'
import { durationMs } from '../../shared/schema/stepMeaning.ts'
import type { Gate } from '../../shared/schema/workflow.ts'
import { momentAfter } from './momentAfter.ts'

/** What a person says at a gate. */
export type GateDecision = {
  readonly step: StepId
  readonly decision: 'approved' | 'rejected'
  /** What was filled in; of a rejection nothing is. */
  readonly values: { readonly [name: string]: Json }
  readonly by: string
  readonly reason: string | null
}

/** The record with which a gate begins to wait for a decision, or why it cannot. */
export function gateRecord(
  step: StepId,
  gate: Gate,
  options: { readonly scope: Scope; readonly now: string },
): RecordOf<'stepWaiting'> | { readonly problem: string } {
  const { scope, now } = options
  const message = textOf(gate.message, scope)
  if ('problem' in message) return { problem: `\`gate.message\`: ${message.problem}` }
  const who = textOf(gate.who, scope)
  if ('problem' in who) return { problem: `\`gate.who\`: ${who.problem}` }
  const { expires, fields } = gate
  const until = expires === undefined ? null : momentAfter(now, durationMs(expires))
  if (until === null && expires !== undefined)
    return { problem: '`gate.expires`: its moment is beyond all calendars.' }
  const waitingOn = {
    kind: 'gate',
    since: now,
    who: who.text,
    message: message.text,
    ...(fields === undefined ? {} : { fields }),
    until,
    ...(until === null ? {} : { onExpiry: gate.onExpiry ?? 'reject' }),
  } as const
  return { type: 'stepWaiting', step, waitingOn }
}

/**
 * The record of a decision. Throws `invalid-input` where the step waits for none, or not any more, or the values do not fit
 * its form.
 */
export function decisionRecord(
  run: RunId,
  { state, now }: { readonly state: StepState | null; readonly now: string },
  said: GateDecision,
): RecordOf<'gateDecided'> {
  const { step, decision, by, reason } = said
  const on = gateOf(run, step, state)
  refuseExpired(run, step, { on, now })
  const values = decision === 'approved' ? filledIn(run, on, said) : {}
  return { type: 'gateDecided', step, decision, by, values: { ...values }, reason }
}

/** What the expiry of a gate decides: with an approval, its form as its defaults fill it in. */
export function expiryRecord(
  run: RunId,
  step: StepId,
  state: StepState | null,
): RecordOf<'gateDecided'> {
  const on = gateOf(run, step, state)
  const said = { step, by: 'unstuck', values: {} } as const
  const reason = `nobody decided until ${on.until ?? 'now'}`
  if (on.onExpiry !== 'approve')
    return { type: 'gateDecided', ...said, decision: 'rejected', values: {}, reason }
  const completed = completeValues(fieldsOf(on.fields ?? {}), {})
  if (!('problems' in completed))
    return {
      type: 'gateDecided',
      ...said,
      decision: 'approved',
      values: { ...completed.values },
      reason,
    }
  const missing = completed.problems.map(({ message }) => message).join(' ')
  const why = `${reason}, and it cannot be approved without a person: ${missing}`
  return { type: 'gateDecided', ...said, decision: 'rejected', values: {}, reason: why }
}

type WaitingGate = Extract<WaitingOn, { kind: 'gate' }>

function gateOf(run: RunId, step: StepId, state: StepState | null): WaitingGate {
  if (state?.status === 'waiting' && state.waitingOn?.kind === 'gate') {
    // [B43]
    if (state.waitingOn.answeredBy !== 'program') return state.waitingOn
    throw new AppError(
      'invalid-input',
      `Step ${step} of run ${run} waits for its own program: only that program can hand the answer on. Resume the run with its command.`,
      { run, step },
    )
  }
  const is = state === null ? 'is none of its steps' : `is ${state.status}`
  throw new AppError(
    'invalid-input',
    `Step ${step} of run ${run} does not wait for a decision: it ${is}.`,
    { run, step },
  )
}

/** A deadline holds also where nobody carried the run when it passed. */
function refuseExpired(
  run: RunId,
  step: StepId,
  { on, now }: { readonly on: WaitingGate; readonly now: string },
): void {
  const { until = null } = on
  if (until === null || Date.parse(until) > Date.parse(now)) return
  const word = on.onExpiry === 'approve' ? 'approves' : 'rejects'
  throw new AppError(
    'invalid-input',
    `Step ${step} of run ${run} waited for a decision until ${until}: its expiry ${word} it, as soon as the run goes on. Resume the run where nobody carries it.`,
    { run, step, until },
  )
}

function filledIn(
  run: RunId,
  on: WaitingGate,
  { step, values }: GateDecision,
): { readonly [name: string]: Json } {
  const completed = completeValues(fieldsOf(on.fields ?? {}), values)
  if (!('problems' in completed)) return completed.values
  const { problems } = completed
  throw new AppError(
    'invalid-input',
    [
      `Step ${step} of run ${run} is not approved, nothing was recorded:`,
      ...problems.map(({ message }) => message),
    ].join('\n  '),
    { run, step, problems },
  )
}

function textOf(
  template: string | undefined,
  scope: Scope,
): { readonly text: string | null } | { readonly problem: string } {
  if (template === undefined) return { text: null }
  const found = evaluateTemplate(template, scope)
  if ('problem' in found) return found
  const { value } = found
  return { text: typeof value === 'string' ? value : JSON.stringify(value) }
}
