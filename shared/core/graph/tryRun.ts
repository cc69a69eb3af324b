import type { RunId, StepId } from '../../schema/ids.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue, type Timestamp } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'
import { kindOf } from '../../schema/stepMeaning.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'
import { isDone } from './isDone.ts'
import { needsOf, stepIds, stepOf } from './order.ts'
import { standingOf } from './standing.ts'

/**
 * A copy of a run in which one step runs, once and whatever its condition says, and nothing else does: what is not behind it
 * is skipped. A problem when its needs have no outputs yet, or it is of a kind that does nothing by itself.
 */
export function tryRun(
  base: Run,
  options: {
    readonly definition: WorkflowDefinition
    readonly step: StepId
    readonly id: RunId
    readonly at: Timestamp
  },
):
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'problem'; readonly problem: string } {
  const { definition, step, id, at } = options
  const own = stepOf(definition, step)
  if (own === undefined) return { kind: 'problem', problem: `there is no step ${step}.` }
  const problem = problemOf(base, step, own, definition)
  if (problem !== null) return { kind: 'problem', problem }

  const { when: _, retry: __, ...once } = own
  const name = itemParent(step)?.step ?? step
  const defined = { ...definition, steps: { ...definition.steps, [name]: once } }
  const workflow = { ...base.workflow, definition: defined }
  const steps = statesFor(base, definition, step)
  return {
    kind: 'run',
    run: {
      ...base,
      id,
      workflow,
      status: 'pending',
      createdAt: at,
      startedAt: null,
      updatedAt: at,
      finishedAt: null,
      error: null,
      steps,
      checkpoints: [],
      decisions: [],
      lineage: null,
      journal: { seq: 0, sum: '' },
    },
  }
}

function problemOf(
  base: Run,
  step: StepId,
  own: StepDefinition,
  definition: WorkflowDefinition,
): string | null {
  const kind = kindOf(own)
  if (kind === 'gate' || kind === 'workflow')
    return `step ${step} is a ${kind === 'gate' ? 'gate' : 'run of its own'}, which cannot be tried alone.`
  if (itemParent(step) !== null && ownValue<StepState>(base.steps, step) === undefined)
    return `step ${step} is not there at this point: its step had not gone over its items.`
  const problems = needsOf(definition, step).flatMap((need) => {
    const goesOn = stepOf(definition, need)?.continueOnError === true
    const standing = standingOf(ownValue<StepState>(base.steps, need), goesOn)
    if (standing.kind === 'settled') return []
    const word = standing.kind === 'broken' ? standing.word : 'has not ended at this point'
    return [`step ${step} needs ${need}, which ${word}.`]
  })
  return problems[0] ?? null
}

/** The step is pending, what has ended stays, and nothing else can begin. */
function statesFor(base: Run, definition: WorkflowDefinition, step: StepId): Run['steps'] {
  const parent = itemParent(step)?.step
  const known = Object.entries<StepState>(base.steps).filter(
    ([each]) => itemParent(each)?.step !== step,
  )
  const states = new Map<string, StepState>([
    ...stepIds(definition).map((each) => [each, pendingStep] as const),
    ...known,
  ])
  const total = known.filter(([each]) => itemParent(each)?.step === parent).length
  const entries = [...states].map(([each, state]): [string, StepState] => {
    // Without the key that it may have kept: another service would take the try for a repetition.
    if (each === step) return [each, { ...pendingStep, ...itemIn(state) }]
    if (each === parent)
      return [each, { ...pendingStep, status: 'waiting', waitingOn: { kind: 'items', total } }]
    if (isDone(state.status)) return [each, state]
    return [each, { ...state, status: 'skipped', skippedBy: 'person', waitingOn: null }]
  })
  return Object.fromEntries(entries)
}

function itemIn({ item }: StepState): Pick<StepState, 'item'> {
  return item === undefined ? {} : { item }
}

const pendingStep: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}
