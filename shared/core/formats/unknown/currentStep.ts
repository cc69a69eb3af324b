import type { RunStatus, StepStatus } from '../../../schema/run.ts'
import type { TextNode } from '../text/parseText.ts'
import { plainName } from './names.ts'
import type { StepFacts } from './statusOfFacts.ts'
import { namedIn, type StepFinder } from './stepFinder.ts'

/** The places of the steps that a value says the run is at: by name, or by number where its key says that it is one. */
export function currentOf(
  { key, node }: { readonly key: string; readonly node: TextNode },
  { steps, count }: { readonly steps: StepFinder; readonly count: number },
): readonly number[] {
  const names = namedIn(node)
  const named = names.flatMap((name) => steps(name) ?? [])
  if (named.length > 0) return named.length === names.length ? named : []
  const [only, ...more] = names
  const isPlace = only !== undefined && more.length === 0 && /^\d{1,6}$/.test(only)
  if (!isPlace || !plainName(key).endsWith('index')) return []
  return Number(only) < count ? [Number(only)] : []
}

/** [F321] What a run is, its current step is too, where nothing is said of that step itself. */
export function withCurrent(
  steps: readonly StepFacts[],
  current: readonly number[],
  status: RunStatus | null,
): readonly StepFacts[] {
  const told = status === null ? undefined : ofCurrent[status]
  if (told === undefined) return steps
  return steps.map((step, index) =>
    current.includes(index) && !step.isTold
      ? { ...step, state: { ...step.state, status: told } }
      : step,
  )
}

const ofCurrent: { readonly [status in RunStatus]?: StepStatus } = {
  running: 'running',
  waiting: 'waiting',
  paused: 'waiting',
  failed: 'failed',
  cancelled: 'cancelled',
}
