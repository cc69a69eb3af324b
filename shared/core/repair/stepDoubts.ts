import { ownValue, type Json } from '../../schema/json.ts'
import type { Summary } from '../../schema/head.ts'
import { StepId } from '../../schema/ids.ts'
import { StepState, type Run } from '../../schema/run.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { isRecord } from '../diff/jsonShape.ts'
import type { StepDoubts } from './candidate.ts'

/** What a cut head says of its steps, and what its summary, which has a sum of its own, says of all of them. */
export type ReadSteps = {
  readonly said: Json | undefined
  /** Nothing behind the steps could be read, so nothing tells that they are all of them. */
  readonly isCut: boolean
  readonly definition: Pick<WorkflowDefinition, 'steps'> | null
  readonly summary: Summary | null
}

/** [R90] The steps that can be read whole, and those that cannot: which of them may have begun. */
export function doubtSteps(read: ReadSteps): {
  readonly kept: Run['steps']
  readonly doubts: Omit<StepDoubts, 'place'>
} {
  const { said, isCut, definition, summary } = read
  const written = said !== undefined && isRecord(said) ? Object.entries(said) : []
  const kept: Run['steps'] = {}
  for (const [key, state] of written) {
    const [step, parsed] = [StepId.safeParse(key), StepState.safeParse(state)]
    if (step.success && parsed.success) kept[step.data] = parsed.data
  }
  const broken = new Map(written.filter(([step]) => !Object.hasOwn(kept, step)))
  const unread = isCut ? Object.keys(definition?.steps ?? {}) : []
  const gone = [...new Set([...broken.keys(), ...unread])].filter(
    (step) => !Object.hasOwn(kept, step),
  )
  const lost = new Set(gone)
  const begun = summary === null ? null : begunAmong(summary, kept)
  const steps = gone
    .filter((step) => mayHaveBegun(step, { gone: lost, kept, definition, begun }))
    .map((step) => ({ step, said: saidOf(broken.get(step)) }))
  return { kept, doubts: { steps, unnamed: unnamedIn(read, { kept, gone: lost, begun }) } }
}

/** How many attempts, and how many steps that are done, are among those that cannot be read. */
type Begun = { readonly attempts: number; readonly done: number }

function begunAmong({ attempts, stepsDone }: Summary, kept: Run['steps']): Begun {
  const states = Object.values<StepState>(kept)
  const done = states.filter(({ status }) => status === 'succeeded' || status === 'skipped')
  const known = states.reduce((sum, state) => sum + state.attempts.length, 0)
  return { attempts: attempts - known, done: stepsDone - done.length }
}

type Gone = {
  readonly gone: ReadonlySet<string>
  readonly kept: Run['steps']
  readonly definition: ReadSteps['definition']
  readonly begun: Begun | null
}

/** Not where the summary counts every attempt elsewhere, or where a step before it, or too many of them, had not been done. */
function mayHaveBegun(step: string, { gone, kept, definition, begun }: Gone): boolean {
  if (begun !== null && begun.attempts <= 0 && begun.done <= 0) return false
  const before = stepsBefore(step, definition)
  const untouched = before.some((one) => {
    const state = ownValue<StepState>(kept, one)
    return state?.status === 'pending' && state.attempts.length === 0
  })
  if (untouched) return false
  const lostBefore = before.filter((one) => gone.has(one)).length
  return begun === null || lostBefore <= begun.done
}

function stepsBefore(step: string, definition: ReadSteps['definition']): readonly string[] {
  const seen = new Set<string>()
  const next = [step]
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    for (const need of ownValue(definition?.steps ?? {}, at)?.needs ?? []) {
      if (seen.has(need)) continue
      seen.add(need)
      next.push(need)
    }
  }
  return [...seen]
}

/** Items of a step are no steps of the definition: of those that are gone only the number is told, by the summary. */
function unnamedIn(
  { isCut, definition, summary }: ReadSteps,
  known: Pick<Gone, 'kept' | 'gone' | 'begun'>,
): number | null {
  if (!isCut) return 0
  if (summary === null) return definition === null ? null : 0
  if (known.begun !== null && known.begun.attempts <= 0 && known.begun.done <= 0) return 0
  return Math.max(0, summary.stepsTotal - Object.keys(known.kept).length - known.gone.size)
}

function saidOf(state: Json | undefined): string | null {
  return state === undefined ? null : JSON.stringify(state).slice(0, mostCharacters)
}

const mostCharacters = 200
