/** What the path looks at of a step. */
export type PathStep = {
  readonly id: string
  readonly needs: readonly string[]
  /** It ended so that what needs it may go on. */
  readonly isSettled: boolean
  readonly finishedAt: string | null
}

/**
 * The chain of needs that decides when a step can begin, from the first to the step itself: of its needs the one that has
 * not ended well, else the one that ended last. Of equal needs it is the one that is written first.
 */
export function criticalPath(steps: readonly PathStep[], end: string): readonly string[] {
  const known = new Map(steps.map((step) => [step.id, step]))
  const path = new Set<string>()
  for (let step = known.get(end); step !== undefined && !path.has(step.id);) {
    path.add(step.id)
    const needs = step.needs.flatMap((need) => known.get(need) ?? [])
    step = needs.reduce<PathStep | undefined>(later, undefined)
  }
  return [...path].toReversed()
}

function later(a: PathStep | undefined, b: PathStep): PathStep {
  if (a === undefined) return b
  if (a.isSettled !== b.isSettled) return a.isSettled ? b : a
  return (b.finishedAt ?? '') > (a.finishedAt ?? '') ? b : a
}
