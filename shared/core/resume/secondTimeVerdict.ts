import { ownValue } from '../../schema/json.ts'
import { attemptDoubt } from './attemptDoubt.ts'
import { stateOf } from './itemsOf.ts'
import type { ResumeInput } from './resumeInput.ts'
import { hasOpenAttempt, mayHaveEffects, type StepCase } from './stepCase.ts'
import type { Verdict } from './verdict.ts'

/** In a fork: a step that the original run had begun, or ran later, runs a second time. Null when it did neither. */
export function secondTimeVerdict(input: ResumeInput, found: StepCase): Verdict | null {
  const { step, state, trace } = found
  if (state.status === 'skipped' && state.skippedBy === 'person') return null
  if (hasOpenAttempt(found)) {
    if (trace.kind === 'neverBegan' && input.isLatest) return null
    const began = `${step} had begun in the original run${endOf(found, input)}`
    return again(found, { rule: 'S15', began })
  }
  if (state.status === 'waiting' && state.waitingOn?.kind === 'run') {
    const began = `${step} had begun the run ${state.waitingOn.run} in the original run${endOf(found, input)}`
    return again(found, { rule: 'S15', began })
  }
  const ended = endedRunVerdict(input, found)
  if (ended !== null) return ended
  if (input.isLatest || input.from === null) return null
  if (!isKnownLater(input, found)) {
    if (!mayHaveEffects(found)) return null
    return again(found, { rule: 'S16', began: `${step} may have run after this checkpoint` })
  }
  if (!hasRunSince(found)) return null
  const outcome = found.later?.attempts.at(-1)?.outcome ?? null
  const what = outcome === null ? 'began' : `ran (${outcome})`
  const began = `${step} ${what} after this checkpoint in the original run`
  return again(found, { rule: 'S16', began })
}

/** [S51] A run of its own that had ended badly has done what succeeded in it; a fork would begin another one. */
function endedRunVerdict(input: ResumeInput, found: StepCase): Verdict | null {
  const { step, state } = found
  const child = ownValue(input.children ?? {}, step)
  if (child === undefined || (state.status !== 'failed' && state.status !== 'cancelled'))
    return null
  const began = `${step} had begun the run ${child.run} in the original run (${state.status} there)`
  return again(found, { rule: 'S15', began })
}

/** [S52] Under another name, or as an item that went, it may have run: nothing tells. */
function isKnownLater({ run, latest }: ResumeInput, { step, later }: StepCase): boolean {
  if (latest === undefined || latest === null) return false
  return later !== null || stateOf(run, step) === null
}

/** A step of items, or of a run of its own, has an attempt only at its end; what a person said happened has none. */
function hasRunSince({ state, later }: StepCase): boolean {
  if (later === null) return false
  const last = later.attempts.at(-1)
  const isNewer = last !== undefined && last.startedAt !== state.attempts.at(-1)?.startedAt
  if (isNewer || later.status === 'succeeded') return true
  const on = later.status === 'waiting' ? later.waitingOn?.kind : undefined
  return (on === 'items' || on === 'run') && state.waitingOn?.kind !== on
}

function again(found: StepCase, why: { readonly rule: string; readonly began: string }): Verdict {
  const { rule, began } = why
  if (!mayHaveEffects(found)) {
    const reason = `${began}: in the fork it runs a second time, which its definition allows.`
    return { action: 'run', rule, reason }
  }
  if (found.later?.status === 'succeeded') {
    const reason = `${began}: its result there is reused, unless you say otherwise.`
    const byDefault = { kind: 'reuse' } as const
    return { action: 'reuse', rule: 'S35', reason, isOpenToDecision: true, byDefault }
  }
  if (toldItself(found)) {
    return { action: 'run', rule, reason: `${began}, and told so itself: in the fork it runs.` }
  }
  const reason = `${began}: in the fork it would run a second time. Say what is to be done.`
  return { action: 'ask', rule, reason, isOpenToDecision: true }
}

/** It failed, and knew it: as in the same run, it may be tried again. What is made of parts may have done some of them. */
function toldItself({ later, definition, parent }: StepCase): boolean {
  const hasItems = definition?.forEach !== undefined && parent === null
  if (hasItems || definition?.workflow !== undefined) return false
  const last = later?.attempts.at(-1) ?? null
  return later?.status === 'failed' && last?.outcome === 'failed' && attemptDoubt(last) === null
}

function endOf({ trace, later }: StepCase, { isLatest }: ResumeInput): string {
  const outcome = later?.attempts.at(-1)?.outcome ?? null
  if (outcome !== null) return ` and ${outcome} there`
  if (!isLatest) return ''
  if (trace.kind === 'finished') return ' and has finished there'
  return trace.kind === 'alive' ? ' and still runs there' : ''
}
