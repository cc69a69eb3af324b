import type { StepId } from '../../schema/ids.ts'
import { nearest } from '../../schema/nearest.ts'
import type { WorkflowDefinition } from '../../schema/workflow.ts'
import { needsOf, stepIds, stepOf, stepsInCycles } from './order.ts'

/** Why a definition cannot be run to its end. */
export type GraphProblem = {
  /** Rule id of SPEC.md, `W2`, `W3`, … */
  readonly rule: string
  readonly sentence: string
  readonly step: string
  /** What may have been meant; null when nothing comes close. */
  readonly suggestion: string | null
}

/** Needs that name no step, steps that need themselves, and cycles; each once, in the order of the definition. */
export function findProblems(definition: WorkflowDefinition): readonly GraphProblem[] {
  const steps = stepIds(definition)
  let missing = 0
  const suggest = (need: string, step: StepId): string | null => {
    missing += 1
    return missing > mostSuggested
      ? null
      : nearest(
          need,
          steps.filter((other) => other !== step),
        )
  }
  return [
    ...steps.flatMap((step) => problemsOf(definition, step, suggest)),
    ...cycleProblems(definition),
  ]
}

/** Each suggestion looks at every step, so that of very many missing needs only the first get one. */
const mostSuggested = 100

function problemsOf(
  definition: WorkflowDefinition,
  step: StepId,
  suggest: (need: string, step: StepId) => string | null,
): readonly GraphProblem[] {
  return [...new Set(needsOf(definition, step))].flatMap((need) => {
    if (need === step) {
      const sentence = `The step ${step} needs itself: it can never start.`
      return [{ rule: 'W3', sentence, step, suggestion: null }]
    }
    if (stepOf(definition, need) !== undefined) return []
    const suggestion = suggest(need, step)
    const hint = suggestion === null ? '' : ` Did you mean ${suggestion}?`
    const sentence = `The step ${step} needs ${need}, which is no step of the workflow.${hint}`
    return [{ rule: 'W2', sentence, step, suggestion }]
  })
}

function cycleProblems(definition: WorkflowDefinition): readonly GraphProblem[] {
  const stuck = stepsInCycles(definition)
  const seen = new Set<StepId>()
  const problems: GraphProblem[] = []
  for (const step of stepIds(definition)) {
    const cycle = walkToCycle(definition, { start: step, stuck, seen })
    const [first] = cycle
    if (first === undefined) continue
    const names = [...cycle, first].join(' -> ')
    const sentence = `The steps ${names} need each other in a circle: none of them can start.`
    problems.push({ rule: 'W4', sentence, step: first, suggestion: null })
  }
  return problems
}

/** Follows needs from a step that cannot start; returns the cycle it ends in unless that was walked before. */
function walkToCycle(
  definition: WorkflowDefinition,
  walk: {
    readonly start: StepId
    readonly stuck: ReadonlySet<StepId>
    readonly seen: Set<StepId>
  },
): readonly StepId[] {
  const path: StepId[] = []
  let step: StepId | undefined = walk.start
  while (step !== undefined && !walk.seen.has(step)) {
    walk.seen.add(step)
    path.push(step)
    step = needsOf(definition, step).find((need) => need !== path.at(-1) && walk.stuck.has(need))
  }
  return step !== undefined && path.includes(step)
    ? fromFirst(path.slice(path.indexOf(step)), definition)
    : []
}

/** The cycle begins with the step that the definition names first. */
function fromFirst(cycle: readonly StepId[], definition: WorkflowDefinition): readonly StepId[] {
  const first = stepIds(definition).find((step) => cycle.includes(step))
  const start = cycle.findIndex((step) => step === first)
  return [...cycle.slice(start), ...cycle.slice(0, start)]
}
