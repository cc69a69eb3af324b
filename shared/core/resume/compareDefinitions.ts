import { isEqualJson } from '../diff/jsonShape.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'
import { splitItem } from './itemsOf.ts'
import { proposeMapping } from './proposeMapping.ts'
import type { ResumeInput } from './resumeInput.ts'
import type { ResumePlan } from './resumePlan.ts'

/** How the definition as it is now differs from the recorded one. Without a recorded one, the run's steps stand in for it. */
export function compareDefinitions(input: ResumeInput): Omit<ResumePlan['definition'], 'mapping'> {
  const { definition: recorded, current, currentProblem: problem, use } = input
  if (current === null) {
    return { use, changed: false, missing: [], added: [], altered: [], proposed: [], problem }
  }
  const before = Object.keys(recorded?.steps ?? input.run.steps).filter(isNoItem)
  const found = differences(recorded, current, before)
  const proposed = proposeMapping({ recorded, current, before, ...found })
  return { use, ...found, proposed, problem }
}

/** How a definition differs from the one that a run carries. */
export function compareRecorded(recorded: WorkflowDefinition, current: WorkflowDefinition) {
  return differences(recorded, current, Object.keys(recorded.steps))
}

function differences(
  recorded: WorkflowDefinition | null,
  current: WorkflowDefinition,
  before: readonly string[],
): Pick<ResumePlan['definition'], 'changed' | 'missing' | 'added' | 'altered'> {
  const missing = before.filter((step) => stepOf(current, step) === null)
  const added = Object.keys(current.steps).filter((step) => !before.includes(step))
  const altered = before.filter((step) => {
    const one = recorded === null ? null : stepOf(recorded, step)
    const other = stepOf(current, step)
    return (
      one !== null && other !== null && !isEqualJson(definitionAsJson(one), definitionAsJson(other))
    )
  })
  const changed =
    recorded === null
      ? missing.length + added.length > 0
      : !isEqualJson(definitionAsJson(recorded), definitionAsJson(current))
  return { changed, missing, added, altered }
}

/** Items are told by their step. */
function isNoItem(step: string): boolean {
  return splitItem(step).suffix === ''
}

function stepOf(definition: WorkflowDefinition, step: string): StepDefinition | null {
  return ownValue<StepDefinition>(definition.steps, step) ?? null
}

/** A definition as plain JSON, which it is. */
export function definitionAsJson(value: WorkflowDefinition | StepDefinition): Json {
  return value as unknown as Json // a definition was read from JSON or YAML through its schema
}
