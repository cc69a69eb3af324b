import { ownValue } from '../../../schema/json.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import type { Attempt, Checkpoint, Run, StepState } from '../../../schema/run.ts'
import type { Breach } from '../../integrity/integrityRule.ts'

/** The step that a breach is about; `index` is that of its attempt. */
export type StepPart = { readonly step: string; readonly state: StepState; readonly index: number }

export function stepPart(run: Run, { pointer }: Breach): StepPart | null {
  const [part, step = '', list, index] = tokensOf(pointer)
  const state = part === 'steps' ? ownValue<StepState>(run.steps, step) : undefined
  if (state === undefined) return null
  return { step, state, index: list === 'attempts' ? Number(index ?? -1) : -1 }
}

export function withState(run: Run, step: string, change: Partial<StepState>): Run {
  const entries = Object.entries(run.steps).map(([name, state]) =>
    name === step ? [name, { ...state, ...change }] : [name, state],
  )
  return { ...run, steps: Object.fromEntries(entries) }
}

export function withAttempt(
  run: Run,
  { step, state, index }: StepPart,
  change: Partial<Attempt>,
): Run {
  const attempts = state.attempts.map((one, at) => (at === index ? { ...one, ...change } : one))
  return withState(run, step, { attempts })
}

/** The item of a list of the run that a breach is about. */
export function itemIndex({ pointer }: Breach): number {
  return Number(tokensOf(pointer)[1] ?? -1)
}

export function withCheckpoint(run: Run, index: number, change: Partial<Checkpoint>): Run {
  const checkpoints = run.checkpoints.map((one, at) => (at === index ? { ...one, ...change } : one))
  return { ...run, checkpoints }
}

/** Every time that the steps tell. */
export function stepTimes(run: Run): readonly string[] {
  return Object.values<StepState>(run.steps).flatMap(({ attempts }) =>
    attempts.flatMap(({ startedAt, finishedAt }) =>
      finishedAt === null ? [startedAt] : [startedAt, finishedAt],
    ),
  )
}

export function latest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (best, one) => (best === null || one > best ? one : best),
    null,
  )
}

export function earliest(times: readonly string[]): string | null {
  return times.reduce<string | null>(
    (best, one) => (best === null || one < best ? one : best),
    null,
  )
}
