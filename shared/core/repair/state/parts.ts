import { ownValue } from '../../../schema/json.ts'
import { tokensOf } from '../../../schema/pointer.ts'
import type { Attempt, Checkpoint, Run, StepState } from '../../../schema/run.ts'
import type { StateRepair } from './stateRepair.ts'

type Mend = StateRepair['mend']

/** The step that a breach is about. */
export type StepPart = { readonly step: string; readonly state: StepState }
/** The attempt that a breach is about, in its place among those of its step. */
export type AttemptPart = StepPart & { readonly attempt: Attempt; readonly index: number }

export function ofStep(mend: (run: Run, part: StepPart) => ReturnType<Mend>): Mend {
  return (run, { pointer }) => {
    const [, step = ''] = tokensOf(pointer)
    const state = ownValue<StepState>(run.steps, step)
    return state === undefined ? null : mend(run, { step, state })
  }
}

export function ofAttempt(mend: (run: Run, part: AttemptPart) => ReturnType<Mend>): Mend {
  return (run, breach) =>
    ofStep((_, part) => {
      const index = Number(tokensOf(breach.pointer)[3])
      const attempt = part.state.attempts[index]
      return attempt === undefined ? null : mend(run, { ...part, attempt, index })
    })(run, breach)
}

export function ofCheckpoint(
  mend: (run: Run, checkpoint: Checkpoint, index: number) => ReturnType<Mend>,
): Mend {
  return (run, breach) => {
    const index = itemIndex(breach)
    const checkpoint = run.checkpoints[index]
    return checkpoint === undefined ? null : mend(run, checkpoint, index)
  }
}

export function withState(run: Run, step: string, change: Partial<StepState>): Run {
  const entries = Object.entries(run.steps).map(([name, state]) =>
    name === step ? [name, { ...state, ...change }] : [name, state],
  )
  return { ...run, steps: Object.fromEntries(entries) }
}

export function withAttempt(
  run: Run,
  { step, state, index }: AttemptPart,
  change: Partial<Attempt>,
): Run {
  const attempts = state.attempts.map((one, at) => (at === index ? { ...one, ...change } : one))
  return withState(run, step, { attempts })
}

/** The item of a list of the run that a breach is about. */
export function itemIndex({ pointer }: Parameters<Mend>[1]): number {
  return Number(tokensOf(pointer)[1])
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
