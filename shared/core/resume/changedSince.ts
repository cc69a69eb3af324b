import { ownValue } from '../../schema/json.ts'
import type { StepState } from '../../schema/run.ts'
import { isEqualJson } from '../diff/jsonShape.ts'
import { firstNames } from './firstNames.ts'
import type { ResumeInput } from './resumeInput.ts'
import type { ResumeNote } from './resumePlan.ts'

/** [S56] Inputs that were edited since the checkpoint, and would be as they were then. */
export function inputsSince({ run, latest, inputs }: ResumeInput): readonly string[] {
  if (!latest) return []
  return Object.keys(latest.inputs).filter((name) => {
    const used = ownValue(inputs ?? run.inputs, name) ?? ownValue(run.inputs, name)
    return !isEqualJson(used, ownValue(latest.inputs, name))
  })
}

/** Those that are there no more: a fork can be given others, but none of them can be left out. */
function inputsTakenAway({ run, latest, inputs }: ResumeInput): readonly string[] {
  if (!latest) return []
  return Object.keys(run.inputs).filter((name) => {
    const used = ownValue(inputs ?? run.inputs, name)
    return !Object.hasOwn(latest.inputs, name) && isEqualJson(used, ownValue(run.inputs, name))
  })
}

/** [S56] The same as sentences, and of the outputs of steps that had succeeded by then. */
export function sinceNotes(input: ResumeInput): readonly ResumeNote[] {
  const { run, latest } = input
  if (!latest) return []
  const steps = Object.keys(run.steps).filter((step) =>
    isEdited(ownValue(run.steps, step), ownValue(latest.steps, step)),
  )
  return [
    ...noteOf('inputs', 'Inputs edited', inputsSince(input)),
    ...noteOf('inputs', 'Inputs taken away', inputsTakenAway(input)),
    ...noteOf('output', 'Outputs of steps edited', steps),
  ]
}

/** The step did not run again, and has another output. */
function isEdited(before: StepState | undefined, now: StepState | undefined): boolean {
  if (before?.status !== 'succeeded' || now?.status !== 'succeeded') return false
  const isSameRun = now.attempts.length === before.attempts.length
  return isSameRun && !isEqualJson(before.output, now.output)
}

function noteOf(
  about: 'inputs' | 'output',
  what: string,
  names: readonly string[],
): readonly ResumeNote[] {
  if (names.length === 0) return []
  const sentence = `${what} since this checkpoint: ${firstNames(names)}. The fork takes them as they were.`
  return [{ about, sentence }]
}
