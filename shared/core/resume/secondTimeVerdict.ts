import type { ResumeInput } from './resumeInput.ts'
import { hasOpenAttempt, isExternal, type StepCase } from './stepCase.ts'
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
  if (input.isLatest || input.from === null) return null
  if (input.latest === undefined || input.latest === null) {
    if (!isExternal(found)) return null
    return again(found, { rule: 'S16', began: `${step} may have run after this checkpoint` })
  }
  const attempts = found.later?.attempts ?? []
  if (attempts.length <= state.attempts.length) return null
  const outcome = attempts.at(-1)?.outcome ?? null
  const ended = outcome === null ? 'began' : `ran (${outcome})`
  const began = `${step} ${ended} after this checkpoint in the original run`
  return again(found, { rule: 'S16', began })
}

function again(found: StepCase, why: { readonly rule: string; readonly began: string }): Verdict {
  const { rule, began } = why
  if (isExternal(found)) {
    const reason = `${began}: in the fork it would run a second time. Say what is to be done.`
    return { action: 'ask', rule, reason, isOpenToDecision: true }
  }
  const reason = `${began}: in the fork it runs a second time, which its definition allows.`
  return { action: 'run', rule, reason }
}

function endOf({ trace, later }: StepCase, { isLatest }: ResumeInput): string {
  const outcome = later?.attempts.at(-1)?.outcome ?? null
  if (outcome !== null) return ` and ${outcome} there`
  if (!isLatest) return ''
  if (trace.kind === 'finished') return ' and has finished there'
  return trace.kind === 'alive' ? ' and still runs there' : ''
}
