import type { Run, StepState } from '../../schema/run.ts'
import { isDone } from '../graph/isDone.ts'
import { attemptDoubt } from './attemptDoubt.ts'
import { idempotencyKeyOf } from './idempotencyKeyOf.ts'
import { itemsOf, splitItem, stateOf } from './itemsOf.ts'
import type { ResumePlan, ResumeStep } from './resumePlan.ts'
import { pending } from './stepCase.ts'

/** The run at the checkpoint, and as it is now, both under the names of the definition in use. */
export type ForkedFrom = { readonly base: Run; readonly latest: Run }

/** The states with which a fork is born; a step that is not among them is pending. */
export function forkedSteps(plan: ResumePlan, from: ForkedFrom): Record<string, StepState> {
  const items = itemsOf(from.base)
  return Object.fromEntries(
    plan.steps.flatMap((row): readonly [string, StepState][] => {
      const taken = takenOver(row, from, items.get(row.step)?.length ?? 0)
      const state = taken ?? decided(row, from) ?? begunAnew(row, from)
      return state === null ? [] : [[row.step, state]]
    }),
  )
}

/** What stays as it was: results, and what is waited for. */
function takenOver(row: ResumeStep, { base }: ForkedFrom, items: number): StepState | null {
  const { step, action, rule, decision } = row
  const state = stateOf(base, step)
  if (state === null || decision !== null) return null
  if (rule === 'S34') {
    const waitingOn = { kind: 'items', total: items } as const
    return { ...state, status: 'waiting', skippedBy: null, waitingOn }
  }
  if (action === 'await') return state
  const isTaken = action === 'reuse' || action === 'skip' || action === 'blocked'
  return isTaken && isDone(state.status) ? state : null
}

/**
 * [S54] What was decided, by a person or by default. Records of the fork tell it too; but a fork of which only the first one
 * reached the disk must not begin such a step either.
 */
function decided(row: ResumeStep, from: ForkedFrom): StepState | null {
  const { step, decision } = row
  const known = begunAnew(row, from) ?? pending
  switch (decision?.kind) {
    case 'reuse':
      return { ...known, status: 'succeeded', output: stateOf(from.latest, step)?.output ?? null }
    case 'happened':
      return { ...known, status: 'succeeded', output: decision.output }
    case 'skip':
      return { ...known, status: 'skipped', skippedBy: 'person' }
    default:
      return null
  }
}

/** A pending step of which something is known: what its item is about, or the key that another service knows. */
function begunAnew(row: ResumeStep, from: ForkedFrom): StepState | null {
  const { base, latest } = from
  const { step } = row
  const state = stateOf(base, step)
  const key = keptKey(row, from)
  const isItem = splitItem(step).suffix !== '' && state?.item !== undefined
  if (key === null && !isItem) return null
  return {
    ...pending,
    ...(isItem ? { item: state.item ?? stateOf(latest, step)?.item ?? null } : {}),
    ...(key === null ? {} : { key }),
  }
}

/** [S45] Of a step whose result is reused, or whose effect is in doubt; a repetition that a person wants gets its own. */
function keptKey(row: ResumeStep, { base, latest }: ForkedFrom): string | null {
  const { step, decision } = row
  const later = stateOf(latest, step) ?? stateOf(base, step)
  const original = idempotencyKeyOf(latest.id, step, later)
  if (decision?.kind === 'reuse') return original
  if (later?.status === 'succeeded') return null
  const isInDoubt = attemptDoubt(later?.attempts.at(-1) ?? null) !== null
  return isInDoubt || later?.['key'] !== undefined ? original : null
}
