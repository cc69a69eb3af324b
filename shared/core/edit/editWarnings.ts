import { assertNever } from '../../assert.ts'
import { ownValue } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Run, StepState } from '../../schema/run.ts'
import { effectiveSideEffects } from '../../schema/stepMeaning.ts'
import { stepOf } from '../graph/order.ts'
import { dependentsOf } from './dependentsOf.ts'
import { isStepEdit, type Edit, type StepEdit } from './edit.ts'
import { placeOf } from './editPlaces.ts'
import type { EditFinding } from './editPlan.ts'
import { readersOf, type Source } from './readersOf.ts'

/** [N10] What a person should know before such an edit; it forbids nothing. */
export function editWarnings(
  before: Run,
  after: Run,
  edits: readonly Edit[],
): readonly EditFinding[] {
  return [
    ...edits.flatMap((edit) => (isStepEdit(edit) ? stepWarnings(before, after, edit) : [])),
    ...edits.flatMap((edit) => outputWarnings(after, edit)),
    ...usedAlready(after, edits),
    ...restWarnings(after, edits),
  ]
}

function stepWarnings(before: Run, after: Run, edit: StepEdit): readonly EditFinding[] {
  const { step } = edit
  const path = pointer('steps', step)
  switch (edit.kind) {
    case 'succeed':
    case 'skip': {
      const state = ownValue<StepState>(after.steps, step)
      const { definition } = after.workflow
      if (definition === null || state?.output !== null) return []
      const readers = readersOf(definition, [{ root: 'steps', name: step }])
      if (readers.length === 0) return []
      return [
        warning(
          path,
          `The output of ${step} is read by ${listed(readers)}, and there would be none.`,
        ),
      ]
    }
    case 'reset':
      return resetWarnings(before, after, edit)
    case 'fail':
      return [warning(path, `A resume runs ${step} again, because it failed.`)]
    default:
      return assertNever(edit)
  }
}

/** A step that had its effect outside has it a second time. */
function resetWarnings(
  before: Run,
  after: Run,
  { step, dependents }: Extract<StepEdit, { kind: 'reset' }>,
): readonly EditFinding[] {
  const { definition } = before.workflow
  if (definition === null) return []
  const later = dependentsOf(before, step)
  const again = [step, ...(dependents ? later : [])].filter((one) => {
    const declared = stepOf(definition, one)
    const began = (ownValue<StepState>(before.steps, one)?.attempts.length ?? 0) > 0
    return began && declared !== undefined && effectiveSideEffects(declared) === 'external'
  })
  const effects =
    again.length === 0
      ? []
      : [
          warning(
            pointer('steps', step),
            `${listed(again)} may have had an effect outside already, and would have it a second time.`,
          ),
        ]
  const kept = later.filter((one) => ownValue<StepState>(after.steps, one)?.status === 'succeeded')
  if (dependents || kept.length === 0) return effects
  const stale = `${listed(kept)} went on from the result of ${step} and would not run again.`
  return [...effects, warning(pointer('steps', step), stale)]
}

/** An output of a step that will run is written over. */
function outputWarnings(after: Run, edit: Edit): readonly EditFinding[] {
  if (isStepEdit(edit)) return []
  const place = placeOf(edit.path)
  if (place?.area !== 'output') return []
  const status = ownValue<StepState>(after.steps, place.step)?.status
  if (status === undefined || status === 'succeeded') return []
  const sentence = `${place.step} is ${status}: when it runs, its own output takes the place of this one. To let others go on with it, mark the step succeeded.`
  return [warning(edit.path, sentence)]
}

/** Steps that are done have used the values as they were. */
function usedAlready(after: Run, edits: readonly Edit[]): readonly EditFinding[] {
  const { definition } = after.workflow
  if (definition === null) return []
  const sources = edits.flatMap(sourceOf)
  const said = new Set(edits.filter(isStepEdit).map(({ step }) => step))
  const done = readersOf(definition, sources).filter(
    (step) => !said.has(step) && ownValue<StepState>(after.steps, step)?.status === 'succeeded',
  )
  if (done.length === 0) return []
  const sentence = `${listed(done)} ran with the earlier value and ${done.length === 1 ? 'keeps its' : 'keep their'} result. Reset ${done.length === 1 ? 'it' : 'them'} to run with the new one.`
  return [warning(null, sentence)]
}

function sourceOf(edit: Edit): readonly Source[] {
  if (isStepEdit(edit)) return []
  const place = placeOf(edit.path)
  if (place === null) return []
  return place.area === 'output'
    ? [{ root: 'steps', name: place.step }]
    : [{ root: place.area, name: place.name }]
}

function restWarnings(after: Run, edits: readonly Edit[]): readonly EditFinding[] {
  if (after.status === 'completed')
    return [
      warning(
        '/status',
        'The run is completed: nothing of it runs again. A fork of it can take the inputs as they are now.',
      ),
    ]
  const isOpen = after.status === 'failed' || after.status === 'cancelled'
  if (!isOpen || !edits.some(isStepEdit)) return []
  return [warning('/status', `The run stays ${after.status} until it is resumed.`)]
}

function warning(path: string | null, sentence: string): EditFinding {
  return { rule: 'N10', path, sentence }
}

function listed(steps: readonly string[]): string {
  const more = steps.length - 5
  return `${steps.slice(0, 5).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
