import { isEqualJson } from '../diff/jsonShape.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'
import { nearest } from '../../schema/nearest.ts'
import { splitItem } from './itemsOf.ts'
import type { ResumeInput } from './resumeInput.ts'
import type { ResumePlan } from './resumePlan.ts'

/** How the definition as it is now differs from the recorded one. Without a recorded one, the run's steps stand in for it. */
export function compareDefinitions(input: ResumeInput): Omit<ResumePlan['definition'], 'mapping'> {
  const { definition: recorded, current, currentProblem: problem, use } = input
  if (current === null) {
    return { use, changed: false, missing: [], added: [], altered: [], problem }
  }
  const before = Object.keys(recorded?.steps ?? input.run.steps).filter(isNoItem)
  return { use, ...differences(recorded, current, before), problem }
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
    recorded !== null && !isEqualJson(definitionAsJson(recorded), definitionAsJson(current))
  return { changed, missing, added, altered }
}

/** Items are told by their step. */
function isNoItem(step: string): boolean {
  return splitItem(step).suffix === ''
}

/** [S41] What a step that is missing may be called now: the new step that does the same, else one with a name like it. */
export function meantBy(
  input: ResumeInput,
  missing: string,
  added: readonly string[],
): string | null {
  const { definition: recorded, current } = input
  const before = recorded === null ? null : stepOf(recorded, missing)
  const same = added.filter((name) => {
    const now = current === null ? null : stepOf(current, name)
    return (
      before !== null &&
      now !== null &&
      isEqualJson(definitionAsJson(before), definitionAsJson(now))
    )
  })
  const [only, ...others] = same
  return only !== undefined && others.length === 0 ? only : nearest(missing, added)
}

function stepOf(definition: WorkflowDefinition, step: string): StepDefinition | null {
  return ownValue<StepDefinition>(definition.steps, step) ?? null
}

/** A definition as plain JSON, which it is. */
export function definitionAsJson(value: WorkflowDefinition | StepDefinition): Json {
  return value as unknown as Json // a definition was read from JSON or YAML through its schema
}
