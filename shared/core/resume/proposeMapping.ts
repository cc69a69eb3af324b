// Which new step of a changed definition stands for which step that it lost. A proposal: only a person maps.
import { isEqualJson } from '../diff/jsonShape.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { nearest } from '../../schema/nearest.ts'
import type { ProposedStep } from './resumePlan.ts'
import { stepKinds, type StepDefinition, type WorkflowDefinition } from '../../schema/workflow.ts'

export type ChangedSteps = {
  /** Null: the run does not carry its definition, so that only names and places of its steps are known. */
  readonly recorded: WorkflowDefinition | null
  readonly current: WorkflowDefinition
  /** The run's steps, in their order. */
  readonly before: readonly string[]
  readonly missing: readonly string[]
  readonly added: readonly string[]
}

/** [M13] The surest ground first; a new step stands for one only, and where two would fit, none is named. */
export function proposeMapping(changed: ChangedSteps): ProposedStep[] {
  const found = new Map<string, ProposedStep>()
  for (const { because, candidates } of grounds) {
    const taken = new Set([...found.values()].map(({ now }) => now))
    const left = changed.missing.filter((step) => !found.has(step))
    const free = changed.added.filter((step) => !taken.has(step))
    const pairs = left.map((was) => ({ was, fits: candidates(changed, was, free) }))
    for (const { was, fits } of pairs) {
      const [now, ...others] = fits
      const isWanted = pairs.some((pair) => pair.was !== was && pair.fits.includes(now ?? ''))
      if (now !== undefined && others.length === 0 && !isWanted)
        found.set(was, { was, now, because })
    }
  }
  return changed.missing.flatMap((was) => found.get(was) ?? [])
}

const grounds: readonly {
  readonly because: ProposedStep['because']
  readonly candidates: (
    changed: ChangedSteps,
    was: string,
    free: readonly string[],
  ) => readonly string[]
}[] = [
  { because: 'definition', candidates: alike((step) => step) },
  { because: 'command', candidates: alike(commandOf) },
  {
    because: 'name',
    candidates: (_, was, free) => {
      const now = nearest(was, free)
      return now === null ? [] : [now]
    },
  },
  { because: 'position', candidates: atSamePlace },
]

/** New steps of which this part is the same. */
function alike(part: (step: StepDefinition) => object) {
  return (
    { recorded, current }: ChangedSteps,
    was: string,
    free: readonly string[],
  ): readonly string[] => {
    const before = recorded === null ? null : stepOf(recorded, was)
    if (before === null) return []
    return free.filter((name) => {
      const now = stepOf(current, name)
      return now !== null && isEqualJson(asJson(part(before)), asJson(part(now)))
    })
  }
}

/** What a step does, without when it does it, what it is called, and how often it is tried. */
function commandOf(step: StepDefinition): object {
  return Object.fromEntries(
    [...stepKinds, 'with' as const, 'stdin' as const].flatMap((key) =>
      step[key] === undefined ? [] : [[key, step[key]]],
    ),
  )
}

/** New steps between the same neighbours; where two steps are gone there, both of them want these. */
function atSamePlace(
  { before, current, missing, added }: ChangedSteps,
  was: string,
  free: readonly string[],
): readonly string[] {
  const gone = new Set(missing)
  const fresh = new Set(added)
  const gaps = gapsOf(before, gone)
  const gap = gaps.get(was)
  const now = gapsOf(Object.keys(current.steps), fresh)
  return free.filter((step) => now.get(step) === gap)
}

/** By each of these steps between which two others it stands. */
function gapsOf(order: readonly string[], among: ReadonlySet<string>): ReadonlyMap<string, string> {
  const kept = order.map((step) => (among.has(step) ? null : step))
  return new Map(
    order.flatMap((step, index) => {
      if (!among.has(step)) return []
      const earlier = kept.slice(0, index).findLast((name) => name !== null) ?? null
      const later = kept.slice(index).find((name) => name !== null) ?? null
      return [[step, JSON.stringify([earlier, later])] as const]
    }),
  )
}

function stepOf({ steps }: WorkflowDefinition, step: string): StepDefinition | null {
  return ownValue<StepDefinition>(steps, step) ?? null
}

function asJson(value: object): Json {
  return value as Json // a definition was read from JSON or YAML through its schema
}
