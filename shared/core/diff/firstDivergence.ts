import { isDone } from '../graph/isDone.ts'
import type { Run, StepStatus } from '../../schema/run.ts'
import { alignSteps } from './alignSteps.ts'
import type { AlignedStep, Divergence, Parting, Sides } from './divergence.ts'
import { partOf, type Comparing, type FacetVerdict } from './partOf.ts'
import { inputsFacet, stateOf, stepFacets } from './stepFacets.ts'

/**
 * Where two runs part: the first step, in dependency order, that was defined, called or came out otherwise. Ids, times and
 * folders are ignored, unless `exact`. A step that one run has not reached is the first only where nothing else differs.
 */
export function firstDivergence(
  left: Run,
  right: Run,
  options: { readonly exact?: boolean } = {},
): Divergence {
  const sides = { left, right }
  const comparing = { own: options.exact === true ? null : ownNames(sides) }
  const inputs = partingOf(partOf(inputsFacet(sides), comparing))
  const steps = alignSteps(sides).map((step) => alignStep(sides, step, comparing))
  const index = firstOf(steps)
  return {
    sameWorkflow: left.workflow.name === right.workflow.name,
    first: steps[index]?.parting ?? null,
    agreedUpTo: steps.slice(0, Math.max(0, index)).findLast(agrees)?.step ?? null,
    inputs,
    steps,
  }
}

/** What belongs to one of the runs alone; the longest first, so that no name is cut by one that it begins with. */
export function ownNames({ left, right }: Sides): readonly string[] {
  const names = [left, right].flatMap(({ id, place, lineage }) => [
    id,
    place.folder ?? '',
    lineage?.parent ?? '',
  ])
  const own = new Set(names.filter((name) => name.length >= shortestName))
  return [...own].toSorted((one, other) => other.length - one.length)
}

/** A shorter one may stand in any text by chance, as the folder `/` does. */
const shortestName = 4

function alignStep(sides: Sides, step: string, comparing: Comparing): AlignedStep {
  const { left, right } = { left: statusIn(sides.left, step), right: statusIn(sides.right, step) }
  const verdicts = stepFacets(sides, step).map((facet) => partOf(facet, comparing))
  const parting = verdicts.map(partingOf).find((found) => found !== null) ?? null
  const verdict = verdictOf({ left, right, parting, verdicts })
  return { step, verdict, parting, left, right }
}

function verdictOf(aligned: {
  readonly left: StepStatus | null
  readonly right: StepStatus | null
  readonly parting: Parting | null
  readonly verdicts: readonly FacetVerdict[]
}): AlignedStep['verdict'] {
  const { left, right, parting, verdicts } = aligned
  if (parting === null) return verdicts.some(({ kind }) => kind === 'alike') ? 'alike' : 'same'
  if (left === null) return 'only-right'
  if (right === null) return 'only-left'
  const isLate = parting.part === 'status' && !(isDone(left) && isDone(right))
  return isLate ? 'unreached' : 'parted'
}

function firstOf(steps: readonly AlignedStep[]): number {
  const parted = steps.findIndex(({ verdict }) => !agreeing.has(verdict) && verdict !== 'unreached')
  return parted === -1 ? steps.findIndex(({ verdict }) => verdict === 'unreached') : parted
}

const agreeing: ReadonlySet<AlignedStep['verdict']> = new Set(['same', 'alike'])

function agrees({ verdict, left }: AlignedStep): boolean {
  return agreeing.has(verdict) && left !== null && isDone(left)
}

function partingOf(verdict: FacetVerdict): Parting | null {
  return verdict.kind === 'parted' ? verdict.parting : null
}

/** Null for a step that the run does not have. */
function statusIn(run: Run, step: string): StepStatus | null {
  const state = stateOf(run, step)
  if (state !== undefined) return state.status
  const { definition } = run.workflow
  return definition !== null && Object.hasOwn(definition.steps, step) ? 'pending' : null
}
